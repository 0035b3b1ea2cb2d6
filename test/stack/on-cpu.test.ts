import { Size } from 'cdk8s';
import type { VllmInferenceStackProps } from '../../lib';
import {
  Accelerator,
  CpuArchitecture,
  Delivery,
  Model,
  Objective,
  Placement,
  Price,
  Scaling,
  TaintEffect,
} from '../../lib';
import { planOf, variableOf } from '../support/plan';
import { containerWith, find, manifestsWith, podWith, refusalOf, stackWith } from '../support/stack';

type Props = Partial<VllmInferenceStackProps>;

const SMALL: Props = {
  model: Model.of('Qwen/Qwen3-0.6B'),
  accelerator: Accelerator.cpu(),
  engine: { maxModelLen: 8192 },
};
const onCpu = (more: Props = {}): Props => ({ ...SMALL, ...more });
const withSpace = (gib: number): Props => ({ accelerator: Accelerator.cpu({ kvCacheSpace: Size.gibibytes(gib) }) });
const TWO_NODES: Props = { accelerator: Accelerator.cpu({ numaNodes: 2 }) };
const decisionOf = (props: Props, what: string) => stackWith(props).decisions.find((each) => each.what === what);

const warningsOf = (props: Props): string[] =>
  stackWith(props)
    .findings.filter(({ severity }) => severity === 'warning')
    .map(({ id, subject, problem }) => `${subject} ${problem} [${id}]`);

describe('the pod of a stack on CPU', () => {
  it('requests cores and memory, and no device', () => {
    const { image, resources } = containerWith(onCpu());
    expect(image).toBe('vllm/vllm-openai-cpu:v0.32.0');
    expect(resources).toEqual({
      requests: { cpu: '4', memory: '13Gi', 'ephemeral-storage': '16Gi' },
      limits: { memory: '13Gi' },
    });
  });

  it('tolerates no taint of GPU nodes', () => {
    expect(podWith(onCpu())).not.toHaveProperty('tolerations');
    expect(podWith(onCpu())).not.toHaveProperty('nodeSelector');
  });

  it('runs on nodes of its architecture only, beside other labels', () => {
    const accelerator = Accelerator.cpu({ architecture: CpuArchitecture.ARM64 });
    const placement = Placement.nodeLabels({ pool: 'spare' });
    expect(podWith(onCpu({ accelerator, placement })).nodeSelector).toEqual({
      'kubernetes.io/arch': 'arm64',
      pool: 'spare',
    });
  });

  it('has no flag about GPU memory', () => {
    expect(containerWith(onCpu()).args.join()).not.toContain('gpu-memory');
  });

  it.each<
    [what: string, props: Props, cache: string | undefined, bind: string | undefined, threads: string | undefined]
  >([
    ['by default', {}, '4', 'nobind', '3'],
    ['with a KV cache', withSpace(40), '40', 'nobind', '3'],
    [
      'with a flag for the KV cache',
      { engine: { maxModelLen: 8192, kvCacheMemory: Size.gibibytes(6) } },
      undefined,
      'nobind',
      '3',
    ],
    ['with more cores', { resources: { cpu: 16 } }, '4', 'nobind', '15'],
    ['with a part of a core', { resources: { cpu: 2.5 } }, '4', 'nobind', '1'],
    ['on two NUMA nodes, where vLLM binds', TWO_NODES, '4', undefined, undefined],
    ['with own cores', { env: { VLLM_CPU_OMP_THREADS_BIND: '0-2' } }, '4', '0-2', '3'],
  ])('gets the variables of the backend %s', (_, props, cache, bind, threads) => {
    const all = onCpu(props);
    expect(variableOf(all, 'VLLM_CPU_KVCACHE_SPACE')).toBe(cache);
    expect(variableOf(all, 'VLLM_CPU_OMP_THREADS_BIND')).toBe(bind);
    expect(variableOf(all, 'OMP_NUM_THREADS')).toBe(threads);
  });
});

describe('the numbers of a stack on CPU', () => {
  it.each<[what: string, props: Props, value: string, reason: string]>([
    [
      'memory limit',
      {},
      '13 GiB',
      '1.1 GiB page cache of the weights, 1 GiB /dev/shm, 5 GiB for the processes, 1.1 GiB loaded weights, 4 GiB KV cache, 0.3 GiB computing a batch',
    ],
    ['memory limit', withSpace(40), '49 GiB', '40 GiB KV cache'],
    ['memory limit', TWO_NODES, '27 GiB', '7 GiB for the processes'],
    ['memory limit', TWO_NODES, '27 GiB', '8 GiB KV cache'],
    ['memory limit', { model: Model.of('Qwen/Qwen3-0.6B', { dtype: 'float32' }) }, '14 GiB', '2.3 GiB loaded weights'],
    ['KV cache', {}, '4 GiB', 'default of Accelerator.cpu'],
    ['KV cache', withSpace(2), '2 GiB', 'set in kvCacheSpace of Accelerator.cpu'],
    ['KV cache capacity', {}, '37376 tokens', '112 KiB a token'],
    ['CPU request in cores', {}, '4', 'default of Accelerator.cpu'],
    ['CPU request in cores', TWO_NODES, '8', '4 for each of 2 NUMA nodes'],
    ['CPU request in cores', { resources: { cpu: 12 } }, '12', 'set in resources.cpu'],
    ['compute threads', {}, '3', 'the CPU request without a core for the other processes'],
    ['shared memory', {}, '1 GiB', 'one worker process'],
    ['shared memory', TWO_NODES, '8 GiB', '2 GiB for each of 2 workers'],
    ['time to start', {}, '286 s', '240 s to compile, 34 s to compute a first batch on CPU'],
    ['progress deadline', {}, '1355 s', '155 s for an old pod to stop'],
  ])('%s: with %j', (what, props, value, reason) => {
    const decision = decisionOf(onCpu(props), what);
    expect(decision?.value).toBe(value);
    expect(decision?.reason).toContain(reason);
  });

  it('give a large model the time that its first batch needs', () => {
    const large = planOf(onCpu({ model: Model.of('Qwen/Qwen3-8B') }));
    expect(large.timing.startupBudget.value).toBe(900);
    expect(planOf({ ...onCpu(), accelerator: Accelerator.cpu() }).timing.startupBudget.value).toBe(600);
  });
});

describe('a stack on CPU fails ', () => {
  it.each<[what: string, props: object, message: string]>([
    [
      'for a context that the KV cache does not hold',
      { engine: {} },
      'engine.maxModelLen: is unset, so it is the 40960 of Qwen/Qwen3-0.6B: a request of that length needs 4.38 GiB of KV cache, which has 4 GiB: vLLM would not start; use at most 37120, or set kvCacheSpace to Size.gibibytes(5) in Accelerator.cpu [memory-context]',
    ],
    [
      'for a flag with too small a KV cache',
      { engine: { maxModelLen: 32768, kvCacheMemory: Size.gibibytes(2) } },
      'use at most 18432, or raise engine.kvCacheMemory to 4 GiB [memory-context]',
    ],
    [
      'for a memory limit below weights and KV cache',
      { resources: { memoryLimit: Size.gibibytes(4) } },
      'resources.memoryLimit: is 4 GiB, but the engine takes 5.4 GiB for weights and KV cache alone when it starts, and is OOM-killed; raise it to 13 GiB',
    ],
    [
      'for the 64 MiB of /dev/shm that containers get',
      { resources: { sharedMemory: Size.mebibytes(64) } },
      'is 64 MiB, below 400 MiB (400 MiB for the queues of the workers): vLLM checks this and does not start',
    ],
    [
      'for a model of unknown size',
      { model: Model.of('acme/own') },
      'lifecycle.startupBudget: cannot be derived: the size of the weights is unknown; set architecture or weightsSize in Model.of',
    ],
    [
      'for a price',
      { price: Price.perGpuHour(2) },
      'price: is the price of a GPU, and the stack runs on CPU; remove it [gpu-property-on-cpu]',
    ],
    [
      'for the runtime of GPUs',
      { runtimeClassName: 'nvidia' },
      'runtimeClassName: is nvidia, a runtime for containers with GPUs, and the stack runs on CPU',
    ],
    [
      'for two architectures',
      {
        accelerator: Accelerator.cpu({ architecture: CpuArchitecture.ARM64 }),
        placement: Placement.nodeLabels({ 'kubernetes.io/arch': 'amd64' }),
      },
      'placement: requires kubernetes.io/arch amd64, but architecture in Accelerator.cpu is arm64; keep one of them',
    ],
    ['for a placement by the GPU', { placement: Placement.gke() }, 'selects nodes of GKE by their GPU'],
  ])('%s', (_, props, message) => {
    const refusal = refusalOf(onCpu(props));
    expect(refusal).toContain(message);
    expect(refusal).toContain('has 1 problem');
  });
});

describe('a stack on CPU warns about ', () => {
  it.each<[what: string, props: Props, warning: string]>([
    ['a single core', { resources: { cpu: 1 } }, 'resources.cpu is 1: API server, engine core and the thread'],
    [
      'more threads than cores',
      { env: { OMP_NUM_THREADS: '32' } },
      'env.OMP_NUM_THREADS is 32, but the pod requests 4 cores: the threads wait for each other [threads-above-cores]',
    ],
    [
      'threads on all cores of a node',
      { env: { VLLM_CPU_OMP_THREADS_BIND: 'auto' } },
      'binds a thread to each core of a NUMA node, although the pod requests 4 cores',
    ],
    [
      'a toleration of GPU nodes',
      { tolerations: [{ key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE }] },
      'tolerations[0] tolerates nvidia.com/gpu, a mark of nodes with GPUs',
    ],
    [
      'a label of GPU nodes',
      { placement: Placement.nodeLabels({ 'nvidia.com/gpu.present': 'true' }) },
      'placement requires nvidia.com/gpu.present',
    ],
    [
      'a memory limit without room for the page cache',
      { resources: { memoryLimit: Size.gibibytes(8) } },
      'resources.memoryLimit is 8 GiB, below 13 GiB',
    ],
  ])('%s', (_, props, warning) => {
    const warnings = warningsOf(onCpu(props));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(warning);
  });

  it.each<[what: string, props: Props]>([
    ['nothing', {}],
    ['two cores', { resources: { cpu: 2 } }],
    ['fewer threads than cores', { env: { OMP_NUM_THREADS: '2' } }],
    [
      'bound threads in exclusive cores',
      { resources: { cpu: 4, guaranteed: true }, env: { VLLM_CPU_OMP_THREADS_BIND: 'auto' } },
    ],
    ['a taint of spare nodes', { tolerations: [{ key: 'spot' }] }],
    ['a runtime class that isolates', { runtimeClassName: 'gvisor' }],
    ['an embedding model', { model: Model.of('BAAI/bge-m3'), engine: {} }],
    ['two NUMA nodes', TWO_NODES],
  ])('nothing for %s', (_, props) => {
    expect(warningsOf(onCpu(props))).toEqual([]);
  });
});

describe('a watched stack on CPU', () => {
  const watched = onCpu({
    monitoringLabels: { release: 'prometheus' },
    objectives: [Objective.errorRate({ below: 0.01 })],
    scaling: Scaling.keda({ maxReplicas: 3 }),
  });

  it('scales, and has alerts and a dashboard without GPUs', () => {
    const manifests = manifestsWith(watched);
    expect(find(manifests, 'ScaledObject')).toBeDefined();
    expect(find(manifests, 'PodMonitor')).toBeDefined();
    const rules = JSON.stringify(find(manifests, 'PrometheusRule'));
    expect(rules).toContain('VllmTargetDown');
    expect(rules).not.toMatch(/DCGM|VllmGpu/);
    expect(JSON.stringify(find(manifests, 'ConfigMap').data)).not.toContain('DCGM');
  });

  it('has no warnings', () => {
    expect(warningsOf(watched)).toEqual([]);
  });

  it('fails for alerts about GPUs', () => {
    const alerts = { tune: { VllmGpuHot: { threshold: 90 } } };
    expect(refusalOf({ ...watched, alerts })).toContain('the stack has no GPU');
  });

  it('fails for a budget of GPUs', () => {
    const delivery = Delivery.blueGreen({ gpuBudget: 2 });
    expect(refusalOf({ ...watched, scaling: Scaling.fixed(1), delivery })).toContain(
      'delivery: has gpuBudget, which counts GPUs, and the stack runs on CPU; remove it',
    );
  });
});
