import { PARAMETER_BYTES } from '../model/parameter-bytes';

/** Bytes of a value in layers of 16 bits. */
const HALF = 2;

/** Of a method that is not listed: four bits and a scale for 128 values, the least of all known ones. */
const LEAST = 0.5 + 2 / 128;

/** What a method makes of layers and experts in 16 bits, as a part of their size. */
export interface QuantizedParts {
  readonly layers: number;
  readonly experts: number;
}

/** The part of 16-bit weights that is left after quantization; of no method, all. */
export function quantizedParts(method: string | undefined): QuantizedParts {
  if (method === undefined || method === 'none') return { layers: 1, experts: 1 };
  // Attention and the other layers stay as they are (experts_int8.py).
  if (method === 'experts_int8') return { layers: 1, experts: 1 / HALF };
  const part = (PARAMETER_BYTES[method] ?? LEAST) / HALF;
  return { layers: part, experts: part };
}
