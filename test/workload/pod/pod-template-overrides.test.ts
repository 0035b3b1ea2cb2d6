import { containerWith, find, manifestsWith, podWith, refusalOf, WITH_TOKEN } from '../../support/stack';

/** Warnings that a stack with these properties prints. */
function warningsWith(props: Parameters<typeof podWith>[0]): string {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  podWith(props);
  const lines = write.mock.calls.map(([line]) => String(line));
  write.mockRestore();
  return lines.join('');
}

test('fields without a property are merged into the pod', () => {
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

test('ports, volumes and mounts join those of the stack', () => {
  const port = { name: 'debug', containerPort: 5678 };
  const mount = { name: 'constructor', mountPath: '/scratch' };
  const volume = { name: 'constructor', emptyDir: {} };
  const engine = { name: 'vllm', ports: [port], volumeMounts: [mount] };
  const podTemplateOverrides = { spec: { containers: [engine], volumes: [volume] } };
  const { ports, volumeMounts } = containerWith({ podTemplateOverrides });
  expect(ports).toEqual([{ name: 'http', containerPort: 8000, protocol: 'TCP' }, port]);
  expect([volumeMounts.length, volumeMounts.at(-1)]).toEqual([5, mount]);
  expect(podWith({ podTemplateOverrides }).volumes.at(-1)).toEqual(volume);
});

test('the user of another image can be set', () => {
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
    ['another image', engine({ image: 'x' }), `${container}.image: cannot be overridden here; set vllmVersion instead`],
    [
      'arguments',
      engine({ args: ['x'] }),
      `${container}.args: cannot be overridden here; set engine or extraArgs instead`,
    ],
    [
      'a command',
      engine({ command: ['sh'] }),
      `${container}.command: cannot be overridden here; remove it: the image starts vLLM`,
    ],
    [
      'variables',
      engine({ env: [] }),
      `${container}.env: cannot be overridden here; set env, secretEnv or fieldEnv instead`,
    ],
    ['all variables of a Secret', engine({ envFrom: [] }), `${container}.envFrom: cannot be overridden here`],
    ['another startup probe', engine({ startupProbe: {} }), `${container}.startupProbe: cannot be overridden here`],
    ['GPUs and memory', engine({ resources: {} }), 'set resources and accelerator instead'],
    ['a misspelt container', { spec: { containers: [{ name: 'vlm' }] } }, 'is named "vlm" and has no image'],
    ['a preStop hook', engine({ lifecycle: {} }), 'set lifecycle.preStopDelay instead'],
    ['a grace period', { spec: { terminationGracePeriodSeconds: 1 } }, 'set lifecycle.terminationGracePeriod instead'],
    ['links of Services', { spec: { enableServiceLinks: true } }, 'a Service in the namespace could change the engine'],
    ['a token', { spec: { automountServiceAccountToken: true } }, 'the engine never calls the Kubernetes API'],
    ['the selector’s label', { metadata: { labels: { app: 'x' } } }, 'metadata.labels.app: cannot be overridden here'],
    [
      'fields beside metadata and spec',
      { replicas: 2 },
      'is not a field of a pod template, which has metadata and spec',
    ],
    [
      'a container without name',
      { spec: { containers: [{ image: 'x' }] } },
      'has no name: the library cannot know which container it changes; add name: vllm',
    ],
    ['null as a template', { spec: null }, 'podTemplateOverrides.spec: is null; give an object'],
    ['a list as metadata', { metadata: [] }, 'podTemplateOverrides.metadata: is []; give an object'],
    ['no labels', { metadata: { labels: null } }, 'podTemplateOverrides.metadata.labels: is null; give an object'],
    ['text as annotations', { metadata: { annotations: 'a' } }, 'metadata.annotations: is "a"; give an object'],
    ['undefined as a template', { spec: undefined }, 'podTemplateOverrides.spec: is undefined; give an object'],
    ['no containers', { spec: { containers: null } }, 'spec.containers: is null; give a list, each item an object'],
    ['containers as a map', { spec: { containers: {} } }, 'spec.containers: is {}; give a list'],
    ['null among containers', { spec: { containers: [null] } }, `${container}: is null; give an object`],
    ['init containers as text', { spec: { initContainers: 'x' } }, 'spec.initContainers: is "x"; give a list'],
    ['volumes as text', { spec: { volumes: 'x' } }, 'spec.volumes: is "x"; give a list, each item an object'],
    ['no mounts', engine({ volumeMounts: null }), `${container}.volumeMounts: is null; give a list`],
    ['no ports', engine({ ports: null }), `${container}.ports: is null; give a list, each item an object`],
    [
      'text among the ports of an init container',
      { spec: { initContainers: [{ name: 'a', image: 'b', ports: ['http'] }] } },
      'spec.initContainers[0].ports[0]: is "http"; give an object',
    ],
    [
      'another port named http',
      engine({ ports: [{ name: 'http', containerPort: 9000 }] }),
      `${container}.ports[0] (http): cannot be overridden here; remove it: Service, probes and NetworkPolicy`,
    ],
    [
      'a port without name',
      engine({ ports: [{ containerPort: 9000 }] }),
      `${container}.ports[0]: has no name: the whole list would replace that of the pod; add name`,
    ],
    [
      'a mount without path',
      engine({ volumeMounts: [{ name: 'a' }] }),
      `${container}.volumeMounts[0]: has no mountPath`,
    ],
    ['a volume without name', { spec: { volumes: [{ emptyDir: {} }] } }, 'spec.volumes[0]: has no name'],
    [
      'other weights',
      { spec: { volumes: [{ name: 'models' }] } },
      'volumes[0] (models): cannot be overridden here; set weights instead',
    ],
    [
      'another cache',
      { spec: { volumes: [{ name: 'cache' }] } },
      'volumes[0] (cache): cannot be overridden here; remove it',
    ],
    ['other temporary files', { spec: { volumes: [{ name: 'tmp' }] } }, 'volumes[0] (tmp): cannot be overridden here'],
    ['other shared memory', { spec: { volumes: [{ name: 'shm' }] } }, 'set resources.sharedMemory instead'],
    [
      'a mount at /models/',
      engine({ volumeMounts: [{ mountPath: '/models/' }] }),
      '(/models/): cannot be overridden here',
    ],
    ['a mount at /cache', engine({ volumeMounts: [{ mountPath: '/cache' }] }), '(/cache): cannot be overridden here'],
    ['a mount at /tmp', engine({ volumeMounts: [{ mountPath: '/tmp' }] }), '(/tmp): cannot be overridden here'],
    [
      'a mount at /dev//shm',
      engine({ volumeMounts: [{ mountPath: '/dev//shm' }] }),
      'set resources.sharedMemory instead',
    ],
    ['shared processes', { spec: { shareProcessNamespace: true } }, 'vLLM must be process 1 of its container'],
    ['pods that do not restart', { spec: { restartPolicy: 'Never' } }, 'the pods of a Deployment always restart'],
    [
      'the label of a revision',
      { metadata: { labels: { 'pod-template-hash': 'x' } } },
      'metadata.labels.pod-template-hash: cannot be overridden here; remove it: the Deployment separates',
    ],
  ])('%s', (_, podTemplateOverrides, message) => {
    expect(refusalOf({ podTemplateOverrides })).toContain(message);
  });
});

describe('warns about', () => {
  const warnings = (livenessProbe: object | null) =>
    warningsWith({
      model: WITH_TOKEN,
      podTemplateOverrides: { spec: { containers: [{ name: 'vllm', livenessProbe }] } },
    });

  test.each([
    ['few failures', { failureThreshold: 3 }, 'after 30 s without an answer (failureThreshold 3, each 10 s)'],
    ['a short period', { periodSeconds: 2 }, 'after 24 s without an answer (failureThreshold 12, each 2 s)'],
    ['Kubernetes’ own number of failures', { failureThreshold: null }, 'after 30 s without an answer'],
    ['Kubernetes’ own period', { periodSeconds: null, failureThreshold: 5 }, 'after 50 s without an answer'],
  ])('a liveness probe with %s', (_, livenessProbe, message) => {
    expect(warnings(livenessProbe)).toContain(`containers[0].livenessProbe: restarts the engine ${message}`);
    expect(warnings(livenessProbe)).toContain('make it at least 60 s, or remove it [liveness-too-eager]');
  });

  test.each([
    ['a minute', { periodSeconds: 5 }],
    ['no probe', null],
    ['another timeout', { timeoutSeconds: 20 }],
  ])('but not about %s', (_, livenessProbe) => {
    expect(warnings(livenessProbe)).toBe('');
  });
});
