import { throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { findingsOf, flag, integer } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { Shape } from '../shapes/shape';
import type { LayerGroup } from './layer-group';
import type {
  ChunkedLayersOptions,
  DeltaNetLayersOptions,
  FullLayersOptions,
  LatentLayersOptions,
  Mamba2LayersOptions,
  SlidingLayersOptions,
} from './layers-options';
import { deltaNetLayers, mamba2Layers } from './state-layers';

const COUNT = integer(1);
const FULL = { count: COUNT, kvHeads: COUNT, headDim: COUNT };

const FULL_SHAPE = structOf<FullLayersOptions>(FULL, { valueDim: COUNT });
const SLIDING_SHAPE = structOf<SlidingLayersOptions>({ ...FULL, window: COUNT }, { valueDim: COUNT });
const CHUNKED_SHAPE = structOf<ChunkedLayersOptions>({ ...FULL, chunk: COUNT }, { valueDim: COUNT });
const LATENT_SHAPE = structOf<LatentLayersOptions>(
  { count: COUNT, kvLoraRank: COUNT, qkRopeHeadDim: COUNT },
  { indexedLayers: integer(0), indexHeadDim: COUNT },
);
const DELTA_SHAPE = structOf<DeltaNetLayersOptions>(
  { count: COUNT, keyHeads: COUNT, valueHeads: COUNT, keyDim: COUNT, valueDim: COUNT },
  { kernel: integer(2), float32State: flag },
);
const MAMBA_SHAPE = structOf<Mamba2LayersOptions>(
  { count: COUNT, heads: COUNT, headDim: COUNT, stateSize: COUNT },
  { groups: COUNT, kernel: integer(2), float32State: flag },
);

/**
 * Layers of a model that keep the same data in the KV cache. A model has one group or several.
 */
export class Layers {
  /** Layers with keys and values for each token. */
  public static full(options: FullLayersOptions): Layers {
    check('Layers.full', options, FULL_SHAPE);
    return new Layers(FACTORY, { kind: 'heads', ...heads(options) });
  }

  /** Layers with a sliding window. vLLM keeps the window, and the tokens of the batches that it computes. */
  public static sliding(options: SlidingLayersOptions): Layers {
    check('Layers.sliding', options, SLIDING_SHAPE);
    return new Layers(FACTORY, { kind: 'heads', ...heads(options), reach: { kind: 'window', tokens: options.window } });
  }

  /** Layers that look at the tokens of their chunk, as in Llama 4. */
  public static chunked(options: ChunkedLayersOptions): Layers {
    check('Layers.chunked', options, CHUNKED_SHAPE);
    return new Layers(FACTORY, { kind: 'heads', ...heads(options), reach: { kind: 'chunk', tokens: options.chunk } });
  }

  /** Layers with multi-head latent attention. */
  public static latent(options: LatentLayersOptions): Layers {
    check('Layers.latent', options, LATENT_SHAPE);
    const { count, kvLoraRank, qkRopeHeadDim, indexedLayers = 0, indexHeadDim = 128 } = options;
    const index = { layers: indexedLayers, bytes: indexHeadDim + 4 };
    const group = { kind: 'latent', layers: count, dim: kvLoraRank + qkRopeHeadDim } as const;
    return new Layers(FACTORY, indexedLayers > 0 ? { ...group, index } : group);
  }

  /** Layers with linear attention (gated delta net), as in Qwen3-Next and Qwen3.5. */
  public static deltaNet(options: DeltaNetLayersOptions): Layers {
    check('Layers.deltaNet', options, DELTA_SHAPE);
    return new Layers(FACTORY, deltaNetLayers(options));
  }

  /** State-space layers of Mamba 2, as in Nemotron-H and Granite 4. */
  public static mamba2(options: Mamba2LayersOptions): Layers {
    check('Layers.mamba2', options, MAMBA_SHAPE);
    return new Layers(FACTORY, mamba2Layers(options));
  }

  /**
   * Layers that cache nothing: those without attention, and those that read the cache of another layer.
   *
   * @param count number of these layers
   */
  public static uncached(count: number): Layers {
    check('Layers.uncached', { count }, structOf<{ count: number }>({ count: COUNT }, {}));
    return new Layers(FACTORY, { kind: 'none', layers: count });
  }

  private constructor(
    caller: typeof FACTORY,
    /** @internal */
    public readonly _group: LayerGroup,
  ) {
    brandMade(this, 'Layers', caller);
  }
}

function check(what: string, options: unknown, shape: Shape): void {
  throwOnErrors(what, findingsOf(options, '', shape));
}

function heads({ count, kvHeads, headDim, valueDim }: FullLayersOptions): {
  layers: number;
  kvHeads: number;
  headDim: number;
  valueDim?: number;
} {
  return { layers: count, kvHeads, headDim, ...(valueDim !== undefined && { valueDim }) };
}
