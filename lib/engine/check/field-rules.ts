import { asFloat } from './pydantic';

/** A type that vLLM checks with code of its own: what to give when a value does not fit, or undefined when it does. */
export type FieldRule = (value: unknown) => string | undefined;

/** vllm/config/compilation.py, __post_init__ of CompilationConfig. */
const customOps: FieldRule = (value) => {
  if (!Array.isArray(value) || !value.every((op) => typeof op === 'string')) return 'give a list of text';
  const bases: string[] = value.filter((op) => op === 'all' || op === 'none');
  const isOp = (op: string) => bases.includes(op) || /^[+-]./s.test(op);
  const wrong = value.find((op) => !isOp(op));
  if (wrong !== undefined) return `write "+${wrong}" to turn it on or "-${wrong}" to turn it off`;
  if (bases.length > 1) return 'keep one of "all" and "none", once';
  const both = value.find((op) => op.startsWith('+') && value.includes(`-${op.slice(1)}`));
  return both === undefined ? undefined : `keep one of "${both}" and "-${both.slice(1)}"`;
};

/** vllm/config/observability.py, the validators of custom_histogram_buckets. */
const bounds: FieldRule = (value) => {
  const fix = 'give a list of numbers greater than 0, each greater than the one before it';
  if (!Array.isArray(value) || value.length === 0) return fix;
  const numbers = value.map((bound) => (typeof bound === 'boolean' ? undefined : asFloat(bound)) ?? NaN);
  const isRising = (bound: number, index: number) => Number.isFinite(bound) && bound > (numbers[index - 1] ?? 0);
  return numbers.every(isRising) ? undefined : fix;
};

/** vllm/config/compilation.py, __post_init__ of CompilationConfig: a function that Python imports. */
const qualified: FieldRule = (value) =>
  typeof value === 'string' && /^[^.]+(\.[^.]*)*\.[^.]+$/s.test(value)
    ? undefined
    : 'give the full name of a function, for example "package.module.function"';

export const FIELD_RULES: ReadonlyMap<string, FieldRule> = new Map([
  ['custom-ops', customOps],
  ['bounds', bounds],
  ['qualified', qualified],
]);
