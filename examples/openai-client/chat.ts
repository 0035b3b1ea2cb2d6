/**
 * Streams one answer from a vLLM stack with the official OpenAI client. README.md explains options and errors.
 *
 *     npx tsx chat.ts [--model NAME] [--prompt-class short|long] [--tier NAME] PROMPT
 */
import { parseArgs } from 'node:util';
import OpenAI, { APIConnectionError, APIError } from 'openai';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string' },
    'prompt-class': { type: 'string' },
    tier: { type: 'string' },
    /** Longest time without a token, in seconds: the first one may wait in a queue. */
    patience: { type: 'string', default: '120' },
    /** Repetitions of a request after 408, 409, 429, 5xx or a lost connection: 8 of them wait about 40 s in total. */
    retries: { type: 'string', default: '8' },
  },
});

function refuse(option: keyof typeof options, allowed: string): never {
  console.error(`--${option} is "${options[option]}": use ${allowed}`);
  process.exit(2);
}

const numberOf = (option: 'patience' | 'retries'): number => {
  const value = Number(options[option]);
  return value >= 0 ? value : refuse(option, 'a number');
};
const patience = numberOf('patience') * 1000;
const retries = numberOf('retries');
if (!['short', 'long', undefined].includes(options['prompt-class'])) refuse('prompt-class', 'short or long');

/** An error with a message for the user. */
class ChatError extends Error {}

/** The client reads OPENAI_BASE_URL itself. It refuses an empty key, and a stack without a key ignores any. */
const connect = (model?: string): OpenAI =>
  new OpenAI({
    apiKey: process.env.OPENAI_API_KEY || 'unset',
    maxRetries: retries,
    timeout: patience,
    // What routes read: a gateway does not look into the body. An undefined header is not sent.
    defaultHeaders: {
      'X-Gateway-Model-Name': model,
      'x-prompt-class': options['prompt-class'],
      'x-sla-tier': options.tier,
    },
  });

async function firstModel(): Promise<string> {
  for await (const { id } of connect().models.list()) return id;
  throw new ChatError('GET /v1/models lists no model: set --model, or check to which stack the route leads');
}

async function chat(prompt: string): Promise<void> {
  const model = options.model ?? (await firstModel());
  const stream = await connect(model).chat.completions.create({
    model,
    messages: [{ role: 'user', content: prompt }],
    stream: true,
  });

  // `timeout` ends with the response's headers, so the wait for each token needs a limit of its own.
  let timedOut = false;
  const giveUp = () => {
    timedOut = true;
    stream.controller.abort();
  };
  let timer = setTimeout(giveUp, patience);
  let finished = false;
  try {
    for await (const { choices } of stream) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, patience);
      process.stdout.write(choices[0]?.delta.content ?? '');
      finished ||= Boolean(choices[0]?.finish_reason);
    }
  } catch (error) {
    // An error event of the server explains itself; everything else is a closed connection.
    if (error instanceof APIError) throw error;
  } finally {
    clearTimeout(timer);
    process.stdout.write('\n');
  }
  if (timedOut) throw new ChatError(`no token for ${options.patience} s: the stack is overloaded, or set --patience`);
  // A gateway that cuts a stream sends no error event: only the missing finish_reason shows it.
  if (!finished) {
    throw new ChatError('the stream ended before the answer was complete: check the timeouts of the route');
  }
}

/** What went wrong and what to do about it. */
function explain(error: unknown): string {
  if (error instanceof ChatError) return error.message;
  if (error instanceof APIConnectionError) {
    return `no answer from ${connect().baseURL}: ${error.message} Check OPENAI_BASE_URL and the port-forward`;
  }
  if (!(error instanceof APIError)) throw error;
  switch (error.status) {
    case 401:
      return `the key is refused (${error.message}): set OPENAI_API_KEY to the key of the stack`;
    case 404:
      return `not found (${error.message}): the model has another name, or no route has this host, path and headers. OPENAI_BASE_URL must end in /v1`;
    case 503:
      return `no replica is ready (${error.message}): the stack is starting or overloaded, try again or set --retries`;
    default:
      return `the request failed: ${error.message}`;
  }
}

chat(positionals.join(' ') || 'Why is the sky blue?').catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
