import { containerWith, find, manifestsWith, podWith, refusalOf } from '../support/stack';

test('fields that no property says are merged into the pod', () => {
  const pod = podWith({ podTemplateOverrides: { spec: { hostAliases: [{ ip: '10.0.0.1' }], dnsPolicy: 'Default' } } });
  expect(pod).toMatchObject({ hostAliases: [{ ip: '10.0.0.1' }], dnsPolicy: 'Default', serviceAccountName: 'vllm-sa' });
});

test('containers are merged by name, so a sidecar joins the engine', () => {
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  const sidecar = { name: 'proxy', image: 'example.com/proxy:1', securityContext };
  const engine = { name: 'vllm', terminationMessagePolicy: 'FallbackToLogsOnError' };
  const { containers } = podWith({ podTemplateOverrides: { spec: { containers: [engine, sidecar] } } });
  expect(containers.map(({ name }: { name: string }) => name)).toEqual(['vllm', 'proxy']);
  expect(containers[0]).toMatchObject({ image: 'vllm/vllm-openai:v0.32.0', ...engine });
});

test('null removes a field', () => {
  const overrides = { spec: { containers: [{ name: 'vllm', livenessProbe: null }] } };
  expect(containerWith({ podTemplateOverrides: overrides })).not.toHaveProperty('livenessProbe');
});

test('the user of another image can be said', () => {
  const { securityContext } = podWith({ podTemplateOverrides: { spec: { securityContext: { runAsUser: 1001 } } } });
  expect(securityContext).toMatchObject({ runAsUser: 1001, runAsNonRoot: true });
});

test('overrides of one synth do not leak into the next', () => {
  const overrides = { spec: { nodeName: 'n1' } };
  manifestsWith({ podTemplateOverrides: overrides });
  expect(find(manifestsWith(), 'Deployment').spec.template.spec.nodeName).toBeUndefined();
});

describe('refuses', () => {
  const engine = (fields: object) => ({ spec: { containers: [{ name: 'vllm', ...fields }] } });
  const container = 'podTemplateOverrides.spec.containers[0]';

  test.each([
    ['another image', engine({ image: 'x' }), `${container}.image: cannot be overridden here; say it as vllmVersion`],
    [
      'arguments',
      engine({ args: ['x'] }),
      `${container}.args: cannot be overridden here; say them in engine or extraArgs`,
    ],
    [
      'a command',
      engine({ command: ['sh'] }),
      `${container}.command: cannot be overridden here; leave it out: the image starts vLLM`,
    ],
    ['variables', engine({ env: [] }), `${container}.env: cannot be overridden here; say it in env or secretEnv`],
    ['all variables of a Secret', engine({ envFrom: [] }), `${container}.envFrom: cannot be overridden here`],
    ['another startup probe', engine({ startupProbe: {} }), `${container}.startupProbe: cannot be overridden here`],
    ['GPUs and memory', engine({ resources: {} }), 'say it as resources and accelerator'],
    ['a misspelt container', { spec: { containers: [{ name: 'vlm' }] } }, 'is called "vlm" and has no image'],
    ['a preStop hook', engine({ lifecycle: {} }), 'say it as lifecycle.preStopDelay'],
    ['a grace period', { spec: { terminationGracePeriodSeconds: 1 } }, 'say it as lifecycle.terminationGracePeriod'],
    ['links of Services', { spec: { enableServiceLinks: true } }, 'a Service in the namespace could change the engine'],
    ['a token', { spec: { automountServiceAccountToken: true } }, 'the engine never talks to the Kubernetes API'],
    ['the selector’s label', { metadata: { labels: { app: 'x' } } }, 'metadata.labels.app: cannot be overridden here'],
    ['fields beside metadata and spec', { replicas: 2 }, 'is no part of a pod template, which has metadata and spec'],
    [
      'a container without name',
      { spec: { containers: [{ image: 'x' }] } },
      'has no name, so it is not clear which container is meant; add name: vllm',
    ],
  ])('%s', (_, podTemplateOverrides, message) => {
    expect(refusalOf({ podTemplateOverrides })).toContain(message);
  });
});

describe('warns about overrides that leave Pod Security "restricted"', () => {
  const warnings = (spec: object) => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    podWith({ podTemplateOverrides: { spec } });
    const lines = write.mock.calls.map(([line]) => String(line));
    write.mockRestore();
    return lines.join('');
  };
  const engine = (securityContext: object | null) => ({ containers: [{ name: 'vllm', securityContext }] });

  test.each<[what: string, spec: object, rule: string]>([
    ['root allowed', { securityContext: { runAsNonRoot: false } }, 'container "vllm" may run as root'],
    ['root itself', { securityContext: { runAsUser: 0 } }, 'container "vllm" runs as user 0'],
    ['no seccomp profile', { securityContext: { seccompProfile: null } }, 'container "vllm" has no seccomp profile'],
    ['no container security at all', engine(null), 'may gain privileges, container "vllm" keeps capabilities'],
    ['a privileged engine', engine({ privileged: true }), 'container "vllm" is privileged'],
    ['the host’s network', { hostNetwork: true }, 'hostNetwork is true'],
    ['a folder of the host', { volumes: [{ name: 'h', hostPath: { path: '/' } }] }, 'a volume is a hostPath'],
    ['a careless sidecar', { containers: [{ name: 'x', image: 'y' }] }, 'container "x" may gain privileges'],
  ])('%s', (_, spec, rule) => {
    expect(warnings(spec)).toContain(rule);
  });

  test('but not about another user', () => {
    expect(warnings({ securityContext: { runAsUser: 1001 } })).toBe('');
  });
});
