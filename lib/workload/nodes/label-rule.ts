import type { Vendor } from '../../accelerator/vendor';
import type { NodeContext, Verdict } from './node-context';

/** What the values of a label mean for the pods of a stack. */
export interface LabelRule {
  readonly key: RegExp;
  /** The meaning of a value; undefined where it fits, or is not known. */
  readonly read: (value: string, context: NodeContext, key: string) => Verdict | undefined;
  /** A number that nodes with the accelerator have at most and at least, for `Gt` and `Lt`. */
  readonly range?: (context: NodeContext) => readonly [min: number, max: number] | undefined;
  /** Values that nodes with the accelerator have, for `NotIn`. */
  readonly own?: (context: NodeContext, key: string) => readonly string[];
  /** Nodes with the label have devices of this vendor. */
  readonly vendor?: Vendor;
}
