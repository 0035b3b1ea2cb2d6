import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';

/** What is wrong with the id of a model, and what to write instead. */
export interface WrongId {
  readonly problem: string;
  readonly fix: string;
}

/** Hosts whose pages show a model under its id. */
const PAGE = /^https?:\/\/(www\.)?(huggingface\.co|hf\.co|hf-mirror\.com|modelscope\.cn\/models)\/([^?#]+)/i;

/** Storage that a loader of vLLM reads (vllm/transformers_utils/runai_utils.py, vllm/model_executor/model_loader/tensorizer.py). */
const STORED = /^(s3|gs|az):\/\//i;

/** A quantisation after a repository of GGUF files, `org/name-GGUF:UD-Q4_K_XL` (vllm/transformers_utils/gguf_utils.py). */
const GGUF_QUANT = /^([A-Za-z0-9]+-)?((I|T)?Q\d\w*|BF16|F16|F32|MXFP4\w*)$/i;

/** What other tools write before an id of the Hub, or before a name of their own. */
const ROUTERS =
  /^(hosted_vllm|vllm|huggingface|ollama|ollama_chat|openrouter|together_ai|together|groq|bedrock|azure|vertex_ai|fireworks_ai|litellm_proxy|lm_studio|models)\//i;

/** One part of an id on the Hub (huggingface_hub/utils/_validators.py, validate_repo_id). */
const isPart = (part: string) => /^\w([\w.-]*\w)?$/.test(part) && !part.includes('--') && !part.includes('..');

const isHubId = (id: string) => {
  const parts = id.split('/');
  return parts.length <= 2 && parts.every(isPart) && id.length <= 96;
};

const HOW =
  'give the id of its page on the Hub, such as "meta-llama/Llama-3.1-8B-Instruct", or a path that begins with "/"';
const instead = (id: string | undefined) => (id !== undefined && isHubId(id) ? `give "${id}"` : HOW);

/** Whether a model is in object storage: a loader streams its weights, and only configuration files are downloaded. */
export const isInObjectStorage = (id: string): boolean => STORED.test(id);

/** Whether a model is a folder of the container, from which nothing is downloaded. */
export const isFolder = (id: string): boolean => id.startsWith('/');

/** Why no vLLM finds a model under an id; undefined for an id on the Hub, a path, and what only the pod can know. */
export function wrongId(id: string): WrongId | undefined {
  if (/\s/.test(id)) return { problem: `is "${id}", which has a blank`, fix: instead(id.trim()) };
  if (/^(\/|\.\.?\/)/.test(id) || STORED.test(id) || id.includes('$(') || isGguf(id)) return undefined;
  return ofAddress(id) ?? ofFile(id) ?? ofRouter(id) ?? ofTag(id) ?? ofParts(id);
}

/** Findings about an id in a property of `Model.of`. */
export function idFindings(subject: string, id: string | undefined): Finding[] {
  const wrong = id === undefined ? undefined : wrongId(id);
  return wrong === undefined ? [] : [error('model-id', subject, wrong.problem, wrong.fix)];
}

function ofAddress(id: string): WrongId | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(id)?.[1];
  if (scheme === undefined) return undefined;
  const path = scheme.toLowerCase() === 'hf' ? id.slice('hf://'.length) : PAGE.exec(id)?.[3];
  const [owner = '', name = '', , revision] = (path?.replace(/^models\//, '') ?? '').split('/');
  const found = path === undefined ? undefined : [owner, name].filter((part) => part !== '').join('/');
  const at = revision === undefined || revision === 'main' ? '' : ` and revision: "${revision}"`;
  return { problem: `is "${id}", which is an address and not an id`, fix: `${instead(found)}${at}` };
}

/** A quantisation or a file of a repository: `org/name-GGUF:Q4_K_M`, `org/name/file.gguf`. */
function isGguf(id: string): boolean {
  const [name = '', tag] = id.split(':');
  if (tag !== undefined) return name.includes('/') && isHubId(name) && GGUF_QUANT.test(tag);
  const parts = id.split('/');
  return parts.length > 2 && parts.every(isPart) && /\.gguf$/i.test(id) && !ROUTERS.test(id);
}

/** A file alone must be a path. */
function ofFile(id: string): WrongId | undefined {
  if (!/\.gguf$/i.test(id)) return undefined;
  const fix = 'give its path, which begins with "/", or its repository and quantisation: "org/name-GGUF:Q4_K_M"';
  return { problem: `is "${id}", a file without its folder`, fix };
}

function ofRouter(id: string): WrongId | undefined {
  const prefix = ROUTERS.exec(id)?.[0];
  if (prefix === undefined) return undefined;
  const rest = id.slice(prefix.length);
  const problem = `is "${id}": "${prefix}" is not a part of the id, but of the naming of another tool`;
  return { problem, fix: rest.includes('/') ? instead(rest) : HOW };
}

function ofTag(id: string): WrongId | undefined {
  const [, name = '', mark, tag = ''] = /^([^:@]+)([:@])(.+)$/.exec(id) ?? [];
  if (mark === undefined) return undefined;
  const problem = `is "${id}", but an id has no "${mark}${tag}"`;
  // `llama3:8b` and `meta.llama3-8b-instruct-v1:0` are names of other tools, which no page of the Hub has.
  if (!name.includes('/')) return { problem, fix: HOW };
  return { problem, fix: tag === 'latest' || mark === ':' ? instead(name) : `${instead(name)} and revision: "${tag}"` };
}

function ofParts(id: string): WrongId | undefined {
  if (isHubId(id)) return undefined;
  const found = id.replace(/\/+$/, '').split('/').slice(-2).join('/');
  return {
    problem: `is "${id}", which is neither an id on the Hub nor a path that begins with "/"`,
    fix: instead(found),
  };
}
