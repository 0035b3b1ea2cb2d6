import type { LayerGroup } from '../../lib/model/layer-group';
import type { CacheFacts } from './checkpoint-facts';

type Reach = { readonly reach?: { readonly kind: 'window' | 'chunk'; readonly tokens: number } };

const reachOf = ({ window, chunk }: CacheFacts): Reach => {
  if (window !== undefined) return { reach: { kind: 'window', tokens: window } };
  return chunk === undefined ? {} : { reach: { kind: 'chunk', tokens: chunk } };
};

function heads(cache: CacheFacts): LayerGroup | undefined {
  const { layers, kvHeads, headDim, valueDim, indexer } = cache;
  if (typeof kvHeads !== 'number' || typeof headDim !== 'number') return undefined;
  const indexBytes = indexer?.bytesPerTokenPerLayer;
  return {
    kind: 'heads',
    layers,
    kvHeads,
    headDim,
    ...(valueDim === undefined ? {} : { valueDim }),
    ...reachOf(cache),
    ...(indexBytes === undefined ? {} : { indexBytes }),
  };
}

function latent(cache: CacheFacts): LayerGroup {
  const { layers, latentDim = 0, indexer, compressRatio } = cache;
  const bytes = indexer?.bytesPerTokenPerLayer;
  return {
    kind: 'latent',
    layers,
    dim: latentDim,
    ...reachOf(cache),
    // Where it is not known which layers have an index of their own, all have.
    ...(bytes === undefined ? {} : { index: { layers: indexer?.layers ?? layers, bytes } }),
    ...(compressRatio ? { compression: compressRatio } : {}),
  };
}

function state({
  layers,
  convStateBytes,
  recurrentStateBytes,
  stateDtypes,
  convKernel,
  groups,
}: CacheFacts): LayerGroup {
  return {
    kind: 'state',
    layers,
    convolutionBytes: convStateBytes ?? 0,
    ...(convKernel === undefined ? {} : { convolutionKernel: convKernel }),
    recurrentBytes: recurrentStateBytes ?? 0,
    recurrentDtype: stateDtypes?.[1] === 'float32' ? 'float32' : 'model',
    ...(groups === undefined ? {} : { groups }),
  };
}

/** A group of layers as a shape has it; undefined where its heads are not known. */
export function layerGroup(cache: CacheFacts): LayerGroup | undefined {
  const { kind, layers } = cache;
  switch (kind) {
    case 'full':
    case 'chunked':
      return heads(cache);
    case 'sliding':
      return cache.latentDim === undefined ? heads(cache) : latent(cache);
    case 'mla':
    case 'mla_compressed':
      return latent(cache);
    case 'linear':
    case 'mamba':
    case 'conv':
      return state(cache);
    case 'cross':
      return { kind, layers, kvHeads: cache.kvHeads ?? 0, headDim: cache.headDim ?? 0, tokens: cache.tokens ?? 0 };
    case 'none':
    case 'shared':
    case 'encoder':
      return { kind: 'none', layers };
    default:
      throw new Error(`no layers of kind "${kind}" are known: add the kind to scripts/models/layer-groups.ts`);
  }
}

/** All groups; undefined where one of them is not known. */
export function layerGroups(cache: readonly CacheFacts[] | null): LayerGroup[] | undefined {
  const groups = cache?.map(layerGroup);
  return groups?.every((each) => each !== undefined) ? groups : undefined;
}
