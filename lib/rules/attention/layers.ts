import type { LayerGroup, ModelShape } from '../../model/model-shape';
import type { AttentionRequest } from './request';

/** What one kind of layer needs of a backend, apart from what options set. */
export type Layers = Pick<
  AttentionRequest,
  'kind' | 'headSize' | 'hasSinks' | 'hasWindow' | 'isEncoder' | 'hasImagePrefix'
>;

const PLAIN = { hasSinks: false, hasWindow: false, isEncoder: false, hasImagePrefix: false } as const;

/** Models whose layers have kernels of their own, which no table here describes (vllm/models/, models/mimo_v2.py). */
const OWN_KERNELS = /^(DeepseekV4|Dots3|HYV4|Laguna|MiMoV2|MiniMaxM3|Qwen4|Step5)/;
/** Models with a learned sink in each head (vllm/model_executor/models/gpt_oss.py). */
const SINKS = /^GptOss/;
/** Models whose images are read in both directions (is_mm_prefix_lm, transformers_utils/model_arch_config_convertor.py). */
const IMAGE_PREFIX = /^(Gemma3|PaliGemma|Moondream3|Molmo2)For/;

const hasOwnKernels = (group: LayerGroup): boolean =>
  (group.kind === 'heads' && (group.valueDim !== undefined || group.indexBytes !== undefined)) ||
  (group.kind === 'latent' && (group.reach !== undefined || group.compression !== undefined));

function layersOf(group: LayerGroup, { architecture = '', isMultimodal = false }: ModelShape): Layers[] {
  if (group.kind === 'heads') {
    const hasWindow = group.reach?.kind === 'window';
    const hasImagePrefix = isMultimodal && IMAGE_PREFIX.test(architecture);
    const hasSinks = SINKS.test(architecture);
    return [{ ...PLAIN, kind: 'heads', headSize: group.headDim, hasSinks, hasWindow, hasImagePrefix }];
  }
  if (group.kind !== 'latent') return [];
  return [{ ...PLAIN, kind: group.index === undefined ? 'latent' : 'sparse', headSize: group.dim }];
}

/** Whether the latent vectors are read sparsely is not known of a model that the user described. */
const mayBeSparse = (layers: readonly Layers[], { architecture }: ModelShape): boolean =>
  architecture === undefined && layers.some(({ kind }) => kind === 'latent');

/**
 * What the layers of a model may need: one of these lists is true, and each layer of it must have a backend. Undefined
 * for a model whose kernels are not in the table.
 */
export function layersOfModel(shape: ModelShape | undefined): readonly (readonly Layers[])[] | undefined {
  // Any head and any vector: what no backend reads is wrong for every model.
  if (shape === undefined) {
    return (['heads', 'latent', 'sparse'] as const).map((kind) => [{ ...PLAIN, kind }]);
  }
  if (OWN_KERNELS.test(shape.architecture ?? '') || shape.groups.some(hasOwnKernels)) return undefined;
  const layers = shape.groups.flatMap((group) => layersOf(group, shape));
  if (layers.length === 0) {
    if (shape.groups.some(({ kind }) => kind === 'state')) return undefined;
    // An encoder caches nothing, but has attention with equal heads.
    return [[{ ...PLAIN, kind: 'heads', headSize: shape.hiddenSize / shape.attentionHeads, isEncoder: true }]];
  }
  if (!mayBeSparse(layers, shape)) return [layers];
  return [layers, layers.map((layer) => ({ ...layer, kind: 'sparse' as const }))];
}
