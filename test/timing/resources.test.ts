import { Size } from 'cdk8s';
import { Accelerator, GpuModel, Model, Weights } from '../../lib';
import { findingLine } from '../../lib/preflight/finding';
import { errorsOf, h100, idsOf, pinned, planOf, QWEN_MOE, warningsOf } from '../support/plan';

const GIB = 1024;
const gib = (value: number) => Size.gibibytes(value);
const resourcesOf = (props: Parameters<typeof planOf>[0] = {}) => planOf(props).resources;

describe('CPU', () => {
  it('is two hyperthreads for each busy process: 6 for one GPU, 20 for eight', () => {
    expect(resourcesOf().cpu.value).toBe(6);
    expect(resourcesOf({ accelerator: h100(8) }).cpu.value).toBe(20);
  });

  it('counts API servers, ranks and their coordinator', () => {
    const plan = resourcesOf({ model: QWEN_MOE, accelerator: h100(4), engine: { dataParallelSize: 2 } });
    expect(plan.cpu).toEqual({
      value: 18,
      reason: 'two for each busy process: API servers 2, engine cores 2, workers 4, coordinator 1',
    });
  });

  it('is the value that is set', () => {
    expect(resourcesOf({ resources: { cpu: 3 } }).cpu).toEqual({ value: 3, reason: 'set in resources.cpu' });
  });

  it('warns about a limit', () => {
    expect(warningsOf({ resources: { cpuLimit: 8 } })).toEqual([
      'resources.cpuLimit: is 8 cores: the engine core never sleeps, so at this limit Linux throttles it for the rest of each 100 ms; remove it; the request already reserves the cores [cpu-limit]',
    ]);
  });

  it('refuses a limit below the request, with both numbers', () => {
    expect(errorsOf({ resources: { cpuLimit: 4 } })).toEqual([
      'resources.cpuLimit: is 4 cores, less than the request of 6 cores (two for each busy process: API servers 1, engine cores 1, workers 1); remove the limit, or lower resources.cpu [cpu-limit-below-request]',
    ]);
  });
});

describe('memory', () => {
  it('has room for weights, shared memory and processes; request and limit are equal', () => {
    const { memory, memoryLimit } = resourcesOf();
    expect(memoryLimit).toEqual({
      value: 25 * GIB,
      reason: '15 GiB weights, 2 GiB /dev/shm, 8 GiB for the processes',
    });
    expect(memory.value).toBe(memoryLimit.value);
  });

  it('has room for weights that each GPU offloads, and for KV blocks of each rank', () => {
    const engine = { pipelineParallelSize: 2, cpuOffload: gib(4), kvOffloadingSize: gib(10) };
    expect(resourcesOf({ accelerator: h100(2), engine }).memoryLimit.reason).toBe(
      '15 GiB weights, 18 GiB /dev/shm, 8 GiB for the processes, 8 GiB offloaded',
    );
    const ranks = { dataParallelSize: 2, kvOffloadingSize: gib(10) };
    const moe = { model: QWEN_MOE, accelerator: h100(2), engine: ranks };
    expect(resourcesOf(moe).sharedMemory.reason).toContain('20 GiB KV blocks, 10 GiB for each of 2 engines');
  });

  it('has room for more API servers and engine cores', () => {
    expect(resourcesOf({ extraArgs: ['--api-server-count=4'] }).memoryLimit).toEqual({
      value: 28 * GIB,
      reason: '15 GiB weights, 2 GiB /dev/shm, 10.7 GiB for the processes',
    });
    const ranks = { model: QWEN_MOE, accelerator: h100(4), engine: { dataParallelSize: 4 } };
    expect(resourcesOf(ranks).memoryLimit.reason).toContain('13.2 GiB for the processes');
  });

  it('counts what extraArgs offload', () => {
    expect(resourcesOf({ extraArgs: ['--cpu-offload-gb=.5'] }).memoryLimit.reason).toContain('0.5 GiB offloaded');
  });

  it('warns when it does not include weights of unknown size', () => {
    const props = { model: Model.of('a/b'), accelerator: Accelerator.resource('amd.com/gpu', 1) };
    expect(resourcesOf(props).memoryLimit.reason).toMatch(/^weights of unknown size, 2 GiB/);
    expect(warningsOf(props)).toEqual([
      'model: the size of a/b and the memory of the accelerator are unknown: the requests of memory and disk do not include the weights; set weightsSize in Model.of, or memory in Accelerator.resource [weights-unknown]',
    ]);
  });

  it('follows a larger value, and requests no less than it needs', () => {
    const more = resourcesOf({ resources: { memory: gib(40) } });
    expect([more.memory.value, more.memoryLimit.value]).toEqual([40 * GIB, 40 * GIB]);
    const less = resourcesOf({ resources: { memory: gib(20) } });
    expect([less.memory.value, less.memoryLimit.value]).toEqual([20 * GIB, 25 * GIB]);
    const limit = resourcesOf({ resources: { memoryLimit: gib(50) } });
    expect([limit.memory.value, limit.memoryLimit.value]).toEqual([50 * GIB, 50 * GIB]);
  });

  it('warns about a limit below the memory for loading, with both numbers', () => {
    expect(warningsOf({ resources: { memoryLimit: gib(16) } })).toEqual([
      'resources.memoryLimit: is 16 GiB, below 25 GiB (15 GiB weights, 2 GiB /dev/shm, 8 GiB for the processes): loading may be OOM-killed; raise it to 25 GiB [memory-limit-low]',
    ]);
  });

  it('warns about a limit below what a cache needs, with its part', () => {
    const engine = { kvTransferConfig: { kv_connector: 'LMCacheConnectorV1', kv_role: 'kv_both' } };
    expect(warningsOf({ engine, resources: { memoryLimit: gib(30) } })).toEqual([
      'resources.memoryLimit: is 30 GiB, below 33 GiB (15 GiB weights, 2 GiB /dev/shm, 8 GiB for the processes, 8 GiB LMCache (5 GiB, which pinned memory rounds up to 8 GiB)): loading may be OOM-killed; raise it to 33 GiB [memory-limit-low]',
    ]);
    expect(warningsOf({ engine, resources: { memoryLimit: gib(33) } })).toEqual([]);
  });

  it('refuses a limit below what the caches take when the engine starts, with the size to set', () => {
    const engine = { kvTransferConfig: { kv_connector: 'LMCacheConnectorV1', kv_role: 'kv_both' } };
    const env = { LMCACHE_MAX_LOCAL_CPU_SIZE: '64' };
    expect(errorsOf({ engine, env, resources: { memoryLimit: gib(50) } })).toEqual([
      'resources.memoryLimit: is 50 GiB, but the engine takes 64 GiB for offloaded blocks alone when it starts, and is OOM-killed; raise it to 89 GiB (15 GiB weights, 2 GiB /dev/shm, 8 GiB for the processes, 64 GiB LMCache (64 GiB)) [memory-limit-below-caches]',
    ]);
    expect(errorsOf({ engine, env, resources: { memoryLimit: gib(64) } })).toEqual([]);
  });

  it('refuses a request above the limit', () => {
    expect(errorsOf({ resources: { memory: gib(40), memoryLimit: gib(30) } })).toEqual([
      'resources.memory: is 40 GiB, more than the limit of 30 GiB; lower it, or raise resources.memoryLimit [memory-request-above-limit]',
    ]);
  });

  it('refuses a limit that shared memory alone may use', () => {
    expect(errorsOf({ resources: { memoryLimit: gib(16), sharedMemory: gib(16) } })).toEqual([
      'resources.memoryLimit: is 16 GiB, but /dev/shm alone may use 16 GiB of it; raise it, or lower resources.sharedMemory [memory-limit-below-shm]',
    ]);
  });
});

describe('shared memory', () => {
  it.each([
    [1, 2],
    [2, 8],
    [4, 8],
    [8, 16],
  ])('of %i GPUs is %i GiB', (gpus, expected) => {
    expect(resourcesOf({ accelerator: h100(gpus) }).sharedMemory.value).toBe(expected * GIB);
  });

  it('refuses less than the blocks that are offloaded to it', () => {
    const engine = { kvOffloadingSize: gib(16) };
    expect(errorsOf({ engine, resources: { sharedMemory: gib(8) } })).toEqual([
      'resources.sharedMemory: is 8 GiB, below 17 GiB (16 GiB KV blocks): vLLM checks this and does not start; raise it to 17 GiB or more, or remove it [shared-memory-too-small]',
    ]);
    expect(idsOf({ engine, resources: { sharedMemory: gib(17) } })).toEqual([]);
    // The blocks are in /dev/shm, so they are not missing in the memory limit too.
    expect(idsOf({ engine: { kvOffloadingSize: gib(64) }, resources: { sharedMemory: gib(8) } })).toEqual([
      'shared-memory-too-small',
    ]);
    const older = { ...pinned('0.26.0'), engine, resources: { sharedMemory: gib(8) } };
    expect(idsOf(older)).toEqual([]);
  });

  const tensor = (mib: number, more: object = {}) => ({
    accelerator: h100(2),
    engine: { tensorParallelSize: 2 },
    resources: { sharedMemory: Size.mebibytes(mib) },
    ...more,
  });

  it('warns about exactly the blocks, because semaphores are there too', () => {
    const props = { engine: { kvOffloadingSize: gib(16) }, resources: { sharedMemory: gib(16) } };
    expect(idsOf(props)).toEqual(['shared-memory-low']);
  });

  it('refuses 64 MiB for worker processes', () => {
    expect(errorsOf(tensor(64))).toEqual([
      'resources.sharedMemory: is 64 MiB, below 400 MiB (400 MiB for the queues of the workers): vLLM checks this and does not start; raise it to 400 MiB or more, or remove it [shared-memory-too-small]',
    ]);
  });

  it('warns about less than both queues of worker processes', () => {
    expect(warningsOf(tensor(300))).toEqual([
      'resources.sharedMemory: is 300 MiB, below 400 MiB (400 MiB for the queues of the workers): a full /dev/shm ends the engine with a bus error; raise it to 400 MiB or more, or remove it [shared-memory-low]',
    ]);
    expect(idsOf(tensor(64, pinned('0.26.0')))).toEqual(['shared-memory-low']);
  });

  it('warns about less than the multimodal cache in it', () => {
    const extraArgs = ['--mm-processor-cache-type=shm', '--mm-processor-cache-gb=4'];
    const model = Model.of('a/b', { weightsSize: gib(10) });
    expect(idsOf({ model, extraArgs, resources: { sharedMemory: gib(1) } })).toContain('shared-memory-low');
    expect(idsOf({ model, extraArgs, resources: { sharedMemory: gib(5) } })).not.toContain('shared-memory-low');
  });

  it.each<[string, Parameters<typeof idsOf>[0]]>([
    ['one process with 64 MiB', { resources: { sharedMemory: Size.mebibytes(64) } }],
    ['worker processes with 1 GiB', tensor(1024)],
    ['a rank for each engine with 64 MiB', { ...tensor(64), model: QWEN_MOE, engine: { dataParallelSize: 2 } }],
  ])('accepts %s', (_, props) => {
    expect(idsOf(props)).toEqual([]);
  });

  it('that is set counts in the memory limit', () => {
    expect(resourcesOf({ resources: { sharedMemory: gib(10) } }).memoryLimit.value).toBe(33 * GIB);
  });
});

describe('disk', () => {
  it('has room for caches and a download that holds partial files', () => {
    const { download, ephemeralStorage } = resourcesOf();
    expect(download).toEqual({ value: 19 * GIB, reason: '1.25 times the weights' });
    expect(ephemeralStorage).toEqual({
      value: 33 * GIB,
      reason: 'caches and temporary files, 19 GiB for the download',
    });
  });

  it.each([
    ['a claim that keeps the download', Weights.fromHub({ cacheClaim: 'models' })],
    ['a volume that holds the weights', Weights.fromVolume({ claim: 'models' })],
  ])('has no room for weights with %s', (_, weights) => {
    const { download, ephemeralStorage } = resourcesOf({ weights });
    expect([download, ephemeralStorage.value]).toEqual([undefined, 14 * GIB]);
  });

  it('warns about too little, with both numbers', () => {
    expect(warningsOf({ resources: { ephemeralStorage: gib(20) } })).toEqual([
      'resources.ephemeralStorage: is 20 GiB, below 33 GiB (caches and temporary files, 19 GiB for the download): a node with a full disk evicts the pod; raise it to 33 GiB [ephemeral-storage-low]',
    ]);
    expect(warningsOf({ resources: { ephemeralStorage: gib(33) } })).toEqual([]);
  });

  it('of an unknown model has room for what fits on the accelerator', () => {
    const { download } = resourcesOf({ model: Model.of('a/b'), accelerator: Accelerator.gpu(GpuModel.L4) });
    expect(download?.value).toBe(26 * GIB);
  });
});

describe('the class Guaranteed', () => {
  const guaranteed = (resources: object = {}) => ({ resources: { guaranteed: true, ...resources } });
  const guaranteedErrors = (resources: object) => errorsOf(guaranteed(resources));

  it('has limits that equal the requests', () => {
    const { cpu, cpuLimit, memory, memoryLimit } = resourcesOf(guaranteed());
    expect([cpu.value, cpuLimit]).toEqual([6, 6]);
    expect(memory.value).toBe(memoryLimit.value);
  });

  it('uses the set CPU and memory for both', () => {
    const { cpuLimit, memory, memoryLimit } = resourcesOf(guaranteed({ cpu: 12, memory: gib(40) }));
    expect([cpuLimit, memory.value, memoryLimit.value]).toEqual([12, 40 * GIB, 40 * GIB]);
    expect(resourcesOf(guaranteed({ memoryLimit: gib(50) })).memory.value).toBe(50 * GIB);
  });

  it('has no warning about its CPU limit, which gives the pod exclusive cores', () => {
    expect(warningsOf(guaranteed())).toEqual([]);
    expect(warningsOf(guaranteed({ cpuLimit: 6 }))).toEqual([]);
  });

  it('has a notice about the nodes that it needs', () => {
    expect(planOf(guaranteed()).findings.map(findingLine)).toContain(
      "resources.guaranteed: limits the pod to 6 cores: this throttles the engine if the kubelet's CPU manager is not static; check that cpuManagerPolicy is static on the nodes, and that the device plugin has PASS_DEVICE_SPECS [guaranteed-nodes]",
    );
  });

  it('refuses parts of a core', () => {
    expect(guaranteedErrors({ cpu: 6.5 })).toEqual([
      'resources.cpu: is 6.5, but resources.guaranteed needs whole cores: a part of a core cannot be reserved for one pod; use 7 [guaranteed-cpu-in-parts]',
    ]);
  });

  it('refuses another CPU limit', () => {
    expect(guaranteedErrors({ cpu: 4, cpuLimit: 8 })).toEqual([
      'resources.cpuLimit: is 8 cores, but resources.guaranteed needs the request of 4 cores (set in resources.cpu); remove it: it follows the request [guaranteed-cpu-limit]',
    ]);
    expect(guaranteedErrors({ cpuLimit: 4 })).toEqual([expect.stringContaining('needs the request of 6 cores')]);
  });

  it('refuses another memory limit, below and above', () => {
    expect(guaranteedErrors({ memory: gib(30), memoryLimit: gib(40) })).toEqual([
      'resources.memory: is 30 GiB, but resources.guaranteed needs the limit of 40 GiB; set only one of memory and memoryLimit [guaranteed-memory]',
    ]);
    expect(guaranteedErrors({ memory: gib(40), memoryLimit: gib(30) })).toEqual([
      expect.stringContaining('[guaranteed-memory]'),
    ]);
  });

  it('warns about too little memory at the property that sets it', () => {
    expect(warningsOf(guaranteed({ memory: gib(16) }))).toEqual([
      expect.stringMatching(/^resources\.memory: is 16 GiB, below 25 GiB .*\[memory-limit-low\]$/),
    ]);
  });
});
