import { Size } from 'cdk8s';
import type { CpuOptions } from '../../lib';
import { Accelerator, AcceleratorKind, CpuArchitecture, Placement } from '../../lib';

describe('an accelerator on CPU', () => {
  it('is one NUMA node of any architecture by default', () => {
    expect(Accelerator.cpu()).toMatchObject({ kind: AcceleratorKind.CPU, resourceName: 'cpu', count: 1, sharers: 1 });
    expect(Accelerator.cpu()).toMatchObject({ memoryMib: undefined, model: undefined });
    expect(Accelerator.cpu({ numaNodes: 2 }).count).toBe(2);
  });

  it.each<[what: string, options: CpuOptions, problem: string]>([
    ['a part of a GiB', { kvCacheSpace: Size.mebibytes(1500) }, 'kvCacheSpace: is 1500 MiB; give a Size of whole GiB'],
    ['no KV cache', { kvCacheSpace: Size.gibibytes(0) }, 'give a Size of whole GiB'],
    ['a number of GiB', { kvCacheSpace: 4 as never }, 'kvCacheSpace: is 4; give a Size of whole GiB'],
    ['a quantity', { kvCacheSpace: '4Gi' as never }, 'kvCacheSpace: is "4Gi"; give a Size of whole GiB'],
    ['no NUMA node', { numaNodes: 0 }, 'numaNodes: is 0; give a whole number from 1 to 8'],
    ['half of a NUMA node', { numaNodes: 1.5 }, 'numaNodes: is 1.5'],
    ['cores as NUMA nodes', { numaNodes: 32 }, 'numaNodes: is 32'],
    ['another name of x86', { architecture: 'x86_64' as never }, 'architecture: is "x86_64"; give one of amd64, arm64'],
    ['another name of Arm', { architecture: 'aarch64' as never }, 'give one of amd64, arm64'],
    ['cores, which resources has', { cores: 8 } as never, 'cores: unknown property'],
    ['memory, which resources has', { memory: Size.gibibytes(16) } as never, 'memory: unknown property'],
  ])('refuses %s', (_, options, problem) => {
    expect(() => Accelerator.cpu(options)).toThrow(problem);
  });

  it('refuses cores as the devices of a vendor', () => {
    expect(() => Accelerator.resource('cpu', 4)).toThrow(
      'name: is "cpu", which is no device; use Accelerator.cpu() [wrong-value]',
    );
  });

  it.each([
    ['GKE', Placement.gke()],
    ['Karpenter on AWS', Placement.karpenterAws()],
    ['EKS Auto Mode', Placement.eksAutoMode()],
    ['GPU feature discovery', Placement.gpuFeatureDiscovery()],
  ])('refuses a placement by the GPU: %s', (provider, placement) => {
    expect(placement._rule(Accelerator.cpu()).findings).toEqual([
      expect.objectContaining({
        id: 'placement-unknown',
        problem: `selects nodes of ${provider} by their GPU, and the stack has none`,
      }),
    ]);
  });

  it('accepts a placement by labels or machines', () => {
    for (const placement of [Placement.nodeLabels({ team: 'ml' }), Placement.instanceTypes(['c7g.4xlarge'])]) {
      expect(placement._rule(Accelerator.cpu({ architecture: CpuArchitecture.ARM64 })).findings).toEqual([]);
    }
  });
});
