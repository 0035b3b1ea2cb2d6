/**
 * Repositories with the same weights in several formats, by what their ids contain, and how often they have them: Llama
 * in `original/`, gpt-oss also in `metal/`, Mistral in `consolidated*.safetensors`. Those of the authors, and their mirrors on
 * ModelScope.
 *
 * Sources: the repositories on the Hub; kaito-project/kaito model_catalog.yaml counts gpt-oss twice.
 */
const FORMATS: readonly [pattern: RegExp, formats: number, folders: string][] = [
  [/^(meta-llama|LLM-Research)\/(Meta-)?Llama-3/, 2, 'original/'],
  [/^(openai|openai-mirror)\/gpt-oss-/, 3, 'original/ and metal/'],
  [/^(mistralai|LLM-Research|AI-ModelScope)\/\w*stral-/, 2, 'consolidated*.safetensors'],
];

/** A repository with weights in several formats. */
export interface Formats {
  readonly count: number;
  /** Where the other ones are. */
  readonly others: string;
  /** Whether one of them is beside the files that vLLM reads. */
  readonly isBeside: boolean;
}

/** The formats of the weights in a repository; undefined where it has one. */
export function formatsOf(modelId: string): Formats | undefined {
  const [, count, others] = FORMATS.find(([pattern]) => pattern.test(modelId)) ?? [];
  return count === undefined || others === undefined ? undefined : { count, others, isBeside: !others.includes('/') };
}
