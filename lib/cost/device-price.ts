import type { Accelerator } from '../accelerator/accelerator';
import { AcceleratorKind } from '../accelerator/accelerator';
import type { Decided, Decision } from '../defaults/decision';
import type { Price } from './price';

/** Compute slices of a profile: the number before the `g`. */
const slicesOf = (profile: string): number => Number(/(\d+)g\./.exec(profile)?.[1]);

/** Dollars with six digits: more are noise of the division, and end up in queries. */
const round = (dollars: number): number => Number(dollars.toPrecision(6));

/** What one device that a pod requests costs per hour: a GPU, a slice or a share. */
export function dollarsPerDeviceHour({ dollarsPerGpuHour: whole }: Price, accelerator: Accelerator): Decided {
  const { kind, sharers, model, _profile: profile = '' } = accelerator;
  if (kind === AcceleratorKind.SHARED) {
    return { value: round(whole / sharers), reason: `$${whole} for a GPU, shared by ${sharers} pods` };
  }
  if (kind !== AcceleratorKind.MIG) return { value: whole, reason: 'set in price' };
  const slices = slicesOf(profile);
  // The largest profile is the whole GPU.
  const total = Math.max(...(model?.migProfiles ?? []).map(slicesOf));
  return {
    value: round((whole * slices) / total),
    reason: `$${whole} for a GPU, of which the slice has ${slices} of ${total} compute slices`,
  };
}

/** The decision in words. */
export function priceDecision({ value, reason }: Decided): Decision {
  return { what: 'price of a device', value: `$${value} per hour`, reason };
}
