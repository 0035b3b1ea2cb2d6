import { Accelerator, GpuModel, VllmVersion } from '../../../lib';
import { findingLine } from '../../../lib/preflight/finding';
import { containerWith, refusalOf, stackWith } from '../../support/stack';

/** What Pod Security "restricted" requires of a container. */
const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const sidecar = (image: string, more: object = {}) => ({ name: 'sidecar', image, securityContext, ...more });
const withContainer = (container: object, kind = 'containers') => ({
  podTemplateOverrides: { spec: { [kind]: [container] } },
});

function linesOf(props: Parameters<typeof stackWith>[0]): string[] {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { findings } = stackWith(props);
  write.mockRestore();
  return findings.filter(({ id }) => id.startsWith('sidecar')).map(findingLine);
}

const VLLM = 'vllm/vllm-openai:v0.32.0';

describe('a container of the engine’s image beside the engine', () => {
  test.each(['containers', 'initContainers'])('warns that it sees the GPUs of the node, in %s', (kind) => {
    expect(linesOf(withContainer(sidecar(VLLM), kind))).toEqual([
      `podTemplateOverrides.spec.${kind}[0]: runs ${VLLM}, whose NVIDIA_VISIBLE_DEVICES is "all": it requests no GPU and may see every GPU of the node; add env: [{ name: "NVIDIA_VISIBLE_DEVICES", value: "void" }] [sidecar-sees-gpus]`,
    ]);
  });

  test('warns for any tag, digest and registry', () => {
    expect(linesOf(withContainer(sidecar('vllm/vllm-openai')))).toHaveLength(1);
    expect(linesOf(withContainer(sidecar('docker.io/vllm/vllm-openai:v0.32.0')))).toHaveLength(1);
    expect(linesOf(withContainer(sidecar(`vllm/vllm-openai@sha256:${'a'.repeat(64)}`)))).toHaveLength(1);
    const vllmVersion = VllmVersion.of('0.32.0', { repository: 'registry.example.com:5000/vllm' });
    const image = 'registry.example.com:5000/vllm:v0.31.0';
    expect(linesOf({ vllmVersion, ...withContainer(sidecar(image)) })).toHaveLength(1);
  });

  test.each<[what: string, container: object]>([
    ['sets its visible devices', sidecar(VLLM, { env: [{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' }] })],
    ['is of another image', sidecar('busybox:1.37')],
    ['is the engine itself', { name: 'vllm', tty: true }],
  ])('has no warning when it %s', (_, container) => {
    expect(linesOf(withContainer(container))).toEqual([]);
  });

  test('has no warning when it computes on the claim of the engine', () => {
    const container = sidecar(VLLM, { resources: { claims: [{ name: 'gpus' }] } });
    expect(linesOf({ accelerator: Accelerator.claim(GpuModel.L40S), ...withContainer(container) })).toEqual([]);
  });

  test('has no warning on devices of another vendor', () => {
    const vllmVersion = VllmVersion.of('0.32.0', { repository: 'vllm/vllm-openai-rocm' });
    const accelerator = Accelerator.resource('amd.com/gpu', 1);
    const container = sidecar('vllm/vllm-openai-rocm:v0.32.0');
    expect(linesOf({ vllmVersion, accelerator, ...withContainer(container) })).toEqual([]);
  });
});

describe('a container with devices of its own', () => {
  const limited = (resources: object) => withContainer(sidecar('busybox:1.37', { resources }));

  test.each([
    ['limit', { limits: { 'nvidia.com/gpu': 2 } }],
    ['limit as text', { limits: { 'nvidia.com/gpu': '2' } }],
    ['request and limit', { requests: { 'nvidia.com/gpu': 2 }, limits: { 'nvidia.com/gpu': 2 } }],
  ])('warns about a %s of the resource of the engine', (_, resources) => {
    expect(linesOf(limited(resources))).toEqual([
      'podTemplateOverrides.spec.containers[0]: requests 2 nvidia.com/gpu of its own: each replica takes as many more; remove it, unless the container computes on a GPU itself [sidecar-takes-gpu]',
    ]);
  });

  test('has no warning when it requests none, or another device', () => {
    expect(linesOf(limited({ limits: { 'nvidia.com/gpu': 0 } }))).toEqual([]);
    expect(linesOf(limited({ limits: { 'rdma/hca': 1 } }))).toEqual([]);
  });
});

describe('the class Guaranteed', () => {
  const resources = { guaranteed: true };

  test('has equal requests and limits of CPU and memory', () => {
    const { requests, limits } = containerWith({ resources }).resources;
    expect(limits).toEqual({ cpu: '6', memory: '25Gi', 'nvidia.com/gpu': 1 });
    expect(requests).toMatchObject(limits);
  });

  test('works for a share of a GPU and for a claim', () => {
    const shared = Accelerator.shared(GpuModel.L40S, { sharers: 2 });
    const engine = { maxModelLen: 8192 };
    expect(containerWith({ accelerator: shared, engine, resources }).resources.limits.cpu).toBe('6');
    const claim = Accelerator.claim(GpuModel.L40S);
    expect(containerWith({ accelerator: claim, resources }).resources.limits).toEqual({ cpu: '6', memory: '25Gi' });
  });

  test.each<[what: string, resources: object | undefined, open: string]>([
    ['no resources', undefined, 'cpu and memory'],
    ['no memory limit', { limits: { cpu: 1 } }, 'memory'],
    ['a smaller request', { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '1Gi' } }, 'cpu'],
    ['a limit of nothing', { limits: { cpu: 0, memory: '1Gi' } }, 'cpu'],
    ['requests alone', { requests: { cpu: 1, memory: '1Gi' } }, 'cpu and memory'],
  ])('refuses a sidecar with %s', (_, own, open) => {
    const props = withContainer(sidecar('busybox:1.37', own ? { resources: own } : {}));
    expect(refusalOf({ resources, ...props })).toContain(
      `podTemplateOverrides.spec.containers[0].resources: has no equal request and limit of ${open}, but resources.guaranteed needs them in all containers; set equal requests and limits of cpu and memory [guaranteed-sidecar]`,
    );
  });

  test.each<[what: string, own: unknown, line: string]>([
    ['a limit that is not a quantity', { limits: { cpu: 1, memory: '16GB' } }, 'limits.memory: is "16GB"'],
    ['a misspelt field', { limit: { cpu: 1, memory: '1Gi' } }, 'limit: is no field of resources'],
    ['a list', [], 'resources: is []'],
    [
      'a request above its limit',
      { requests: { cpu: 2, memory: '1Gi' }, limits: { cpu: 1, memory: '1Gi' } },
      'requests.cpu: is 2, more than the limit of 1',
    ],
  ])('refuses %s once, for what it is', (_, own, line) => {
    const message = refusalOf({ resources, ...withContainer(sidecar('busybox:1.37', { resources: own })) });
    expect(message).toContain(' has 1 problem:');
    expect(message).toContain(line);
  });

  test('refuses an init container without limits too', () => {
    const props = withContainer(sidecar('busybox:1.37'), 'initContainers');
    expect(refusalOf({ resources, ...props })).toContain(
      'initContainers[0].resources: has no equal request and limit of cpu and memory',
    );
  });

  test('accepts equal quantities with other spellings', () => {
    const requests = { cpu: '1000m', memory: '1024Mi' };
    const own = { requests, limits: { cpu: 1, memory: '1Gi' } };
    expect(() => stackWith({ resources, ...withContainer(sidecar('busybox:1.37', { resources: own })) })).not.toThrow();
  });

  test('accepts a sidecar with limits only, which are its requests', () => {
    const limits = { cpu: 1, memory: '1Gi' };
    const props = withContainer(sidecar('busybox:1.37', { resources: { limits, requests: { cpu: 1 } } }));
    expect(() => stackWith({ resources, ...props })).not.toThrow();
  });
});

test('refuses a value of guaranteed that is not a boolean', () => {
  expect(refusalOf({ resources: { guaranteed: 'yes' } })).toContain(
    'resources.guaranteed: is "yes"; give true or false',
  );
});
