import { error } from '../../preflight/finding';
import type { Shape } from '../../shapes/shape';
import { isObject, listOf, matching, oneOf, propertyOf, shape, wrongValue } from '../../shapes/shape';
import { show } from '../../shapes/show';
import type { OptionalShapes } from '../../shapes/struct';
import { HEADER_NAME, headerValue, headerValueOf, pathPrefix } from '../routing-shapes';

/**
 * Length of a prompt, as the client estimates it.
 */
export enum PromptLength {
  /** Fits the stack for short prompts. */
  SHORT = 'short',
  /** Needs the stack for long prompts. */
  LONG = 'long',
}

/**
 * Methods of a request.
 */
export enum HttpMethod {
  /** Lists models. */
  GET = 'GET',
  /** Everything else. */
  POST = 'POST',
  /** Asks what a browser may send. */
  OPTIONS = 'OPTIONS',
}

/**
 * Which requests a route receives. All properties that are set must hold. Without any, it receives every request.
 */
export interface RequestMatch {
  /**
   * Model that the client names in the header `X-Gateway-Model-Name`. A gateway does not read the body, so the client
   * sets the header; the value is compared exactly. It must be a name that the stack serves, of the model or of a LoRA
   * adapter.
   *
   * @default - any model
   */
  readonly model?: string;

  /**
   * Service tier in the header `x-sla-tier`. Any client can send it, so it does not limit who uses the tier, which is
   * always reported as a warning. To limit that, use a hostname with its own authentication, or a gateway that sets the
   * header itself.
   *
   * @default - any tier
   */
  readonly tier?: string;

  /**
   * Region in the header `x-region`: the value of the node label `topology.kubernetes.io/region` of the stack.
   *
   * @default - any region
   */
  readonly region?: string;

  /**
   * Length of the prompt in the header `x-prompt-class`, as the client estimates it. Let a last route without it lead to
   * the stack for long prompts: a long prompt fails on the short stack, a short one on the long stack only wastes capacity.
   *
   * @default - any length
   */
  readonly promptLength?: PromptLength;

  /**
   * A rough estimate of the length of the prompt: bodies of less than this many bytes, by the header `content-length`: 1000, 10000, 100000, 1000000 or
   * 10000000. Bytes are not tokens, images and chat histories count, and a chunked request has no such header, so it does
   * not match. Always reported as a warning.
   *
   * @default - any size
   */
  readonly contentLengthBelow?: number;

  /**
   * Further headers, each with its exact value. Headers with credentials, such as `Authorization`, are refused.
   *
   * @default - any headers
   */
  readonly headers?: { [name: string]: string };

  /**
   * Path in front of the API's paths, which the gateway removes: with `/llama`, clients use the base URL
   * `https://…/llama/v1`. At most 512 characters.
   *
   * @default - none
   */
  readonly pathPrefix?: string;

  /**
   * Method of the request.
   *
   * @default - any method
   */
  readonly method?: HttpMethod;

  /**
   * Paths of the API that the route exposes, for example `['/v1/chat/completions', '/v1/models']`.
   *
   * @default - the paths of the model's task that the API key guards, in the release of the stack, and `/v1/models`
   */
  readonly paths?: string[];
}

/** Headers of the article's classes. `X-Gateway-Model-Name` is what llm-d's payload processor and KServe use. */
export const CLASS_HEADERS = {
  model: 'X-Gateway-Model-Name',
  tier: 'x-sla-tier',
  region: 'x-region',
  promptLength: 'x-prompt-class',
} as const;

const CONTENT_LENGTHS = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/** Headers whose values are credentials: those of HTTP (RFC 9110, RFC 6265), and usual names of keys. */
const CREDENTIALS = /^(proxy-)?authorization$|^cookie$|^(x-)?api-?key$/i;

const headers: Shape<Record<string, string>> = {
  allowed: 'a map of headers, each name with its exact value',
  check: (value, subject, findings) => {
    if (!isObject(value) || Object.keys(value).length === 0) {
      findings.push(wrongValue(subject, value, 'a map of headers, each name with its exact value'));
      return;
    }
    const seen = new Map<string, string>();
    for (const [name, each] of Object.entries(value)) {
      if (CREDENTIALS.test(name)) {
        const problem = 'has a credential, which anyone who can read the YAML could use; its value is not printed';
        const fix = 'remove it; give each group of clients hostnames and a stack with an apiKey of its own';
        findings.push(error('secret-as-text', `${subject}.${name}`, problem, fix));
        continue;
      }
      headerValue.check(each, propertyOf(subject, name), findings);
      if (!HEADER_NAME.test(name)) {
        const problem = `${show(name)} is not the name of a header`;
        findings.push(error('wrong-value', subject, problem, 'use letters, digits and "-"'));
      }
      const before = seen.get(name.toLowerCase());
      if (before !== undefined) {
        const problem = `"${name}" is the same header as "${before}": HTTP ignores capital letters`;
        findings.push(error('route-header-twice', subject, problem, 'remove one of them'));
      }
      seen.set(name.toLowerCase(), name);
    }
  },
};

const path = matching(
  /^(?=.{1,512}$)(\/(?!\.{1,2}(\/|$))([A-Za-z0-9._~-]+|\{[a-z_]+\}))+$/,
  'a path of the API such as "/v1/chat/completions", at most 512 characters',
);

/** All properties of `RequestMatch`; none is required. */
export const REQUEST_MATCH: OptionalShapes<RequestMatch> = {
  model: headerValueOf('one model name that the stack serves'),
  tier: headerValueOf('one tier'),
  region: headerValueOf('one region'),
  promptLength: oneOf(...Object.values(PromptLength)),
  contentLengthBelow: shape<number>(`one of ${CONTENT_LENGTHS.join(', ')}`, (value) =>
    CONTENT_LENGTHS.some((each) => each === value),
  ),
  headers,
  pathPrefix,
  method: oneOf(...Object.values(HttpMethod)),
  paths: listOf(path, 1),
};
