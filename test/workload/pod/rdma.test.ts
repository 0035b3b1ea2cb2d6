import { Accelerator, GpuModel } from '../../../lib';
import { findingLine } from '../../../lib/preflight/finding';
import { containerWith, refusalOf, stackWith } from '../../support/stack';

const KV = { kv_connector: 'NixlConnector', kv_role: 'kv_both' };
const H100S = { accelerator: Accelerator.gpu(GpuModel.H100, 8) };

/** Findings about the network devices of a stack, as lines of text. */
function linesOf(props: Parameters<typeof stackWith>[0]): string[] {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { findings } = stackWith({ ...H100S, ...props });
  write.mockRestore();
  return findings.filter(({ id }) => id.startsWith('rdma')).map(findingLine);
}

describe('network devices', () => {
  test('are requested beside the GPUs, as request and limit', () => {
    const { requests, limits } = containerWith({ ...H100S, rdma: { resourceName: 'rdma/ib', count: 8 } }).resources;
    expect(requests).toMatchObject({ 'nvidia.com/gpu': 8, 'rdma/ib': 8 });
    expect(limits).toMatchObject({ 'nvidia.com/gpu': 8, 'rdma/ib': 8 });
  });

  test('are one by default, with any name that has a domain', () => {
    for (const resourceName of ['rdma/ib', 'rdma/roce_gdr', 'vpc.amazonaws.com/efa', 'nvidia.com/hostdev']) {
      expect(containerWith({ ...H100S, rdma: { resourceName } }).resources.limits[resourceName]).toBe(1);
    }
  });

  test('are requested beside a claim', () => {
    const accelerator = Accelerator.claim(GpuModel.H100, { count: 2 });
    const { limits, claims } = containerWith({ accelerator, rdma: { resourceName: 'rdma/ib' } }).resources;
    expect([Object.keys(limits), claims]).toEqual([['memory', 'rdma/ib'], [{ name: 'gpus' }]]);
  });

  test('keep the pod within Pod Security "restricted"', () => {
    expect(containerWith({ ...H100S, rdma: { resourceName: 'rdma/ib' } }).securityContext.capabilities).toEqual({
      drop: ['ALL'],
    });
    expect(linesOf({ rdma: { resourceName: 'rdma/ib' } })).toEqual([]);
  });
});

describe('the capability IPC_LOCK', () => {
  const rdma = { resourceName: 'rdma/ib', ipcLock: true };

  test('is added when it is set', () => {
    const acknowledge = { 'rdma-ipc-lock': 'the namespace is privileged' };
    expect(containerWith({ ...H100S, rdma, acknowledge }).securityContext.capabilities).toEqual({
      drop: ['ALL'],
      add: ['IPC_LOCK'],
    });
  });

  test('warns about the namespace that it needs, and that it has no effect without root', () => {
    expect(linesOf({ rdma })).toEqual([
      'rdma.ipcLock: needs a namespace whose Pod Security level is "privileged": "baseline" and "restricted" refuse IPC_LOCK, and it has no effect: the engine does not run as root; remove it if LimitMEMLOCK of the container runtime is infinity, or acknowledge this finding [rdma-ipc-lock]',
    ]);
  });

  test.each([
    ['the pod', { securityContext: { runAsUser: 0, runAsNonRoot: false } }],
    ['the engine', { containers: [{ name: 'vllm', securityContext: { runAsUser: 0, runAsNonRoot: false } }] }],
  ])('warns only about the namespace when %s runs as root', (_, spec) => {
    const [line, ...others] = linesOf({ rdma, podTemplateOverrides: { spec } });
    expect(line).toContain('refuse IPC_LOCK; remove it');
    expect(others).toEqual([]);
  });
});

describe('network devices without use', () => {
  const rdma = { resourceName: 'rdma/ib' };
  const accelerator = Accelerator.gpu(GpuModel.H100);

  test('have a notice on one GPU', () => {
    expect(linesOf({ accelerator, rdma })).toEqual([
      'rdma: is not used: one GPU without KV transfer sends nothing to other GPUs; remove it, or set engine.kvTransferConfig [rdma-unused]',
    ]);
  });

  test('have no notice with KV transfer', () => {
    expect(linesOf({ accelerator, rdma, extraArgs: [`--kv-transfer-config=${JSON.stringify(KV)}`] })).toEqual([]);
  });
});

test.each<[what: string, rdma: unknown, message: string]>([
  ['a name without domain', { resourceName: 'ib' }, 'rdma.resourceName: is "ib"; give an extended resource with its'],
  ['no name', {}, 'rdma.resourceName: is required and was not given'],
  ['a name alone', 'rdma/ib', 'rdma: is "rdma/ib"; give an object'],
  ['no device', { resourceName: 'rdma/ib', count: 0 }, 'rdma.count: is 0; give a whole number of at least 1'],
  ['a part of a device', { resourceName: 'rdma/ib', count: 1.5 }, 'rdma.count: is 1.5'],
  ['a lock as text', { resourceName: 'rdma/ib', ipcLock: 'yes' }, 'rdma.ipcLock: is "yes"; give true or false'],
  ['the GPU itself', { resourceName: 'nvidia.com/gpu' }, 'is nvidia.com/gpu, which is the accelerator'],
])('refuses %s', (_, rdma, message) => {
  expect(refusalOf({ ...H100S, rdma })).toContain(message);
});
