import { CpuUnit, MemoryUnit, PodField, SecretKey } from '../../lib';
import type { VllmInferenceStackProps } from '../../lib';
import { errorsOf, idsOf, planOf, warningsOf } from '../support/plan';
import { containerWith, refusalOf, stackWith, WITH_TOKEN } from '../support/stack';

const { POD_IP, NAME } = PodField;

const valueFrom = (field: PodField) =>
  containerWith({ fieldEnv: { X: field } }).env.find(({ name }: { name: string }) => name === 'X').valueFrom;

describe('a variable from the pod', () => {
  it.each([
    ['POD_IP', PodField.POD_IP, 'status.podIP'],
    ['POD_IPS', PodField.POD_IPS, 'status.podIPs'],
    ['HOST_IP', PodField.HOST_IP, 'status.hostIP'],
    ['NODE_NAME', PodField.NODE_NAME, 'spec.nodeName'],
    ['SERVICE_ACCOUNT_NAME', PodField.SERVICE_ACCOUNT_NAME, 'spec.serviceAccountName'],
    ['NAME', PodField.NAME, 'metadata.name'],
    ['NAMESPACE', PodField.NAMESPACE, 'metadata.namespace'],
    ['UID', PodField.UID, 'metadata.uid'],
    ['label', PodField.label('app.kubernetes.io/name'), "metadata.labels['app.kubernetes.io/name']"],
    ['annotation', PodField.annotation('example.com/zone'), "metadata.annotations['example.com/zone']"],
  ])('reads the field of %s', (_, field, fieldPath) => {
    expect(valueFrom(field)).toEqual({ fieldRef: { fieldPath } });
  });

  it.each([
    ['cpuLimit', PodField.cpuLimit(), 'limits.cpu', '1'],
    ['cpuRequest', PodField.cpuRequest({ unit: CpuUnit.MILLICORES }), 'requests.cpu', '1m'],
    ['memoryLimit', PodField.memoryLimit({ unit: MemoryUnit.MEBIBYTES }), 'limits.memory', '1Mi'],
    ['memoryRequest', PodField.memoryRequest(), 'requests.memory', '1'],
    ['ephemeralStorageRequest', PodField.ephemeralStorageRequest(), 'requests.ephemeral-storage', '1'],
  ])('reads the resource of %s in its unit', (_, field, resource, divisor) => {
    expect(valueFrom(field)).toEqual({ resourceFieldRef: { resource, divisor } });
  });

  it('wins over the variable that the library sets', () => {
    expect(planOf({ fieldEnv: { USER: NAME } }).environment).toContainEqual({ name: 'USER', field: 'metadata.name' });
  });

  it.each([
    ['a key with a quote', () => PodField.label("a']"), 'PodField.label'],
    ['an empty key', () => PodField.annotation(''), 'PodField.annotation'],
    ['a unit of CPU for memory', () => PodField.memoryLimit({ unit: '1m' as never }), 'PodField.memoryLimit'],
    ['an unknown option', () => PodField.cpuLimit({ divisor: '1' } as never), 'PodField.cpuLimit'],
  ])('fails for %s', (_, make, subject) => {
    expect(make).toThrow(subject);
  });

  it.each<[string, object, string]>([
    ['a path as text', { POD_IP: 'status.podIP' }, 'fieldEnv.POD_IP: is "status.podIP"; give a PodField'],
    ['a field of the API', { POD_IP: { fieldRef: { fieldPath: 'status.podIP' } } }, 'give a PodField'],
    ['a factory that is not called', { LABEL: PodField.label }, 'give a PodField'],
    ['a wrong name', { 'POD-IP': POD_IP }, 'fieldEnv.POD-IP: is not a valid name of a variable'],
    ['a variable of another property', { HF_HOME: NAME }, 'fieldEnv.HF_HOME: is not for env; remove it'],
    ['an unknown variable of vLLM', { VLLM_HOSTIP: POD_IP }, 'fieldEnv.VLLM_HOSTIP: vLLM 0.32.0 does not read'],
    ['a list', [], 'fieldEnv: is []'],
  ])('refuses %s', (_, fieldEnv, message) => {
    expect(refusalOf({ fieldEnv })).toContain(message);
  });

  it.each<[string, Partial<VllmInferenceStackProps>, string]>([
    ['env', { env: { A: 'b' } }, 'fieldEnv.A: is in env too; keep one of them [variable-twice]'],
    [
      'secretEnv',
      { secretEnv: { A: SecretKey.of('s', 'k') } },
      'fieldEnv.A: is in secretEnv too; keep one of them [variable-twice]',
    ],
  ])('refuses a variable that is in %s too', (_, other, message) => {
    expect(errorsOf({ ...other, fieldEnv: { A: NAME } })).toEqual([message]);
  });
});

describe('an address of vLLM', () => {
  it.each([
    'VLLM_HOST_IP',
    'VLLM_NIXL_SIDE_CHANNEL_HOST',
    'VLLM_P2P_SIDE_CHANNEL_HOST',
    'VLLM_EC_SIDE_CHANNEL_HOST',
    'VLLM_DP_MASTER_IP',
  ])('may be the address of the pod in %s', (name) => {
    expect(idsOf({ fieldEnv: { [name]: POD_IP } })).toEqual([]);
  });

  it.each([
    ['metadata.name', PodField.NAME],
    ['metadata.namespace', PodField.NAMESPACE],
    ['metadata.uid', PodField.UID],
    ['spec.nodeName', PodField.NODE_NAME],
    ['spec.serviceAccountName', PodField.SERVICE_ACCOUNT_NAME],
    ['requests.cpu', PodField.cpuRequest()],
    ['limits.memory', PodField.memoryLimit()],
  ])('fails as %s', (source, field) => {
    expect(errorsOf({ fieldEnv: { VLLM_HOST_IP: field } })).toEqual([
      `fieldEnv.VLLM_HOST_IP: is ${source}, and vLLM reads an address; use PodField.POD_IP [variable-not-an-address]`,
    ]);
  });

  it.each([
    ['status.podIPs', PodField.POD_IPS],
    ['status.hostIP', PodField.HOST_IP],
  ])('warns about %s', (source, field) => {
    const [first, ...others] = warningsOf({ fieldEnv: { VLLM_HOST_IP: field } });
    expect(first).toContain(`is ${source}, `);
    expect(others).toEqual([]);
  });

  it('may be a label, whose value is not known', () => {
    expect(errorsOf({ fieldEnv: { VLLM_HOST_IP: PodField.label('address') } })).toEqual([]);
  });
});

describe('a number that vLLM reads', () => {
  it.each([
    ['VLLM_NIXL_SIDE_CHANNEL_PORT', PodField.POD_IP],
    ['VLLM_PORT', PodField.NAME],
    ['VLLM_MOONCAKE_BOOTSTRAP_PORT', PodField.UID],
  ])('fails as text in %s', (name, field) => {
    expect(idsOf({ fieldEnv: { [name]: field } })).toEqual(['wrong-variable-value']);
  });

  it.each([
    ['an amount', PodField.cpuRequest()],
    ['a label, whose value is not known', PodField.label('port')],
  ])('may be %s', (_, field) => {
    expect(errorsOf({ fieldEnv: { VLLM_PORT: field } })).toEqual([]);
  });
});

describe('a field that the pod does not have', () => {
  const found = (props: Partial<VllmInferenceStackProps>) =>
    stackWith({ model: WITH_TOKEN, ...props }).findings.filter(({ id }) => id.startsWith('pod-field'));

  it.each<[string, Partial<VllmInferenceStackProps>]>([
    ['a label that podLabels sets', { fieldEnv: { T: PodField.label('team') }, podLabels: { team: 'a' } }],
    ['a label of every stack', { fieldEnv: { T: PodField.label('app.kubernetes.io/instance') } }],
    ['the zone, which Kubernetes copies', { fieldEnv: { T: PodField.label('topology.kubernetes.io/zone') } }],
    ['the hash of the ReplicaSet', { fieldEnv: { T: PodField.label('pod-template-hash') } }],
    [
      'an annotation of the overrides',
      {
        fieldEnv: { T: PodField.annotation('note') },
        podTemplateOverrides: { metadata: { annotations: { note: 'a' } } },
      },
    ],
    ['a CPU limit that is set', { fieldEnv: { T: PodField.cpuLimit() }, resources: { cpuLimit: 16 } }],
    ['the memory limit, which every stack has', { fieldEnv: { T: PodField.memoryLimit() } }],
  ])('is not %s', (_, props) => {
    expect(found(props)).toEqual([]);
  });

  it.each<[string, Partial<VllmInferenceStackProps>, string]>([
    [
      'a misspelt label',
      { fieldEnv: { T: PodField.label('tema') }, podLabels: { team: 'a' } },
      'is the label "tema", which the pod does not have (did you mean "team"?): the variable is empty',
    ],
    [
      'an annotation that only the ServiceAccount has',
      { fieldEnv: { T: PodField.annotation('role') }, serviceAccountAnnotations: { role: 'a' } },
      'is the annotation "role", which the pod does not have: the variable is empty',
    ],
    [
      'a label that an override removes',
      {
        fieldEnv: { T: PodField.label('team') },
        podLabels: { team: 'a' },
        podTemplateOverrides: { metadata: { labels: { team: null } } },
      },
      'is the label "team", which the pod does not have: the variable is empty',
    ],
    [
      'a CPU limit that is unset',
      { fieldEnv: { T: PodField.cpuLimit() } },
      'is limits.cpu, and the container has no CPU limit: the variable has the cores of the node',
    ],
  ])('warns about %s', (_, props, problem) => {
    expect(found(props).map((each) => `${each.subject}: ${each.problem}`)).toEqual([`fieldEnv.T: ${problem}`]);
  });
});
