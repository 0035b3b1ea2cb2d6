import { vendorOf } from '../../accelerator/vendor';
import type { Finding } from '../../preflight/finding';
import { warning } from '../../preflight/finding';
import type { WorkloadPlan } from '../workload-plan';

/** Runtimes of one vendor, by the names that their installers give (GPU Operator, Gaudi's base operator). */
const RUNTIMES: readonly (readonly [name: RegExp, vendor: 'NVIDIA' | 'Gaudi'])[] = [
  [/^nvidia(-|$)/, 'NVIDIA'],
  [/^habana(-|$)/, 'Gaudi'],
];

/** A RuntimeClass for devices of another vendor: nodes without this runtime refuse the pods. CPU has a check of its own. */
export function runtimeClassFindings({ runtimeClassName: name, plan: { device } }: WorkloadPlan): Finding[] {
  const vendor = name === undefined ? undefined : RUNTIMES.find(([pattern]) => pattern.test(name))?.[1];
  const own = device.onCpu ? undefined : vendorOf(device.resourceName);
  if (vendor === undefined || own === undefined || vendor === own) return [];
  const problem = `is "${name}", the runtime for devices of ${vendor}, and the accelerator is ${device.resourceName}`;
  return [warning('runtime-of-another-vendor', 'runtimeClassName', problem, 'remove it')];
}
