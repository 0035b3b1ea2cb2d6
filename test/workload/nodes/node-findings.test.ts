import { Size } from 'cdk8s';
import { Accelerator, GpuModel, MigStrategy, Placement, VllmVersion } from '../../../lib';
import { findingLine, FindingSeverity } from '../../../lib/preflight/finding';
import type { Finding } from '../../../lib/preflight/finding';
import { planParts } from '../../../lib/stack/stack-parts';
import type { VllmInferenceStackProps } from '../../../lib/stack/vllm-inference-stack-props';
import { workloadFindings } from '../../../lib/workload/workload-findings';
import { LLAMA_8B } from '../../support/plan';
import { refusalOf } from '../../support/stack';

type Props = Partial<VllmInferenceStackProps>;

const IDS = /^(nodes-|placement-replaced|node-name|label-misspelt|driver-too-old)/;

function found(props: Props): Finding[] {
  const all = { name: 'vllm', model: LLAMA_8B, accelerator: Accelerator.gpu(GpuModel.H100), ...props };
  return workloadFindings(planParts(all, undefined, 'Test').workload).filter(({ id }) => IDS.test(id));
}
const errors = (props: Props) =>
  found(props)
    .filter(({ severity }) => severity === FindingSeverity.ERROR)
    .map(findingLine);
const warnings = (props: Props) =>
  found(props)
    .filter(({ severity }) => severity === FindingSeverity.WARNING)
    .map(findingLine);

const gpu = (model: GpuModel, count = 1) => ({ accelerator: Accelerator.gpu(model, count) });
const resource = (name: string, count = 1) => ({ accelerator: Accelerator.resource(name, count) });
const types = (...names: string[]) => ({ placement: Placement.instanceTypes(names) });
const labels = (map: Record<string, string>) => ({ placement: Placement.nodeLabels(map) });
/** Labels whose values are looked up in tables. */
const LOOKED_UP = [
  'karpenter.k8s.aws/instance-gpu-manufacturer',
  'karpenter.k8s.aws/instance-category',
  'cloud.google.com/machine-family',
  'cloud.google.com/gke-accelerator',
];

const label = (key: string, value: string) => labels({ [key]: value });
const selector = (map: Record<string, unknown>) => ({ podTemplateOverrides: { spec: { nodeSelector: map } } });
const terms = (...each: object[]) => ({
  podTemplateOverrides: {
    spec: {
      affinity: {
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: each } },
      },
    },
  },
});
const term = (...matchExpressions: object[]) => ({ matchExpressions });
const isIn = (key: string, ...values: string[]) => ({ key, operator: 'In', values });
const tag = (imageTag: string) => ({ vllmVersion: VllmVersion.of('0.32.0', { imageTag }) });

const { A10, A10G, A100_40GB, A100_80GB, B200, GB200, GH200, H100, H200, L4, L40S, RTX_PRO_6000, T4 } = GpuModel;
const TYPE = 'node.kubernetes.io/instance-type';
const GKE = 'cloud.google.com/gke-accelerator';
const EC2 = 'karpenter.k8s.aws/instance-gpu-name';
const PRODUCT = 'nvidia.com/gpu.product';

describe('nodes of another device', () => {
  it.each<[what: string, props: Props, line: string]>([
    [
      'the product of another GPU',
      selector({ [PRODUCT]: 'Tesla-T4' }),
      'is "Tesla-T4": its nodes have T4, and the stack is planned for H100; select nodes with H100, or change accelerator [nodes-of-another-device]',
    ],
    [
      'the product of a smaller one',
      { ...label(PRODUCT, 'NVIDIA-A100-SXM4-40GB'), ...gpu(A100_80GB) },
      'A100 with 40 GB, and the stack is planned for A100_80GB with 80 GB',
    ],
    ['a virtual part of a GPU', { ...label(PRODUCT, 'NVIDIA-A10-8Q'), ...gpu(A10) }, 'its nodes have A10 with 8 GB'],
    [
      'another GPU on GKE',
      selector({ [GKE]: 'nvidia-l4' }),
      `podTemplateOverrides.spec.nodeSelector.${GKE}: is "nvidia-l4": its nodes have L4`,
    ],
    [
      'the A100 of 40 GB on GKE',
      { ...label(GKE, 'nvidia-tesla-a100'), ...gpu(A100_80GB) },
      `placement: requires ${GKE} "nvidia-tesla-a100": its nodes have A100 with 40 GB`,
    ],
    ['another GPU of Karpenter', label(EC2, 'a10g'), 'its nodes have A10G'],
    ['another GPU of EKS Auto Mode', label('eks.amazonaws.com/instance-gpu-name', 'l40s'), 'its nodes have L40S'],
    ['another GPU of Azure', label('karpenter.azure.com/sku-gpu-name', 'T4'), 'its nodes have T4'],
    ['another GPU of CoreWeave', label('gpu.nvidia.com/class', 'A100_NVLINK_80GB'), 'its nodes have A100'],
    [
      'another GPU of the autoscaler',
      label('k8s.amazonaws.com/accelerator', 'nvidia-tesla-v100'),
      'its nodes have V100',
    ],
    ['a machine of EC2', types('g4dn.xlarge'), `placement: requires ${TYPE} "g4dn.xlarge": its nodes have T4`],
    ['a smaller A100 of EC2', { ...types('p4d.24xlarge'), ...gpu(A100_80GB, 8) }, 'its nodes have A100 with 40 GB'],
    ['an old machine of EC2', types('p3.2xlarge'), 'its nodes have V100'],
    ['a machine of Compute Engine', types('g2-standard-8'), 'its nodes have L4'],
    ['the A100 of Compute Engine', { ...types('a3-highgpu-8g'), ...gpu(A100_80GB, 8) }, 'its nodes have H100'],
    ['a size of Azure', types('Standard_NC24ads_A100_v4'), 'its nodes have A100'],
    ['a part of an A10 on Azure', { ...types('Standard_NV6ads_A10_v5'), ...gpu(A10) }, 'A10 with 4 GB'],
    ['a shape of Oracle', types('BM.GPU.A10.4'), 'its nodes have A10'],
    ['two machines, both of another GPU', types('g5.xlarge', 'g6.xlarge'), 'its nodes have A10G'],
    ['a family of EC2', label('karpenter.k8s.aws/instance-family', 'g5'), 'its nodes have A10G'],
    ['a family of Compute Engine', label('cloud.google.com/machine-family', 'g2'), 'its nodes have L4'],
    ['memory of another GPU', label('nvidia.com/gpu.memory', '40960'), 'GPUs of 40960 MiB, and H100 has 81559'],
    [
      'the family of another GPU',
      label('nvidia.com/gpu.family', 'ampere'),
      'requires nvidia.com/gpu.family "ampere": H100 is "hopper"',
    ],
    ['another compute capability', label('nvidia.com/gpu.compute.major', '8'), 'H100 has compute capability 9.0'],
    [
      'another second number of it',
      { ...label('nvidia.com/gpu.compute.minor', '6'), ...gpu(L4) },
      'L4 has compute capability 8.9',
    ],
    [
      'slices as whole GPUs',
      label(PRODUCT, 'NVIDIA-H100-80GB-HBM3-MIG-1g.10gb'),
      'its nodes offer slices 1g.10gb as nvidia.com/gpu, and the stack is planned for H100',
    ],
    [
      'shares as whole GPUs',
      { ...label(PRODUCT, 'NVIDIA-L4-SHARED'), ...gpu(L4) },
      'its nodes offer shares of a GPU as nvidia.com/gpu',
    ],
    [
      'slices of GKE as whole GPUs',
      label('cloud.google.com/gke-gpu-partition-size', '1g.10gb'),
      'its nodes offer slices 1g.10gb',
    ],
    [
      'shared GPUs of GKE',
      label('cloud.google.com/gke-gpu-sharing-strategy', 'time-sharing'),
      'its nodes offer shares of GPUs',
    ],
    [
      'another number of sharers',
      { ...label('nvidia.com/gpu.replicas', '4'), accelerator: Accelerator.shared(L4, { sharers: 2 }) },
      'sharers of Accelerator.shared is 2',
    ],
    [
      'an affinity for another GPU',
      terms(term(isIn(GKE, 'nvidia-l4'))),
      'nodeSelectorTerms[0].matchExpressions[0]: requires cloud.google.com/gke-accelerator "nvidia-l4": its nodes have L4',
    ],
    [
      'a GPU of one’s own with less memory',
      { ...types('g4dn.xlarge'), ...gpu(GpuModel.of({ name: 'L20', memory: Size.gibibytes(48) })) },
      'its nodes have T4',
    ],
  ])('refuses %s', (_, props, line) => {
    expect(errors(props)).toEqual([expect.stringContaining(line)]);
  });

  it.each<[what: string, props: Props, line: string]>([
    [
      'a larger GPU',
      { ...types('g6e.xlarge'), ...gpu(L4) },
      'its nodes have L40S, and the stack is planned for L4; select nodes with L4, or change accelerator, or acknowledge this [nodes-of-another-device]',
    ],
    [
      'one machine of another GPU',
      types('p5.48xlarge', 'p4d.24xlarge'),
      `requires ${TYPE} "p4d.24xlarge": its nodes have A100`,
    ],
    [
      'one alternative of another GPU',
      terms(term(isIn(TYPE, 'p5.48xlarge')), term(isIn(TYPE, 'p4d.24xlarge'))),
      'its nodes have A100',
    ],
    ['the H200 instead of the H100', types('p5en.48xlarge'), 'its nodes have H200'],
    [
      'labels of other slices',
      { ...label('nvidia.com/mig-3g.40gb.count', '2'), accelerator: Accelerator.mig(H100, '1g.10gb') },
      'slices 3g.40gb, and the stack is planned for a slice 1g.10gb of H100',
    ],
    [
      'an excluded GPU',
      terms(term({ key: GKE, operator: 'NotIn', values: ['nvidia-h100-80gb'] })),
      `excludes ${GKE} "nvidia-h100-80gb"`,
    ],
  ])('warns about %s', (_, props, line) => {
    expect(errors(props)).toEqual([]);
    expect(warnings(props)).toEqual([expect.stringContaining(line)]);
  });
});

it('has one finding for several labels of the same nodes', () => {
  const t4 = labels({ [TYPE]: 'g4dn.xlarge', [PRODUCT]: 'Tesla-T4', [EC2]: 't4' });
  expect(errors(t4)).toEqual([expect.stringContaining('its nodes have T4')]);
});

describe('nodes without a device', () => {
  it.each<[what: string, props: Props, line: string]>([
    [
      'a machine of EC2 without GPUs',
      types('m5.large'),
      'requires node.kubernetes.io/instance-type "m5.large": it has no devices, and the pods request nvidia.com/gpu; select nodes with H100, or change accelerator [nodes-without-device]',
    ],
    ['a Graviton machine', types('c7g.4xlarge'), 'it has no devices'],
    ['a machine of Compute Engine without GPUs', types('e2-standard-4'), 'it has no devices'],
    ['a size of Azure without GPUs', types('Standard_D8s_v5'), 'it has no devices'],
    ['a category of EC2', label('karpenter.k8s.aws/instance-category', 'm'), 'it has no devices'],
    ['a family of Azure', label('karpenter.azure.com/sku-family', 'D'), 'only the family N has GPUs'],
    ['a family of Compute Engine', label('cloud.google.com/machine-family', 'n2'), 'it has no devices'],
    [
      'too few GPUs in EC2',
      { ...types('g5.xlarge'), ...gpu(A10G, 8) },
      'it has 1, and a pod requests 8 nvidia.com/gpu',
    ],
    [
      'too few GPUs in Azure',
      { ...types('Standard_NC48ads_A100_v4'), ...gpu(A100_80GB, 4) },
      'it has 2, and a pod requests 4',
    ],
    ['too few GPUs in Compute Engine', { ...types('g2-standard-24'), ...gpu(L4, 4) }, 'it has 2, and a pod requests 4'],
    [
      'a label with too few GPUs',
      { ...label('nvidia.com/gpu.count', '4'), ...gpu(H100, 8) },
      'its nodes have 4 devices',
    ],
    [
      'fewer GPUs than a bound',
      { ...terms(term({ key: 'nvidia.com/gpu.count', operator: 'Lt', values: ['8'] })), ...gpu(H100, 8) },
      'requires nvidia.com/gpu.count below 8: its nodes have 7 devices',
    ],
    [
      'more memory than the GPU has',
      { ...terms(term({ key: 'nvidia.com/gpu.memory', operator: 'Gt', values: ['60000'] })), ...gpu(L40S) },
      'requires nvidia.com/gpu.memory above 60000',
    ],
    ['memory in GB', label('nvidia.com/gpu.memory', '80'), 'this label has MiB: H100 has 81559'],
    ['memory with a unit', label('nvidia.com/gpu.memory', '80Gi'), 'this label has MiB, as a whole number'],
    ['nodes without a GPU', label('nvidia.com/gpu.present', 'false'), 'its nodes have no devices of NVIDIA'],
    [
      'Trainium for an NVIDIA GPU',
      types('trn1.32xlarge'),
      'it has devices of Neuron, and the pods request nvidia.com/gpu',
    ],
    [
      'an NVIDIA machine for AMD',
      { ...types('p5.48xlarge'), ...resource('amd.com/gpu') },
      'H100 of NVIDIA, and the pods request amd.com/gpu',
    ],
    ['a size of Azure with AMD', types('Standard_ND96isr_MI300X_v5'), 'it has devices of AMD'],
    ['labels of AMD', label('amd.com/gpu.product-name', 'AMD_Instinct_MI300X'), 'its nodes have devices of AMD'],
    [
      'labels of NVIDIA for AMD',
      { ...label(PRODUCT, 'NVIDIA-L4'), ...resource('amd.com/gpu') },
      'L4 of NVIDIA, and the pods request amd.com/gpu',
    ],
    [
      'that a label of AMD exists',
      terms(term({ key: 'feature.node.kubernetes.io/amd-gpu', operator: 'Exists' })),
      'requires feature.node.kubernetes.io/amd-gpu: its nodes have devices of AMD',
    ],
    ['labels of TPUs', label('cloud.google.com/gke-tpu-topology', '2x4'), 'its nodes have devices of TPU'],
    [
      'another manufacturer',
      label('karpenter.k8s.aws/instance-gpu-manufacturer', 'amd'),
      'its nodes have devices of AMD',
    ],
    ['Fargate', label('eks.amazonaws.com/compute-type', 'fargate'), 'Fargate has no devices'],
    [
      'a compute class without GPUs',
      label('cloud.google.com/compute-class', 'Scale-Out'),
      'this compute class has no GPUs',
    ],
    [
      'a misspelt GPU of Karpenter',
      { ...label(EC2, 'rtx-pro-6000'), ...gpu(RTX_PRO_6000) },
      'nodes with this GPU have "rtx-pro-server-6000"',
    ],
    [
      'a GPU with its memory on Karpenter',
      { ...label(EC2, 'a100-80gb'), ...gpu(A100_80GB) },
      'nodes with this GPU have "a100"',
    ],
    [
      'a GPU instead of a product',
      label(PRODUCT, 'H100'),
      'this label has the name of the driver, such as "NVIDIA-L4"',
    ],
    [
      'a product in lower case',
      { ...label(PRODUCT, 'nvidia-l4'), ...gpu(L4) },
      'this label has the name of the driver',
    ],
    [
      'a size of Azure in lower case',
      types('standard_nd96isr_h100_v5'),
      'sizes of Azure are written as in "Standard_NC24ads_A100_v4"',
    ],
    ['a size of Azure without its beginning', types('ND96isr_H100_v5'), 'sizes of Azure are written as in'],
    ['a misspelt GPU of GKE', label(GKE, 'nvidia-h100'), 'nodes with this GPU have "nvidia-h100-80gb"'],
    ['a misspelt family', { ...label('nvidia.com/gpu.family', 'ada'), ...gpu(L4) }, 'L4 is "ada-lovelace"'],
    [
      'nodes without slices',
      { ...label('nvidia.com/mig.config', 'all-disabled'), accelerator: Accelerator.mig(H100, '1g.10gb') },
      'MIG is off on its nodes',
    ],
    [
      'nodes of other slices',
      { ...label('nvidia.com/mig.config', 'all-3g.40gb'), accelerator: Accelerator.mig(H100, '1g.10gb') },
      'its nodes have slices 3g.40gb',
    ],
    [
      'sliced nodes for a whole GPU',
      label('nvidia.com/mig.config', 'all-1g.10gb'),
      'its nodes have slices 1g.10gb, and the stack is planned for H100',
    ],
    [
      'the other MIG strategy',
      { ...label('nvidia.com/mig.strategy', 'single'), accelerator: Accelerator.mig(H100, '1g.10gb') },
      'its nodes offer no nvidia.com/mig-1g.10gb for a slice',
    ],
    [
      'nodes that do not share',
      { ...label('nvidia.com/gpu.sharing-strategy', 'none'), accelerator: Accelerator.shared(L4, { sharers: 2 }) },
      'its nodes do not share GPUs',
    ],
    [
      'too few devices of Neuron',
      { ...types('inf2.8xlarge'), ...resource('aws.amazon.com/neuron', 6) },
      'it has 1, and a pod requests 6',
    ],
  ])('refuses %s', (_, props, line) => {
    expect(errors(props)).toEqual([expect.stringContaining(line)]);
  });

  it('warns about an image for arm64 where the nodes are open', () => {
    const line = 'vllmVersion: has an image for arm64 only, and few machines of arm64 have';
    expect(warnings(tag('v0.32.0-aarch64'))).toEqual([expect.stringContaining(line)]);
    expect(warnings({ ...tag('v0.32.0-aarch64'), ...gpu(GB200) })).toEqual([]);
  });

  it('warns about nodes of the control plane', () => {
    const line = 'nodes of the control plane usually have no devices';
    expect(warnings(label('node-role.kubernetes.io/control-plane', ''))).toEqual([expect.stringContaining(line)]);
  });
});

describe('nodes of another platform', () => {
  const ARCH = 'kubernetes.io/arch';
  it.each<[what: string, props: Props, line: string]>([
    [
      'amd64 for a GH200',
      { ...label(ARCH, 'amd64'), ...gpu(GH200) },
      'GH200 is in machines of arm64; select other nodes, or set another imageTag [nodes-of-another-platform]',
    ],
    ['arm64 for an A10G', { ...label(ARCH, 'arm64'), ...gpu(A10G) }, 'A10G is in machines of amd64'],
    [
      'arm64 with an image for amd64',
      { ...label(ARCH, 'arm64'), ...tag('v0.32.0-x86_64') },
      'the image is for amd64 only, and does not start on arm64',
    ],
    [
      'amd64 with an image for arm64',
      { ...label(ARCH, 'amd64'), ...tag('v0.32.0-aarch64') },
      'the image is for arm64 only',
    ],
    [
      'an image for amd64 on a GB200',
      { ...tag('v0.32.0-x86_64'), ...gpu(GB200) },
      'vllmVersion: has an image for amd64 only, and GB200 is in machines of arm64; remove the architecture from imageTag: the plain tag has both',
    ],
    [
      'an image for arm64 in EC2',
      { ...types('p5.48xlarge'), ...tag('v0.32.0-aarch64') },
      'the image is for arm64 only, and does not start on amd64',
    ],
    ['the name of Linux for an architecture', label(ARCH, 'x86_64'), 'Kubernetes calls it "amd64"'],
    ['another architecture', label(ARCH, 'ppc64le'), 'vLLM has images for amd64 and arm64 only'],
    ['Windows', label('kubernetes.io/os', 'windows'), 'vLLM runs on "linux" only'],
  ])('refuses %s', (_, props, line) => {
    expect(errors(props)).toEqual([expect.stringContaining(line)]);
  });

  it('warns about arm64 for a GPU that few of these machines have', () => {
    expect(warnings({ ...label(ARCH, 'arm64'), ...gpu(L4) })).toEqual([
      expect.stringContaining('few machines of arm64 have L4'),
    ]);
  });

  it.each(['nvidia.com/cuda.driver.major', 'nvidia.com/cuda.driver-version.major'])(
    'warns about an old driver by %s',
    (key) => {
      expect(warnings(label(key, '535'))).toEqual([
        `placement: requires ${key} "535": the image is for CUDA 13, which needs driver 580 or later, or the libraries of CUDA's forward compatibility; update the driver, or use an image for CUDA 12.9: docs/gpu.md#the-driver [driver-too-old]`,
      ]);
      expect(found({ ...label(key, '535'), ...tag('v0.32.0-cu129') })).toEqual([]);
      expect(found(label(key, '580'))).toEqual([]);
    },
  );
});

describe('overrides and a placement', () => {
  it.each<[what: string, props: Props, line: string]>([
    [
      'a replaced label',
      { ...label('pool', 'gpu'), ...selector({ pool: 'other' }) },
      'podTemplateOverrides.spec.nodeSelector.pool: replaces "gpu" for pool, which the placement requires; remove it, or change placement [placement-replaced]',
    ],
    ['a removed label', { ...label('pool', 'gpu'), ...selector({ pool: null }) }, 'replaces "gpu" for pool'],
    [
      'a removed selector',
      { ...label('pool', 'gpu'), podTemplateOverrides: { spec: { nodeSelector: null } } },
      'podTemplateOverrides.spec.nodeSelector: replaces "gpu" for pool',
    ],
    [
      'replaced terms',
      { ...types('p5.48xlarge', 'p5.4xlarge'), ...terms(term(isIn('zone', 'a'))) },
      'replaces the whole list, and so "p5.48xlarge", "p5.4xlarge" for node.kubernetes.io/instance-type, which the placement requires; add node.kubernetes.io/instance-type to each term, or remove placement',
    ],
    [
      'a node by its name',
      { podTemplateOverrides: { spec: { nodeName: 'gpu-1' } } },
      'podTemplateOverrides.spec.nodeName: is "gpu-1": the pods bypass the scheduler',
    ],
  ])('warns about %s', (_, props, line) => {
    expect(errors(props)).toEqual([]);
    expect(warnings(props)).toEqual([expect.stringContaining(line)]);
  });

  it.each<[what: string, props: Props, line: string]>([
    [
      'two values for one label',
      { ...types('p5.48xlarge'), ...terms(term(isIn(TYPE, 'p5.4xlarge'))) },
      `requires "p5.4xlarge" for ${TYPE}, and placement requires "p5.48xlarge": no node has both; remove one of them [nodes-contradict]`,
    ],
    [
      'a value that is excluded',
      { ...label('pool', 'gpu'), ...terms(term({ key: 'pool', operator: 'NotIn', values: ['gpu'] })) },
      'requires not "gpu" for pool, and placement requires "gpu"',
    ],
    [
      'a label that must not exist',
      { ...label('pool', 'gpu'), ...terms(term({ key: 'pool', operator: 'DoesNotExist' })) },
      'requires no value for pool',
    ],
    [
      'a label of another GPU that replaces the placement',
      { placement: Placement.gke(), ...selector({ [GKE]: 'nvidia-l4' }) },
      'is "nvidia-l4": its nodes have L4',
    ],
  ])('refuses %s', (_, props, line) => {
    expect(errors(props)).toEqual([expect.stringContaining(line)]);
    expect(warnings(props)).toEqual([]);
  });
});

describe('what Kubernetes refuses has no second finding about nodes', () => {
  it.each<[what: string, props: Props]>([
    ['a number for a label of the placement', { ...label('pool', 'gpu'), ...selector({ pool: 8 }) }],
    ['a product with a comma', selector({ [PRODUCT]: 'A100,H100' })],
    ['a machine with a blank', { ...types('p5.48xlarge'), ...selector({ [TYPE]: 'g5.xlarge ' }) }],
    ['a bound with a unit', terms(term({ key: 'nvidia.com/gpu.memory', operator: 'Gt', values: ['40Gi'] }))],
    ['an unknown operator', terms(term({ key: GKE, operator: 'in', values: ['nvidia-l4'] }))],
    ['a term without a list', terms({ matchExpressions: { key: GKE } })],
    ['a list of selectors', { ...label('pool', 'gpu'), podTemplateOverrides: { spec: { nodeSelector: [] } } }],
    ['a number as the name of a node', { podTemplateOverrides: { spec: { nodeName: 1 } } }],
    ['no terms', { ...types('p5.48xlarge', 'p5.4xlarge'), ...terms() }],
    ['an empty term', { ...types('p5.48xlarge', 'p5.4xlarge'), ...terms({}) }],
  ])('for %s', (_, props) => {
    expect(found(props)).toEqual([]);
    expect(refusalOf({ accelerator: Accelerator.gpu(H100), ...props })).toContain(' has 1 problem:');
  });
});

describe('keys of labels', () => {
  it.each([
    ['nvidia.com/gpu-product', 'nvidia.com/gpu.product'],
    ['nvidia.com/gpu.products', 'nvidia.com/gpu.product'],
    ['node.kubernetes.io/instance_type', 'node.kubernetes.io/instance-type'],
    ['cloud.google.com/gke-accelerators', 'cloud.google.com/gke-accelerator'],
    ['karpenter.k8s.aws/instance-gpu-names', 'karpenter.k8s.aws/instance-gpu-name'],
    ['karpenter.sh/node-pool', 'karpenter.sh/nodepool'],
  ])('warns about %s', (key, meant) => {
    expect(warnings(label(key, 'x'))).toEqual([
      `placement: requires the label "${key}", which is near "${meant}": pods stay Pending where no node has it; write ${meant}, or acknowledge this if the label is yours [label-misspelt]`,
    ]);
  });

  it.each([
    ...[
      'gpu',
      'kubernetes.azure.com/agentpool',
      'cloud.google.com/gke-preemptible',
      'karpenter.k8s.aws/instance-tenancy',
    ],
    ...['nvidia.com/gpu.deploy.dcgm', 'example.com/gpu.product', 'karpenter.k8s.aws/instance-cpu-manufacturer'],
  ])('accepts %s', (key) => {
    expect(found(label(key, 'x'))).toEqual([]);
  });
});

describe('nodes are accepted', () => {
  it.each<[what: string, props: Props]>([
    ['the machine of an H100', types('p5.48xlarge')],
    ['H100 machines of three clouds', types('p5.48xlarge', 'a3-highgpu-8g', 'Standard_ND96isr_H100_v5')],
    ['an H100 with 94 GB', types('Standard_NC40ads_H100_v5')],
    ['an unknown machine', types('gd-8xh100ib-i128')],
    ['an N1, which may have any GPU', { ...types('n1-standard-8'), ...gpu(T4) }],
    ['a machine without GPUs among others', types('p5.48xlarge', 'm5.large')],
    ['a machine with fewer GPUs among others', { ...types('g5.xlarge', 'g5.48xlarge'), ...gpu(A10G, 8) }],
    ['the A10G of AWS for an A10', { ...types('g5.xlarge'), ...gpu(A10) }],
    ['the T4G of Graviton for a T4', { ...types('g5g.xlarge'), ...gpu(T4) }],
    ['eight A100', { ...types('p4d.24xlarge'), ...gpu(A100_40GB, 8) }],
    ['sixteen A100', { ...types('a2-megagpu-16g'), ...gpu(A100_40GB, 16) }],
    ['the RTX PRO 6000 of Karpenter', { ...label(EC2, 'rtx-pro-server-6000'), ...gpu(RTX_PRO_6000) }],
    ['a machine of GB200', { ...types('p6e-gb200.36xlarge'), ...gpu(GB200, 4) }],
    ['arm64 for a GH200', { ...label('kubernetes.io/arch', 'arm64'), ...gpu(GH200) }],
    ['an image for arm64 on a GH200', { ...tag('v0.32.0-aarch64'), ...gpu(GH200) }],
    ['an image for amd64 on an H100', tag('v0.32.0-x86_64')],
    ['the mega machines of GKE', label(GKE, 'nvidia-h100-mega-80gb')],
    ['memory as EC2 counts it', { ...label('karpenter.k8s.aws/instance-gpu-memory', '22888'), ...gpu(L4) }],
    ['a minimum of memory', terms(term({ key: 'nvidia.com/gpu.memory', operator: 'Gt', values: ['40000'] }))],
    [
      'a minimum of GPUs',
      { ...terms(term({ key: 'nvidia.com/gpu.count', operator: 'Gt', values: ['3'] })), ...gpu(H100, 4) },
    ],
    ['Ada', { ...label('nvidia.com/gpu.family', 'ada-lovelace'), ...gpu(L40S) }],
    ['Blackwell', { ...label('nvidia.com/gpu.family', 'blackwell'), ...gpu(B200) }],
    ['the product of an H200', { ...label(PRODUCT, 'NVIDIA-H200'), ...gpu(H200) }],
    [
      'the product of a GH200, with the memory of its processor',
      { ...label(PRODUCT, 'NVIDIA-GH200-480GB'), ...gpu(GH200) },
    ],
    [
      'a slice by its product',
      {
        ...label(PRODUCT, 'NVIDIA-H100-80GB-HBM3-MIG-1g.10gb'),
        accelerator: Accelerator.mig(H100, '1g.10gb', { strategy: MigStrategy.SINGLE }),
      },
    ],
    ['a whole GPU where MIG could be on', label('nvidia.com/mig.capable', 'true')],
    [
      'a layout of one’s own',
      { ...label('nvidia.com/mig.config', 'inference'), accelerator: Accelerator.mig(H100, '1g.10gb') },
    ],
    [
      'AMD',
      {
        ...labels({ 'amd.com/gpu.product-name': 'AMD_Instinct_MI300X', [TYPE]: 'Standard_ND96isr_MI300X_v5' }),
        ...resource('amd.com/gpu', 8),
      },
    ],
    ['Neuron by cores', { ...types('trn1.2xlarge'), ...resource('aws.amazon.com/neuroncore', 2) }],
    [
      'TPUs',
      {
        ...labels({
          'cloud.google.com/gke-tpu-accelerator': 'tpu-v6e-slice',
          'cloud.google.com/gke-tpu-topology': '2x4',
        }),
        ...resource('google.com/tpu', 8),
      },
    ],
    ['labels of one’s own', labels({ pool: 'gpu', 'example.com/tier': 'gold' })],
    ['an alternative without GPUs', terms(term(isIn(TYPE, 'm5.large')), term(isIn('pool', 'gpu')))],
    ['that NVIDIA’s labels exist', terms(term({ key: 'nvidia.com/gpu.present', operator: 'Exists' }))],
    ['the same label in placement and overrides', { ...label('pool', 'gpu'), ...selector({ pool: 'gpu' }) }],
    [
      'terms that keep the placement',
      { ...types('p5.48xlarge', 'p5.4xlarge'), ...terms(term(isIn(TYPE, 'p5.48xlarge'), isIn('zone', 'a'))) },
    ],
    ['a field that selects a node', terms({ matchFields: [isIn('metadata.name', 'gpu-1')] })],
    [
      'a preference for another GPU',
      {
        podTemplateOverrides: {
          spec: {
            affinity: {
              nodeAffinity: {
                preferredDuringSchedulingIgnoredDuringExecution: [
                  { weight: 1, preference: term(isIn(GKE, 'nvidia-l4')) },
                ],
              },
            },
          },
        },
      },
    ],
    [
      'a GPU of one’s own',
      { ...types('Standard_NC6s_v3'), ...gpu(GpuModel.of({ name: 'V100', memory: Size.gibibytes(16) })) },
    ],
  ])('with %s', (_, props) => {
    expect(found(props)).toEqual([]);
  });
});

it.each(LOOKED_UP)('accepts a value of %s that every object has as a key', (key) => {
  expect(errors({ ...gpu(GpuModel.H100), ...label(key, 'constructor') })).toEqual([]);
});
