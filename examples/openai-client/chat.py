"""Streams one answer from a vLLM stack with the official OpenAI client. README.md explains options and errors.

    python3 chat.py [--model NAME] [--prompt-class short|long] [--tier NAME] [PROMPT]
"""

import argparse
import os
import sys

import openai


class ChatError(Exception):
    """An error with a message for the user."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Streams one answer from a vLLM stack.")
    parser.add_argument("prompt", nargs="*", default=["Why is the sky blue?"])
    parser.add_argument("--model", help="default: the first one of GET /v1/models")
    parser.add_argument("--prompt-class", choices=["short", "long"], help="for routes by prompt length")
    parser.add_argument("--tier", help="for routes by tier")
    parser.add_argument("--patience", type=float, default=120, help="longest time without a token, in seconds")
    parser.add_argument("--retries", type=int, default=8, help="8 of them wait about 40 s in total")
    return parser.parse_args()


def connect(options: argparse.Namespace, model: str | None = None) -> openai.OpenAI:
    """The client reads OPENAI_BASE_URL itself. It refuses an empty key, and a stack without a key ignores any."""
    # What routes read: a gateway does not look into the body.
    headers = {
        "X-Gateway-Model-Name": model,
        "x-prompt-class": options.prompt_class,
        "x-sla-tier": options.tier,
    }
    return openai.OpenAI(
        api_key=os.environ.get("OPENAI_API_KEY") or "unset",
        max_retries=options.retries,
        # Not of the whole stream: the longest wait for its next part.
        timeout=openai.Timeout(options.patience, connect=10),
        default_headers={name: value for name, value in headers.items() if value is not None},
    )


def first_model(options: argparse.Namespace) -> str:
    for model in connect(options).models.list():
        return model.id
    raise ChatError("GET /v1/models lists no model: set --model, or check to which stack the route leads")


def chat(options: argparse.Namespace) -> None:
    model = options.model or first_model(options)
    stream = connect(options, model).chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": " ".join(options.prompt)}],
        stream=True,
    )
    finished = False
    try:
        for chunk in stream:
            for choice in chunk.choices:
                print(choice.delta.content or "", end="", flush=True)
                finished = finished or choice.finish_reason is not None
    except openai.APITimeoutError as error:
        message = f"no token for {options.patience:g} s: the stack is overloaded, or set --patience"
        raise ChatError(message) from error
    except openai.APIConnectionError:
        # A closed connection: the answer is not finished, which is reported below.
        pass
    finally:
        print()
    # A gateway that cuts a stream sends no error event: only the missing finish_reason shows it.
    if not finished:
        raise ChatError("the stream ended before the answer was complete: check the timeouts of the route")


def explain(error: Exception) -> str:
    """What went wrong and what to do about it."""
    if isinstance(error, openai.APIConnectionError):
        url = os.environ.get("OPENAI_BASE_URL")
        return f"no answer from {url}: {error.message} Check OPENAI_BASE_URL and the port-forward"
    status = getattr(error, "status_code", None)
    if status == 401:
        return f"the key is refused ({error}): set OPENAI_API_KEY to the key of the stack"
    if status == 404:
        return (
            f"not found ({error}): the model has another name, or no route has this host, path and headers. "
            "OPENAI_BASE_URL must end in /v1"
        )
    if status == 503:
        return f"no replica is ready ({error}): the stack is starting or overloaded, try again or set --retries"
    if isinstance(error, openai.APIError):
        return f"the request failed: {error}"
    return str(error)


if __name__ == "__main__":
    try:
        chat(arguments())
    except (ChatError, openai.APIError) as problem:
        sys.exit(explain(problem))
