import { Size } from 'cdk8s';
import { Accelerator, GpuModel } from '../../../lib';
import { containerWith, refusalOf, stackWith } from '../../support/stack';

describe('extended resources', () => {
  it.each<[what: string, extended: Record<string, number>]>([
    ['fuse', { 'github.com/fuse': 1 }],
    ['a network of GKE', { 'networking.gke.io.networks/rdma-0': 1, 'networking.gke.io.networks/rdma-1': 1 }],
    ['copies by GDR', { 'nvidia.com/gdrcopy': 1 }],
    ['parts of a GPU by HAMi', { 'nvidia.com/gpumem': 40000, 'nvidia.com/gpucores': 50 }],
    ['a part of a GPU by HAMi in percent', { 'nvidia.com/gpumem-percentage': 50 }],
    ['devices of EFA', { 'vpc.amazonaws.com/efa': 32 }],
    ['a device with capital letters', { 'huawei.com/Ascend910': 2 }],
  ])('are requested and limited: %s', (_what, extended) => {
    const { requests, limits } = containerWith({ resources: { extended } }).resources;
    expect(requests).toMatchObject({ 'nvidia.com/gpu': 1, ...extended });
    expect(limits).toMatchObject({ 'nvidia.com/gpu': 1, ...extended });
  });

  it('are requested beside a claim and network devices', () => {
    const { limits } = containerWith({
      accelerator: Accelerator.claim(GpuModel.H100, { count: 2 }),
      rdma: { resourceName: 'rdma/ib' },
      resources: { extended: { 'github.com/fuse': 1 } },
    }).resources;
    expect(Object.keys(limits)).toEqual(['github.com/fuse', 'memory', 'rdma/ib']);
  });

  it.each<[what: string, props: object, line: string]>([
    ['the accelerator', { 'nvidia.com/gpu': 1 }, 'resources.extended["nvidia.com/gpu"]: is the accelerator; remove it'],
    [
      'another GPU',
      { 'amd.com/gpu': 1 },
      'resources.extended["amd.com/gpu"]: is a GPU, and the accelerator is nvidia.com/gpu',
    ],
    ['a slice', { 'nvidia.com/mig-1g.10gb': 1 }, 'is a GPU, and the accelerator is nvidia.com/gpu'],
    [
      'a part of a device',
      { 'github.com/fuse': 0.5 },
      'resources.extended.github.com/fuse: is 0.5; give a whole number of at least 1',
    ],
    ['a quantity', { 'github.com/fuse': '1' }, 'is "1"; give a whole number of at least 1'],
    ['none', { 'github.com/fuse': 0 }, 'is 0; give a whole number'],
    ['CPU', { cpu: 4 }, 'resources.extended: has "cpu", which is no extended resource; set resources.cpu instead'],
    ['memory', { memory: 4 }, 'set resources.memory instead'],
    ['huge pages as a quantity', { 'hugepages-2Mi': '512Mi' }, 'set resources.hugePages2Mi instead'],
    ['memory as a quantity', { memory: '64Gi' }, 'set resources.memory instead'],
    ['huge pages', { 'hugepages-2Mi': 512 }, 'set resources.hugePages2Mi instead'],
    [
      'a name without a domain',
      { fuse: 1 },
      'resources.extended key: is "fuse"; give an extended resource with its domain',
    ],
    ['the domain of Kubernetes', { 'kubernetes.io/x': 1 }, 'Kubernetes keeps the domain kubernetes.io for itself'],
    ['a prefix of quotas', { 'requests.kubernetes.io/x': 1 }, 'Kubernetes keeps the domain kubernetes.io for itself'],
  ])('are refused: %s', (_what, extended, line) => {
    expect(refusalOf({ resources: { extended } })).toContain(line);
  });

  it('are refused if rdma requests them too', () => {
    const props = { rdma: { resourceName: 'rdma/ib' }, resources: { extended: { 'rdma/ib': 1 } } };
    expect(refusalOf(props)).toContain(
      'resources.extended["rdma/ib"]: is the network device of rdma; remove one of them',
    );
  });
});

describe('huge pages', () => {
  it('are requested and limited, apart from the memory', () => {
    const props = { hugePages2Mi: Size.mebibytes(512), hugePages1Gi: Size.gibibytes(4) };
    const { requests, limits } = containerWith({ resources: props }).resources;
    const pages = { 'hugepages-2Mi': '512Mi', 'hugepages-1Gi': '4Gi' };
    expect(requests).toMatchObject({ ...pages, memory: '25Gi' });
    expect(limits).toMatchObject({ ...pages, memory: '25Gi' });
  });

  it('are kept in a pod of the class Guaranteed', () => {
    expect(() => stackWith({ resources: { guaranteed: true, hugePages1Gi: Size.gibibytes(1) } })).not.toThrow();
  });

  it.each([
    [
      'half a page',
      { hugePages1Gi: Size.mebibytes(512) },
      'resources.hugePages1Gi: is 512 MiB; give a Size that is a multiple of 1 GiB',
    ],
    ['an odd size', { hugePages2Mi: Size.mebibytes(3) }, 'give a Size that is a multiple of 2 MiB'],
    ['a text', { hugePages2Mi: '512Mi' }, 'resources.hugePages2Mi: is "512Mi"; give a Size'],
    ['nothing', { hugePages1Gi: Size.gibibytes(0) }, 'resources.hugePages1Gi'],
  ])('are refused: %s', (_what, resources, line) => {
    expect(refusalOf({ resources })).toContain(line);
  });
});
