import type { StackPlan } from '../../plan/stack-plan';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { RdmaPlan } from './rdma';

/**
 * GPUs. HAMi requests parts of a GPU beside it: `nvidia.com/gpumem`, `nvidia.com/gpumem-percentage` and
 * `nvidia.com/gpucores` (Project-HAMi/HAMi: charts/hami/values.yaml).
 */
const GPU = /^(nvidia\.com\/(gpu(?!mem|cores)|mig-)|amd\.com\/gpu$|gpu\.intel\.com\/)/;

/** Resources that another property requests, and a second kind of GPU. */
export function extendedResourceFindings(
  { device, resources }: Pick<StackPlan, 'device' | 'resources'>,
  rdma: RdmaPlan | undefined,
): Finding[] {
  return Object.keys(resources.others).flatMap((name) => {
    const subject = `resources.extended["${name}"]`;
    if (name === device.resourceName) {
      return [error('extended-resource-twice', subject, 'is the accelerator', 'remove it, and set accelerator')];
    }
    if (name === rdma?.resourceName) {
      return [error('extended-resource-twice', subject, 'is the network device of rdma', 'remove one of them')];
    }
    if (!GPU.test(name)) return [];
    const problem = `is a GPU, and the accelerator is ${device.resourceName}: the engine uses one kind`;
    return [error('extended-resource-twice', subject, problem, 'remove it, or change accelerator')];
  });
}
