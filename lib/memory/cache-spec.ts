import { BLOCK_SIZE } from '../defaults';
import type { HeadLayers, LatentLayers, LayerGroup, StateLayers } from '../model/layer-group';
import type { FitInput } from './fit-input';

/** When a request needs another block: for each token, for the last ones, for a fixed number of tokens or never. */
export type SpecKind = 'full' | 'window' | 'chunk' | 'cross' | 'state';

/** Layers whose pages vLLM treats alike (vllm/v1/kv_cache_interface.py). Sizes are of one rank. */
export interface CacheSpec {
  readonly kind: SpecKind;
  readonly layers: number;
  /** Tokens of one block. */
  readonly block: number;
  /** Bytes of one block in one layer. */
  readonly page: number;
  /** Tokens of the window, the chunk or a batch of the encoder; blocks of a state. */
  readonly reach: number;
  /** A page of latent vectors cannot be padded to the size of another page. */
  readonly latent: boolean;
}

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;

/** Bytes of one token in one layer. */
function bytesPerToken({ kvHeads, headDim, valueDim = headDim }: Omit<HeadLayers, 'kind'>, input: FitInput): number {
  return Math.max(1, Math.ceil(kvHeads / input.tensor)) * (headDim + valueDim) * input.cacheBytes;
}

/** Kind and reach of layers that look back so far. */
function reachOf({ reach }: HeadLayers | LatentLayers): Pick<CacheSpec, 'kind' | 'reach'> {
  return reach === undefined ? { kind: 'full', reach: 0 } : { kind: reach.kind, reach: reach.tokens };
}

function headSpecs(group: HeadLayers, input: FitInput, block: number): CacheSpec[] {
  const { layers, indexBytes } = group;
  const reach = reachOf(group);
  const page = bytesPerToken(group, input) * block;
  const index = { layers, block, kind: 'full', reach: 0, page: (indexBytes ?? 0) * block, latent: true } as const;
  return [{ layers, block, ...reach, page, latent: false }, ...(indexBytes === undefined ? [] : [index])];
}

/** Bytes of a token in FP8 beside an index: values, scales and 16-bit positions together (`fp8_ds_mla`). */
const SPARSE_FP8_BYTES = 656;

function latentSpecs(group: LatentLayers, widest: number, input: FitInput, block: number): CacheSpec[] {
  const { layers, index } = group;
  const isPacked = index !== undefined && input.cacheBytes === 1;
  const bytes = isPacked ? SPARSE_FP8_BYTES : Math.max(group.dim, widest) * input.cacheBytes;
  const main: CacheSpec = { layers, block, ...reachOf(group), page: bytes * block, latent: true };
  if (index === undefined) return [main];
  return [main, { kind: 'full', reach: 0, layers: index.layers, block, page: index.bytes * block, latent: true }];
}

/**
 * DeepSeek-V4: each layer has the last tokens, and one entry for several tokens before them with what is needed to compute
 * the next entry, in float32 (vllm/models/deepseek_v4/compressor.py, attention.py, v1/attention/backends/mla/sparse_swa.py).
 */
const COMPRESSED = { block: 256, windowBlock: 64, bytes: 584, align: 576, values: 512, indexValues: 128 } as const;

/** Tokens in a block of the states of a compressor, by the tokens that share an entry. */
const stateBlock = (compression: number): number => (compression <= 4 ? 4 : 8);

function compressedSpecs({ layers, reach, index, compression = 1 }: LatentLayers): CacheSpec[] {
  const { block, windowBlock, bytes, align, values, indexValues } = COMPRESSED;
  const page = (size: number): number => roundUp(size, align);
  const last = { kind: 'window', reach: reach?.tokens ?? 128, layers, block: windowBlock, latent: true } as const;
  const specs: CacheSpec[] = [{ ...last, page: page(bytes * windowBlock) }];
  if (compression <= 1) return specs;
  const entries = block / compression;
  // Entries of four tokens overlap, so their states hold twice as much.
  const overlap = compression === 4 ? 2 : 1;
  const state = { kind: 'window', reach: overlap * compression, block: stateBlock(compression), latent: true } as const;
  const statePage = (width: number): number => page(state.block * 2 * overlap * width * 4);
  specs.push({ kind: 'full', reach: 0, layers, block, page: page(entries * bytes), latent: true });
  specs.push({ ...state, layers, page: statePage(values) });
  if (index !== undefined) {
    specs.push({
      kind: 'full',
      reach: 0,
      layers: index.layers,
      block,
      page: page(entries * index.bytes),
      latent: true,
    });
    specs.push({ ...state, layers: index.layers, page: statePage(indexValues) });
  }
  return specs;
}

/** Bytes of the state of one layer and sequence (vllm/model_executor/layers/mamba/mamba_utils.py). */
function stateBytes(group: StateLayers, { tensor, drafts, states, computeBytes }: FitInput): number {
  const { convolutionBytes, convolutionKernel, recurrentBytes, recurrentDtype } = group;
  const columns = convolutionKernel === undefined ? 1 : (convolutionKernel - 1 + drafts) / (convolutionKernel - 1);
  const convolution = states.convolution ?? computeBytes;
  const declared = recurrentDtype === 'float32' ? 4 : 2;
  const recurrent = states.recurrent ?? (recurrentDtype === 'float32' ? 4 : convolution);
  return ((convolutionBytes * columns * convolution) / 2 + (recurrentBytes * recurrent) / declared) / tensor;
}

/** Blocks of states that a request has: `align` is what the reuse of prompts turns on. */
function stateBlocks({ groups }: StateLayers, { states: { aligned, checkpoint }, drafts }: FitInput): number {
  if (!aligned) return 1 + drafts;
  return 2 + drafts + (checkpoint && groups !== undefined ? 1 : 0);
}

/**
 * Tokens of a block of attention. Beside states, a page of attention is at least as large as a state
 * (vllm/platforms/interface.py, `_align_hybrid_block_size`).
 */
function blockOf(groups: readonly LayerGroup[], input: FitInput): number {
  const isLatent = groups.some(({ kind }) => kind === 'latent');
  const set = input.blockSize ?? (isLatent ? BLOCK_SIZE.latent : BLOCK_SIZE.heads);
  const states = groups.filter((group) => group.kind === 'state');
  const main = groups.find((group) => group.kind === 'heads' || group.kind === 'latent');
  if (states.length === 0 || main === undefined) return set;
  const token = main.kind === 'heads' ? bytesPerToken(main, input) : main.dim * input.cacheBytes;
  const step = Math.max(set, isLatent ? BLOCK_SIZE.latentBesideStates : 0);
  return roundUp(Math.max(...states.map((group) => stateBytes(group, input))) / token, step);
}

/** What each group of layers keeps in the cache of one rank. */
export function cacheSpecs(groups: readonly LayerGroup[], input: FitInput): CacheSpec[] {
  const block = blockOf(groups, input);
  // Latent vectors are as wide as those of the layers with a window beside them (vllm/models/dots3_note).
  const widest = Math.max(0, ...groups.map((group) => (group.kind === 'latent' && group.reach ? group.dim : 0)));
  return groups.flatMap((group): CacheSpec[] => {
    switch (group.kind) {
      case 'heads':
        return headSpecs(group, input, block);
      case 'latent':
        return group.compression === undefined ? latentSpecs(group, widest, input, block) : compressedSpecs(group);
      case 'cross':
        return [
          {
            kind: 'cross',
            layers: group.layers,
            block,
            page: bytesPerToken(group, input) * block,
            // What a batch has for encoders, however few tokens an input has (`CrossAttentionSpec`).
            reach: input.batchedTokens,
            latent: false,
          },
        ];
      case 'state':
        return [
          {
            kind: 'state',
            layers: group.layers,
            block,
            page: stateBytes(group, input),
            reach: stateBlocks(group, input),
            latent: false,
          },
        ];
      case 'none':
        return [];
    }
  });
}
