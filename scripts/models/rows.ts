import { MEMORY_FIT } from '../../lib/defaults';
import type { CheckpointFacts } from './checkpoint-facts';
import { layerGroups } from './layer-groups';
import { encoder, expertBytes, unquantized, weights } from './weights';

const MIB = 1024 ** 2;
const inMib = (bytes: number | null | undefined): string => (bytes ? String(Math.round(bytes / MIB)) : '');

/**
 * The loader of checkpoints whose config.json the facts do not have: Quark writes those of AMD. For others the name of the
 * number format stands for it.
 */
function methodOf({ id, quantization, quantMethod }: CheckpointFacts): string {
  if (quantization === 'none' || quantization === null) return '';
  // vLLM chooses the method by the algorithm (vllm/model_executor/layers/quantization/modelopt.py).
  if (quantMethod === 'modelopt' && quantization === 'nvfp4') return 'modelopt_fp4';
  if (quantMethod !== null) return quantMethod;
  return id.startsWith('amd/') ? 'quark' : quantization;
}

/** The columns of a checkpoint, in the order of a row. */
export const COLUMNS = ['id', 'base', 'shape', 'task', 'quantization', 'weights', 'experts', 'mtp', 'loaded'] as const;

/** Classes that read text only, in families whose recipe is about a multimodal model too (Phi-4). */
const OF_TEXT: readonly (string | null)[] = ['Phi3ForCausalLM'];

/** Whether a checkpoint reads images or audio. */
const isMultimodal = (facts: CheckpointFacts): boolean =>
  encoder(facts) > 0 || (['multimodal', 'transcribe'].includes(facts.task) && !OF_TEXT.includes(facts.architecture));

/** What checkpoints share: everything of a shape that is no size of a file. Undefined where nothing is known. */
export function shapeRow(facts: CheckpointFacts): object | undefined {
  const { cache, hiddenSize, heads, kvHeads, vocab, maxPosition, architecture, experts } = facts;
  const { totalParams, quantization, weightBytes } = facts;
  if (cache === null) return architecture === null ? undefined : { architecture };
  const groups = layerGroups(cache);
  const first = groups?.find((group) => group.kind === 'heads');
  // A plain checkpoint has two bytes for each.
  const plain = quantization === 'none' && weightBytes !== null ? Math.round(weightBytes / 2) : undefined;
  const ofHeads = first?.kind === 'heads' ? first.kvHeads : undefined;
  const hasEncoder = encoder(facts) > 0;
  const row = {
    architecture,
    hiddenSize,
    attentionHeads: heads,
    kvHeads: kvHeads ?? ofHeads,
    groups,
    maxLength: maxPosition,
    parameters: totalParams ?? plain,
    // Fewer count as many as the memory fit assumes.
    vocabulary: vocab !== null && vocab > MEMORY_FIT.vocabulary ? vocab : undefined,
    experts: experts === null ? undefined : { count: experts.count, active: experts.active },
    unquantizedParameters: unquantized(facts),
    encoderGib: hasEncoder ? Number(((encoder(facts) * 2) / MIB / 1024).toFixed(3)) : undefined,
    isMultimodal: isMultimodal(facts) ? true : undefined,
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== null));
}

/** One checkpoint; `shape` is the number of its shape. Empty columns: the base is itself, the task is text. */
export function checkpointRow(facts: CheckpointFacts, shape: number | undefined): string {
  const known = weights(facts);
  const columns: Record<(typeof COLUMNS)[number], string> = {
    id: facts.id,
    base: facts.base === facts.id ? '' : facts.base,
    shape: shape === undefined ? '' : String(shape),
    task: ['generate', 'multimodal'].includes(facts.task) ? '' : (facts.task.split(' ')[0] ?? ''),
    quantization: methodOf(facts),
    weights: known === undefined ? '' : `${known.isLowerBound ? '>' : ''}${inMib(known.bytes)}`,
    experts: inMib(expertBytes(facts)),
    mtp: inMib(facts.mtpWeightBytes),
    loaded: inMib(facts.loadedBytes),
  };
  return COLUMNS.map((column) => columns[column])
    .join('|')
    .replace(/\|+$/, '|');
}
