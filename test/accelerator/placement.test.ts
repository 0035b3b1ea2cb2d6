import { Size } from 'cdk8s';
import { Accelerator, GpuModel, MigStrategy, Placement } from '../../lib';
import { findingLine, FindingSeverity } from '../../lib/preflight/finding';

const { A10, A100_40GB, A100_80GB, H100, L4, L40S } = GpuModel;
const rule = (placement: Placement, model: GpuModel) => placement._rule(Accelerator.gpu(model));

describe('a placement', () => {
  it.each<[where: string, placement: Placement, model: GpuModel, labels: object]>([
    ['GKE', Placement.gke(), L4, { 'cloud.google.com/gke-accelerator': ['nvidia-l4'] }],
    ['Karpenter', Placement.karpenterAws(), L40S, { 'karpenter.k8s.aws/instance-gpu-name': ['l40s'] }],
    [
      'Karpenter, with an A100 of 40 GB',
      Placement.karpenterAws(),
      A100_40GB,
      { 'karpenter.k8s.aws/instance-gpu-name': ['a100'], 'karpenter.k8s.aws/instance-gpu-memory': ['40960'] },
    ],
    [
      'Karpenter, with an A100 of 80 GB',
      Placement.karpenterAws(),
      A100_80GB,
      { 'karpenter.k8s.aws/instance-gpu-name': ['a100'], 'karpenter.k8s.aws/instance-gpu-memory': ['81920'] },
    ],
    [
      'GPU feature discovery',
      Placement.gpuFeatureDiscovery(),
      H100,
      { 'nvidia.com/gpu.product': ['NVIDIA-H100-80GB-HBM3'] },
    ],
    ['GPU feature discovery', Placement.gpuFeatureDiscovery(), L40S, { 'nvidia.com/gpu.product': ['NVIDIA-L40S'] }],
    [
      'GPU feature discovery, with both boards of an A100',
      Placement.gpuFeatureDiscovery(),
      A100_80GB,
      { 'nvidia.com/gpu.product': ['NVIDIA-A100-SXM4-80GB', 'NVIDIA-A100-80GB-PCIe'] },
    ],
    [
      'machine types',
      Placement.instanceTypes(['g6e.xlarge', 'Standard_NC24ads_A100_v4']),
      L40S,
      { 'node.kubernetes.io/instance-type': ['g6e.xlarge', 'Standard_NC24ads_A100_v4'] },
    ],
    [
      'node labels',
      Placement.nodeLabels({ pool: 'gpu', 'example.com/tier': '' }),
      L4,
      { pool: ['gpu'], 'example.com/tier': [''] },
    ],
  ])('by %s requires node labels', (_, placement, model, labels) => {
    expect(rule(placement, model)).toEqual({ labels, findings: [] });
  });

  it('by GPU feature discovery selects another product when a shared GPU keeps its resource name', () => {
    const product = (resourceName?: string) =>
      Placement.gpuFeatureDiscovery()._rule(Accelerator.shared(L4, { sharers: 2, resourceName })).labels;
    expect(product('nvidia.com/gpu')).toEqual({ 'nvidia.com/gpu.product': ['NVIDIA-L4-SHARED'] });
    expect(product()).toEqual({ 'nvidia.com/gpu.product': ['NVIDIA-L4'] });
  });

  it('by GPU selects the product of the whole GPU for a slice', () => {
    const { labels } = Placement.gpuFeatureDiscovery()._rule(Accelerator.mig(H100, '1g.10gb'));
    expect(labels).toEqual({ 'nvidia.com/gpu.product': ['NVIDIA-H100-80GB-HBM3'] });
  });

  const slice = (profile = '1g.10gb') => Accelerator.mig(H100, profile, { strategy: MigStrategy.SINGLE });

  it('by GPU feature discovery selects the product of a slice with the resource name of a GPU', () => {
    const { labels } = Placement.gpuFeatureDiscovery()._rule(slice());
    expect(labels).toEqual({ 'nvidia.com/gpu.product': ['NVIDIA-H100-80GB-HBM3-MIG-1g.10gb'] });
  });

  it('by EKS Auto Mode requires node labels of its own domain', () => {
    expect(rule(Placement.eksAutoMode(), A100_80GB)).toEqual({
      labels: { 'eks.amazonaws.com/instance-gpu-name': ['a100'], 'eks.amazonaws.com/instance-gpu-memory': ['81920'] },
      findings: [],
    });
  });

  it('by GKE names the partition size of a slice', () => {
    expect(Placement.gke()._rule(slice('3g.40gb'))).toEqual({
      labels: {
        'cloud.google.com/gke-accelerator': ['nvidia-h100-80gb'],
        'cloud.google.com/gke-gpu-partition-size': ['3g.40gb'],
      },
      findings: [],
    });
  });

  it('by GKE names the number of clients of a shared GPU', () => {
    const accelerator = Accelerator.shared(L4, { sharers: 3, resourceName: 'nvidia.com/gpu' });
    expect(Placement.gke()._rule(accelerator)).toEqual({
      labels: {
        'cloud.google.com/gke-accelerator': ['nvidia-l4'],
        'cloud.google.com/gke-max-shared-clients-per-gpu': ['3'],
      },
      findings: [],
    });
  });

  it('by GKE has no labels for parts of claimed GPUs', () => {
    const { labels } = Placement.gke()._rule(Accelerator.claim(H100, { migProfile: '1g.10gb' }));
    expect(labels).toEqual({ 'cloud.google.com/gke-accelerator': ['nvidia-h100-80gb'] });
  });

  it.each<[what: string, placement: Placement, accelerator: Accelerator, line: string]>([
    [
      'a slice under a name that GKE does not have',
      Placement.gke(),
      Accelerator.mig(H100, '1g.10gb'),
      "accelerator: requests nvidia.com/mig-1g.10gb, but GKE offers slices and shares as nvidia.com/gpu: the pods stay Pending; use Accelerator.mig(GpuModel.H100, '1g.10gb', { strategy: MigStrategy.SINGLE }) [gke-resource]",
    ],
    [
      'a share under a name that GKE does not have',
      Placement.gke(),
      Accelerator.shared(L4, { sharers: 2 }),
      "accelerator: requests nvidia.com/gpu.shared, but GKE offers slices and shares as nvidia.com/gpu: the pods stay Pending; use Accelerator.shared(GpuModel.L4, { sharers: 2, resourceName: 'nvidia.com/gpu' }) [gke-resource]",
    ],
    [
      'a slice with a media engine on GKE',
      Placement.gke(),
      slice('1g.10gb+me'),
      'accelerator: is a slice of 1g.10gb+me, and GKE has no partition size for profiles with "+" or "-"; use a plain profile [gke-partition]',
    ],
    [
      'the product of a slice with a media engine',
      Placement.gpuFeatureDiscovery(),
      slice('1g.10gb+me'),
      'placement: GPU feature discovery has no known label value for a H100; set the labels yourself: Placement.nodeLabels({ ... }) or Placement.instanceTypes([...]) [placement-unknown]',
    ],
  ])('refuses %s', (_, placement, accelerator, line) => {
    const { findings } = placement._rule(accelerator);
    expect(findings.map(({ severity }) => severity)).toEqual([FindingSeverity.ERROR]);
    expect(findings.map(findingLine)).toEqual([line]);
  });

  it.each([Placement.karpenterAws(), Placement.eksAutoMode()])(
    'warns about a slice that no label tells apart from a whole GPU',
    (placement) => {
      expect(placement._rule(slice()).findings.map(findingLine)).toEqual([
        'accelerator: requests nvidia.com/gpu for a slice of 1g.10gb, and no label keeps the pods off nodes where that is a whole GPU or another slice; use Placement.gke(), Placement.gpuFeatureDiscovery() or Placement.nodeLabels({ ... }) [slice-or-whole-gpu]',
      ]);
      expect(placement._rule(Accelerator.mig(H100, '1g.10gb')).findings).toEqual([]);
    },
  );

  it('does not follow later changes of a list', () => {
    const types = ['g6e.xlarge'];
    const placement = Placement.instanceTypes(types);
    types.push('m7i.large');
    expect(rule(placement, L40S).labels).toEqual({ 'node.kubernetes.io/instance-type': ['g6e.xlarge'] });
  });

  it.each<[where: string, placement: Placement, accelerator: Accelerator, problem: string]>([
    ['GKE', Placement.gke(), Accelerator.gpu(L40S), 'GKE has no known label value for a L40S'],
    [
      'Karpenter',
      Placement.karpenterAws(),
      Accelerator.gpu(A10),
      'Karpenter on AWS has no known label value for a A10',
    ],
    [
      'GPU feature discovery',
      Placement.gpuFeatureDiscovery(),
      Accelerator.gpu(GpuModel.of({ name: 'H20', memory: Size.gibibytes(96) })),
      'GPU feature discovery has no known',
    ],
    ['another vendor', Placement.gke(), Accelerator.resource('amd.com/gpu', 1), 'label value for this accelerator'],
  ])('refuses a GPU without a known label value: %s', (_, placement, accelerator, problem) => {
    const { labels, findings } = placement._rule(accelerator);
    expect(labels).toEqual({});
    expect(findings.map(({ severity }) => severity)).toEqual([FindingSeverity.ERROR]);
    expect(findings.map(findingLine)[0]).toContain(problem);
    expect(findings[0]?.fix).toContain('set the labels yourself: Placement.nodeLabels({ ... })');
  });

  const types = (value: unknown) => () => Placement.instanceTypes(value as never);
  const labels = (value: unknown) => () => Placement.nodeLabels(value as never);

  it.each<[what: string, call: () => unknown, message: string]>([
    ['no machine type', types([]), 'types: is []; give a list of at least 1, each item a type such as "g6e.xlarge"'],
    ['one machine type as text', types('g6e.xlarge'), 'types: is "g6e.xlarge"; give a list'],
    ['an empty machine type', types(['']), 'types[0]: is ""; give a type such as "g6e.xlarge"'],
    ['a machine type with a star', types(['g6e.*']), 'types[0]: is "g6e.*"; give a type'],
    ['a number as machine type', types([6]), 'types[0]: is 6; give a type'],
    ['no labels', labels({}), 'labels: is {}; give at least one'],
    ['labels as text', labels('a=b'), 'labels: is "a=b"; give a map'],
    ['labels that are not given', labels(undefined), 'labels: is required and was not given'],
    ['true as a label value', labels({ gpu: true }), 'labels.gpu: is true; give a label value: at most 63 letters'],
    ['a list as a label value', labels({ gpu: ['a'] }), 'labels.gpu: is ["a"]; give a label value'],
    ['a label value with a space', labels({ gpu: 'Tesla T4' }), 'labels.gpu: is "Tesla T4"; give a label value'],
    [
      'a label key with a space',
      labels({ 'gpu kind': 'a' }),
      'labels key: is "gpu kind"; give a label key such as "team"',
    ],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
