import { Size } from 'cdk8s';

/** What a line of the table sets. */
export interface Given {
  readonly env: Record<string, string>;
  readonly model: Record<string, string>;
  readonly engine: Record<string, unknown>;
  readonly extraArgs: string[];
}

/** The words of a command line: a space inside JSON does not end a word. */
function words(line: string): string[] {
  const found: string[] = [];
  let word = '';
  let depth = 0;
  let isText = false;
  for (const [at, character] of [...line].entries()) {
    if (depth > 0 && character === '"' && line[at - 1] !== '\\') isText = !isText;
    if (!isText && (character === '{' || character === '[')) depth++;
    if (!isText && (character === '}' || character === ']')) depth--;
    if (character === ' ' && depth <= 0) {
      found.push(word);
      word = '';
    } else word += character;
  }
  return [...found, word].filter((each) => each !== '');
}

/** A Size, which has no JSON. */
const revive = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && '$gib' in value ? Size.gibibytes(Number(value.$gib)) : value;

/** Variables before the arguments: `VLLM_PORT=1 --x`; the space may be missing. */
function variables(line: string): [env: Record<string, string>, rest: string] {
  const env: Record<string, string> = {};
  let rest = line;
  for (;;) {
    const [all, name = '', value = ''] = /^([A-Z][A-Z0-9_]+)=(.*?)(?: +|(?=--)|$)/.exec(rest) ?? [];
    if (all === undefined) return [env, rest];
    env[name] = value;
    rest = rest.slice(all.length);
  }
}

/** Reads a line of the table. */
export function readArguments(way: string, line: string): Given {
  const [env, rest] = variables(line);
  const nothing = { env, model: {}, engine: {}, extraArgs: [] };
  if (way === 'extraArgs') return { ...nothing, extraArgs: words(rest) };
  const [option, name = '', value = ''] = /^(?:--)?(quantization|dtype|revision)=(\S+) ?/.exec(rest) ?? [''];
  const model = option === '' ? {} : { [name]: value };
  const json = rest.slice(option.length);
  return { ...nothing, model, engine: json === '' ? {} : (JSON.parse(json, revive) as Record<string, unknown>) };
}

/** How many GPUs the arguments need; the real engine had as many as it wanted. */
export function gpusOf(line: string): number {
  const sizes = line.matchAll(/(?:--(?:tensor|pipeline|data|prefill-context)-parallel-size|-tp)[= ](\d+)/g);
  const options = line.matchAll(/"(?:tensor|pipeline|data|prefillContext)ParallelSize": (\d+)/g);
  return [...sizes, ...options].reduce((product, [, size]) => product * Math.max(1, Number(size)), 1);
}
