import type { StateLayers } from './layer-group';
import type { DeltaNetLayersOptions, Mamba2LayersOptions } from './layers-options';

/** Sizes of states: vllm/model_executor/layers/mamba/mamba_utils.py. Convolutions have two bytes a value. */
const HALF = 2;

const dtypeOf = (isFloat32: boolean): Pick<StateLayers, 'recurrentDtype'> & { readonly bytes: number } =>
  isFloat32 ? { recurrentDtype: 'float32', bytes: 4 } : { recurrentDtype: 'model', bytes: HALF };

/** States of gated delta nets. */
export function deltaNetLayers(options: DeltaNetLayersOptions): StateLayers {
  const { count, keyHeads, valueHeads, keyDim, valueDim, kernel = 4, float32State = true } = options;
  const { recurrentDtype, bytes } = dtypeOf(float32State);
  return {
    kind: 'state',
    layers: count,
    convolutionBytes: (2 * keyHeads * keyDim + valueHeads * valueDim) * (kernel - 1) * HALF,
    convolutionKernel: kernel,
    recurrentBytes: valueHeads * valueDim * keyDim * bytes,
    recurrentDtype,
  };
}

/** States of Mamba 2. */
export function mamba2Layers(options: Mamba2LayersOptions): StateLayers {
  const { count, heads, headDim, stateSize, groups = 1, kernel = 4, float32State = true } = options;
  const { recurrentDtype, bytes } = dtypeOf(float32State);
  return {
    kind: 'state',
    layers: count,
    convolutionBytes: (heads * headDim + 2 * groups * stateSize) * (kernel - 1) * HALF,
    convolutionKernel: kernel,
    recurrentBytes: heads * headDim * stateSize * bytes,
    recurrentDtype,
    groups,
  };
}

/** States of Kimi's delta attention: three convolutions, and a square matrix for each head in float32. */
export function kimiDeltaLayers(layers: number, heads: number, headDim: number, kernel: number): StateLayers {
  return {
    kind: 'state',
    layers,
    convolutionBytes: 3 * heads * headDim * (kernel - 1) * HALF,
    convolutionKernel: kernel,
    recurrentBytes: heads * headDim ** 2 * 4,
    recurrentDtype: 'float32',
  };
}

/** States of short convolutions (LFM2). */
export function convolutionLayers(layers: number, hiddenSize: number, kernel: number): StateLayers {
  const convolutionBytes = hiddenSize * (kernel - 1) * HALF;
  return {
    kind: 'state',
    layers,
    convolutionBytes,
    convolutionKernel: kernel,
    recurrentBytes: 0,
    recurrentDtype: 'model',
  };
}
