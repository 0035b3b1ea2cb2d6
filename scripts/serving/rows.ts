import type { Serving, ServingRow } from '../../lib/model/serving-row';

/** A checkpoint as the facts have it, as far as its serving goes. */
export interface Checkpoint {
  readonly id: string;
  readonly base: string;
  readonly family: string;
  readonly task: string;
  readonly architecture: string | null;
  readonly quantization: string | null;
  readonly gated: string;
  readonly recipe: {
    readonly minVllm: string | null;
    readonly toolCallParser: string | null;
    readonly reasoningParser: string | null;
    readonly chatTemplate: string | null;
    readonly tokenizerMode: string | null;
    readonly configFormat: string | null;
    readonly loadFormat: string | null;
    readonly baseArgs: readonly string[];
    readonly variantArgs: readonly string[];
  } | null;
}

/** Classes that the oldest release of the catalogue has: a recipe is often younger than the support of its model. */
const OLD_CLASSES = new Set([
  'LlamaForCausalLM',
  'DeepseekV3ForCausalLM',
  'GlmForCausalLM',
  'Gemma3ForConditionalGeneration',
  'Phi3ForCausalLM',
  'Phi4MMForCausalLM',
  'Qwen2ForCausalLM',
  'Qwen2_5_VLForConditionalGeneration',
  'WhisperForConditionalGeneration',
]);

/** Parsers of recipes that are files beside the model, and what vLLM has instead. */
const PLUGINS: Readonly<Record<string, string | undefined>> = { nano_v3: 'nemotron_v3', nemotron_json: undefined };

/**
 * What the stack decides (devices, memory, names, lengths), what a server must not do (serve any file of its disk), and what
 * is for the hardware of one vendor.
 */
const LEFT_OUT = [
  '--tensor-parallel-size',
  '--gpu-memory-utilization',
  '--served-model-name',
  '--max-model-len',
  '--allowed-local-media-path',
  '--additional-config',
  '--moe-backend',
  '--linear-backend',
  '--attention-config.backend',
  '--attention-config.use_trtllm_attention',
  '--attention-config.minimax_m3_msa_decode_backend',
  '--tool-call-parser',
  '--reasoning-parser',
  '--enable-auto-tool-choice',
];

/** Flags that vLLM does not serve the model without, or serves something else. */
const NEEDED = [
  { flag: '--block-size', of: ({ family }: Checkpoint) => family === 'minimax-m3' },
  { flag: '--runner', of: () => true },
];

const nameOf = (arg: string): string => arg.replace(/=.*/s, '');

/** `--load_format` is `--load-format`; keys after a dot keep their letters. */
function spelled(name: string): string {
  const [flag = '', ...keys] = name.split('.');
  return [flag.replaceAll('_', '-'), ...keys].join('.');
}

/** The arguments of a recipe, each as one item; the variant's win. */
function argumentsOf({ recipe }: Checkpoint): string[] {
  if (recipe === null) return [];
  const items: string[] = [];
  // Some recipes have a flag and its value in one item.
  const words = [...recipe.baseArgs, ...recipe.variantArgs].flatMap((word) => word.split(/(?<=^--[a-z-]+) /));
  for (const word of words) {
    const last = items.length - 1;
    if (/^--?[a-z]/i.test(word)) {
      const [, name = word, value = ''] = /^([^=]+)(=.*)?$/s.exec(word) ?? [];
      items.push(spelled(name) + value);
    } else
      items[last] = items[last]?.includes('=') === true ? `${items[last]} ${word}` : `${items[last] ?? ''}=${word}`;
  }
  const modes: (readonly [string, string | null])[] = [
    ['--tokenizer-mode', recipe.tokenizerMode],
    ['--config-format', recipe.configFormat],
    ['--load-format', recipe.loadFormat],
    ['--chat-template', recipe.chatTemplate],
  ];
  for (const [flag, value] of modes) if (value !== null) items.push(`${flag}=${value}`);
  return [...new Map(items.map((item) => [nameOf(item), item])).values()];
}

/** Whether the table has an argument of a recipe. */
function isKept(arg: string, { quantization }: Checkpoint): boolean {
  const name = nameOf(arg);
  // vLLM reads the format of a checkpoint from its config, and picks the fastest kernel.
  if (name === '--quantization') return quantization === 'none' && !arg.endsWith('=ascend');
  if (arg === '--tokenizer-mode=auto' || arg === '--kv-cache-dtype=auto') return false;
  // vLLM has no such key since 0.12.
  if (arg.includes('"use_inductor"')) return false;
  // A number of sequences for the memory of one GPU; the few of a diffusion model are its own.
  if (name === '--max-num-seqs') return arg === '--max-num-seqs=4';
  return !LEFT_OUT.includes(name);
}

const parser = (name: string | null): string | undefined =>
  name === null ? undefined : name in PLUGINS ? PLUGINS[name] : name;

function sinceOf({ recipe, architecture }: Checkpoint): string | undefined {
  const [, minor = ''] = /^0\.(\d+)/.exec(recipe?.minVllm ?? '') ?? [];
  if (minor === '' || Number(minor) <= 8 || OLD_CLASSES.has(architecture ?? '')) return undefined;
  return recipe?.minVllm?.replace(/\.0$/, '');
}

const isServed = ({ recipe, task }: Checkpoint): boolean => recipe !== null && !task.startsWith('omni');

function rowOf(model: Checkpoint): Serving {
  const args = argumentsOf(model).filter((arg) => isKept(arg, model));
  const needs = args.filter((arg) => NEEDED.some(({ flag, of }) => flag === nameOf(arg) && of(model)));
  return {
    tool: parser(model.recipe?.toolCallParser ?? null),
    reasoning: parser(model.recipe?.reasoningParser ?? null),
    since: sinceOf(model),
    ...(args.length > 0 ? { args } : {}),
    ...(needs.length > 0 ? { needs } : {}),
  };
}

/** Groups checkpoints whose content is equal. */
function grouped(
  models: readonly Checkpoint[],
  contentOf: (model: Checkpoint) => string,
): [content: string, ids: string][] {
  const groups = new Map<string, string[]>();
  for (const model of models) {
    const content = contentOf(model);
    groups.set(content, [...(groups.get(content) ?? []), model.id]);
  }
  return [...groups].map(([content, ids]) => [content, ids.join(' ')]);
}

/** The rows of the table: one for all checkpoints with the same needs. */
export const servingRows = (models: readonly Checkpoint[]): ServingRow[] =>
  grouped(models.filter(isServed), (model) => JSON.stringify(rowOf(model))).map(([content, ids]) => [ids, content]);

/** The whole line of each recipe, parsers included: as its author wrote it, one item for each argument. */
export const recipeLines = (models: readonly Checkpoint[]): [ids: string, line: string][] =>
  grouped(models.filter(isServed), (model) => {
    const { toolCallParser: tool = null, reasoningParser: reasoning = null } = model.recipe ?? {};
    const parsers = [
      ...(tool === null ? [] : ['--enable-auto-tool-choice', `--tool-call-parser=${tool}`]),
      ...(reasoning === null ? [] : [`--reasoning-parser=${reasoning}`]),
    ];
    const others = argumentsOf(model).filter((arg) => !parsers.some((each) => nameOf(each) === nameOf(arg)));
    return [...others, ...parsers].join('\n');
  }).map(([content, ids]) => [ids, content]);
