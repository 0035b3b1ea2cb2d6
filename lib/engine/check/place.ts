import { error, warning } from '../../preflight/finding';
import type { Context } from './context';

/** Where a value is inside a JSON flag. */
export interface Place {
  readonly origin: string;
  readonly flag: string;
  /** `pass_config.fuse_norm_quant`, `compile_sizes[0]`; empty for the whole JSON. */
  readonly path: string;
  /** Whether vLLM refuses what does not fit; before, it ignored it. */
  readonly closed: boolean;
  readonly context: Context;
}

/** The place of a key inside an object. */
export const keyOf = (place: Place, key: string): Place => ({
  ...place,
  path: place.path === '' ? key : `${place.path}.${key}`,
});

/** The place of an item of a list. */
export const itemOf = (place: Place, index: number): Place => ({ ...place, path: `${place.path}[${index}]` });

/** An error where vLLM refuses what does not fit, else a warning. */
export const severityOf = ({ closed }: Place): typeof error | typeof warning => (closed ? error : warning);
