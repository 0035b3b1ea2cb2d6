import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { isJsonObject } from '../../shapes/json-object';
import type { KnownArgument } from './context';
import { showValue } from './show-value';

const KEYS = ['name', 'path'];
const OPTIONAL_KEYS = ['base_model_name', 'is_3d_lora_weight'];
const HOW = 'give name=path, or a JSON object with "name" and "path"';

/** An adapter, or what is wrong with its text. */
type Read = { readonly name: string } | { readonly problem: string } | undefined;

/** Reads one adapter as vLLM does: text with "=" and without a comma is name=path, all else JSON (LoRAParserAction). */
function read(text: string): Read {
  if (text === '' || text === 'None') return undefined;
  if (text.includes('=') && !text.includes(',')) return ofPair(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'is neither name=path nor JSON' };
  }
  if (!isJsonObject(value)) return { problem: 'is not a JSON object' };
  const missing = KEYS.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) return { problem: `has no key "${missing}"` };
  const unknown = Object.keys(value).find((key) => ![...KEYS, ...OPTIONAL_KEYS].includes(key));
  if (unknown !== undefined) return { problem: `has the unknown key "${unknown}"` };
  return ofNames(value['name'], value['path']);
}

function ofPair(text: string): Read {
  const name = text.slice(0, text.indexOf('='));
  // Without a comma, vLLM cuts a JSON object in two at its first "=".
  if (name.trimStart().startsWith('{')) return { problem: 'vLLM reads as name=path because it has "=" and no comma' };
  return ofNames(name, text.slice(name.length + 1));
}

/** vLLM loads the adapters at start, and refuses an empty name or path there (vllm/entrypoints/openai/models). */
function ofNames(name: unknown, path: unknown): Read {
  const empty = Object.entries({ name, path }).find(([, each]) => typeof each !== 'string' || each.trim() === '');
  return empty === undefined ? { name: String(name) } : { problem: `has no text as its ${empty[0]}` };
}

/** Checks the adapters of `--lora-modules`: vLLM loads them at start, and exits when a name is in use. */
export function checkLoraModules(
  { origin, values, spelled: { flag } }: KnownArgument,
  servedNames: readonly string[],
): Finding[] {
  const seen = new Set<string>(servedNames);
  return values.flatMap((text) => {
    const module = read(text);
    if (module === undefined) return [];
    const is = `${flag.name} is ${showValue(flag.name, text)}`;
    if ('problem' in module) return [error('wrong-lora-module', origin, `${is}, which ${module.problem}`, HOW)];
    const isTwice = seen.has(module.name);
    seen.add(module.name);
    if (!isTwice) return [];
    const used = servedNames.includes(module.name) ? 'is a name of the model too' : 'is the name of two adapters';
    return [error('wrong-lora-module', origin, `"${module.name}" ${used}`, 'give each adapter its own name')];
  });
}
