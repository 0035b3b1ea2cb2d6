import { ApiObject, App, Chart, Duration, Size, Testing } from 'cdk8s';
import {
  Accelerator,
  FindingSeverity,
  GpuModel,
  Model,
  Placement,
  Scaling,
  SecretKey,
  VllmInferenceStack,
  VllmVersion,
} from '../../lib';
import { refusalOf, stackWith, WITH_TOKEN } from '../support/stack';

const stderr = () => {
  const lines: string[] = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  return lines;
};

afterEach(() => jest.restoreAllMocks());

describe('refuses at the boundary', () => {
  test.each<[what: string, props: object, message: string]>([
    ['a misspelt property', { modl: 1 }, 'modl: unknown property (did you mean "model"?)'],
    ['a model as text', { model: 'x' }, 'model: is "x"; give a Model, for example Model.of('],
    ['a missing accelerator', { accelerator: undefined }, 'accelerator: is required and was not given'],
    ['an accelerator as an object', { accelerator: { gpu: 1 } }, 'accelerator: is {"gpu":1}; give an Accelerator'],
    ['a number as name', { name: 5 }, 'name: is 5; give lower-case letters, digits and "-"'],
    ['capitals in the name', { name: 'Vllm' }, 'name: is "Vllm"; give lower-case letters'],
    ['a name that begins with a digit', { name: '8b' }, 'beginning with a letter'],
    ['a name that leaves no room for suffixes', { name: 'a'.repeat(57) }, 'at most 56 characters'],
    ['an underscore in the namespace', { namespace: 'a_b' }, 'namespace: is "a_b"; give a namespace'],
    ['a version as text', { vllmVersion: '0.32.0' }, 'vllmVersion: is "0.32.0"; give a VllmVersion'],
    ['a text for a number', { engine: { maxModelLen: '8k' } }, 'engine.maxModelLen: is "8k"; give a whole number'],
    ['a fraction of a token', { engine: { maxNumSeqs: 1.5 } }, 'engine.maxNumSeqs: is 1.5; give a whole number'],
    ['NaN', { engine: { gpuMemoryUtilization: NaN } }, 'engine.gpuMemoryUtilization: is NaN; give a number'],
    ['a misspelt engine option', { engine: { maxModelLength: 1 } }, '(did you mean "maxModelLen"?)'],
    ['a text for a switch', { engine: { enforceEager: 'yes' } }, 'engine.enforceEager: is "yes"; give true or false'],
    ['a number for a size', { engine: { cpuOffload: 4 } }, 'engine.cpuOffload: is 4; give a Size'],
    ['a text for JSON', { engine: { kvTransferConfig: '{}' } }, 'engine.kvTransferConfig: is "{}"; give an object'],
    ['a text for a list', { engine: { loraModules: 'a=b' } }, 'engine.loraModules: is "a=b"; give a list'],
    ['a list as engine', { engine: [] }, 'engine: is []; give an object'],
    ['null as engine', { engine: null }, 'engine: is null; give an object'],
    ['a number among arguments', { extraArgs: [8] }, 'extraArgs[0]: is 8; give a string'],
    ['arguments as one text', { extraArgs: '--x' }, 'extraArgs: is "--x"; give a list'],
    ['a number as variable', { env: { A: 1 } }, 'env.A: is 1; give a string'],
    ['a secret as text', { apiKey: 'sk-1' }, 'a secret must not be text in the program'],
    ['a secret variable as text', { secretEnv: { A: 'b' } }, 'secretEnv.A: is a string, which is not printed'],
    ['a number of seconds', { lifecycle: { drainTimeout: 60 } }, 'lifecycle.drainTimeout: is 60; give a Duration'],
    [
      'a fraction of a second',
      { lifecycle: { drainTimeout: Duration.millis(500) } },
      'lifecycle.drainTimeout: is 0.5 s; give a Duration of whole seconds, at most 86400 s',
    ],
    ['a size as text', { resources: { memory: '16Gi' } }, 'resources.memory: is "16Gi"; give a Size'],
    ['no CPU', { resources: { cpu: 0 } }, 'resources.cpu: is 0; give a number of at least 0.1'],
    ['a number of replicas', { scaling: 3 }, 'scaling: is 3; give a Scaling, for example Scaling.fixed(2)'],
    ['a strategy as text', { delivery: 'Recreate' }, 'delivery: is "Recreate"; give a Delivery'],
    ['a placement as text', { placement: 'gke' }, 'placement: is "gke"; give a Placement'],
    ['weights as text', { weights: 's3://x' }, 'weights: is "s3://x"; give Weights'],
    ['a toleration without key', { tolerations: [{}] }, 'tolerations[0].key: is required and was not given'],
    ['an unknown effect', { tolerations: [{ key: 'a', effect: 'No' }] }, 'give one of NoSchedule, PreferNoSchedule'],
    ['capitals in a class', { priorityClassName: 'High' }, 'priorityClassName: is "High"; give the name of an object'],
    ['a skew of zero', { topologySpread: [{ topologyKey: 'a', maxSkew: 0 }] }, 'topologySpread[0].maxSkew: is 0'],
    ['a budget of zero', { disruptionBudget: { maxUnavailable: 0 } }, 'disruptionBudget.maxUnavailable: is 0'],
    ['a namespace as text', { network: { clientNamespaces: 'a' } }, 'network.clientNamespaces: is "a"; give a list'],
    [
      'a volume as an object',
      { extraVolumes: [{ name: 'a' }] },
      'extraVolumes[0]: is {"name":"a"}; give an ExtraVolume',
    ],
    ['a label value with a space', { labels: { a: 'b c' } }, 'labels.a: is "b c"; give a label value'],
    ['a label key with a space', { podLabels: { 'a b': 'c' } }, 'podLabels key: is "a b"; give a key'],
    ['a number as annotation', { annotations: { a: 1 } }, 'annotations.a: is 1; give a string'],
    ['overrides as text', { podTemplateOverrides: 'x' }, 'podTemplateOverrides: is "x"; give an object'],
    ['an acknowledgement without reason', { acknowledge: { a: '' } }, 'acknowledge.a: is ""; give a non-empty string'],
  ])('%s', (_, props, message) => {
    expect(refusalOf(props)).toContain(message);
  });
});

describe('refuses together', () => {
  test.each<[what: string, props: object, message: string]>([
    [
      'a budget that blocks every drain',
      { disruptionBudget: { minAvailable: 1 } },
      'disruptionBudget.minAvailable: is 1 of 1 replicas: a node with one of them can never be drained',
    ],
    [
      'two kinds of budget',
      { disruptionBudget: { minAvailable: 1, maxUnavailable: 1 }, scaling: Scaling.fixed(2) },
      'sets both minAvailable and maxUnavailable',
    ],
    ['another label for the selector', { labels: { app: 'x' } }, 'labels.app: is "x", but Service and Deployment'],
    [
      'a CPU request above the limit',
      { resources: { cpu: 8, cpuLimit: 4 } },
      'resources.cpuLimit: is 4 cores, less than the request of 8 cores',
    ],
    [
      'a memory request above the limit',
      { resources: { memory: Size.gibibytes(64), memoryLimit: Size.gibibytes(32) } },
      'resources.memory: is 64 GiB, more than the limit of 32 GiB',
    ],
    ['a key in arguments', { extraArgs: ['--api-key=abc'] }, 'set apiKey instead: anyone who can read pods'],
    ['a key as variable', { env: { VLLM_API_KEY: 'abc' } }, 'env.VLLM_API_KEY: is not for env; set apiKey instead'],
    [
      'a variable set twice',
      { env: { A: 'b' }, secretEnv: { A: SecretKey.of('a', 'b') } },
      'secretEnv.A: is in env too; keep one of them',
    ],
    [
      'a GPU that the provider does not name',
      {
        accelerator: Accelerator.gpu(GpuModel.of({ name: 'X1', memory: Size.mebibytes(48000) })),
        placement: Placement.gke(),
      },
      'GKE has no known label value for a X1',
    ],
  ])('%s', (_, props, message) => {
    expect(refusalOf(props)).toContain(message);
  });

  test('one error lists all problems of a stack', () => {
    const message = refusalOf({
      engine: { maxModelLen: 999999 },
      extraArgs: ['--swap-space=4'],
      env: { VLLM_LOGING_LEVEL: 'INFO' },
      lifecycle: { terminationGracePeriod: Duration.seconds(30) },
    });
    expect(message).toContain('VllmInferenceStack "test/Stack" has 4 problems:');
    expect(message).toContain('is 30 s, but stopping takes 155 s');
  });

  test('nothing is written when a stack is refused', () => {
    const app = new App({ outdir: '/nonexistent/never-made' });
    const chart = new Chart(app, 'c');
    const bad = () => new VllmInferenceStack(chart, 'S', { name: 'A' } as never);
    expect(bad).toThrow(/has 3 problems/);
    expect(chart.apiObjects).toEqual([]);
  });
});

describe('duplicate objects', () => {
  const model = Model.of('Qwen/Qwen3-8B');
  const accelerator = Accelerator.gpu(GpuModel.L40S);

  test('refuses two stacks of one name in one namespace, with both paths', () => {
    const app = Testing.app();
    const [one, two] = [new Chart(app, 'one'), new Chart(app, 'two')];
    new VllmInferenceStack(one, 'A', { name: 'same', model, accelerator });
    new VllmInferenceStack(two, 'B', { name: 'same', model, accelerator });
    expect(() => Testing.synth(one)).toThrow(
      /apps\/Deployment "same" in no namespace is emitted 2 times \(one\/A\/Deployment, two\/B\/Deployment\)/,
    );
  });

  test('refuses an object of the user with the name of ours', () => {
    const chart = new Chart(Testing.app(), 'c', { namespace: 'n' });
    new VllmInferenceStack(chart, 'A', { name: 'a', model, accelerator });
    new ApiObject(chart, 'Mine', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a-svc' } });
    expect(() => Testing.synth(chart)).toThrow(/core\/Service "a-svc" in namespace "n" is emitted 2 times/);
  });

  test('accepts one name in two namespaces', () => {
    const chart = new Chart(Testing.app(), 'c');
    for (const namespace of ['x', 'y']) {
      new VllmInferenceStack(chart, namespace, { name: 'a', namespace, model, accelerator });
    }
    expect(Testing.synth(chart)).toHaveLength(10);
  });
});

describe('findings', () => {
  test('warnings are printed with the path of the stack', () => {
    const lines = stderr();
    stackWith({ model: WITH_TOKEN, engine: { disableLogStats: true } });
    expect(lines).toEqual([
      expect.stringMatching(
        /^cdk8s-vllm: warning at test\/Stack: engine\.disableLogStats: removes every vllm:\* metric/,
      ),
    ]);
  });

  test('an acknowledged warning is not printed', () => {
    const lines = stderr();
    stackWith({
      model: WITH_TOKEN,
      engine: { disableLogStats: true },
      acknowledge: { 'no-metrics': 'load test only' },
    });
    expect(lines).toEqual([]);
  });

  test('an error cannot be acknowledged', () => {
    const acknowledge = { 'context-too-long': 'I know better' };
    expect(refusalOf({ engine: { maxModelLen: 999999 }, acknowledge })).toContain(
      '(an error cannot be acknowledged) [context-too-long]',
    );
  });

  test('warns about an acknowledgement without a finding', () => {
    const lines = stderr();
    stackWith({ acknowledge: { 'no-metrics': 'once' } });
    expect(lines.join('')).toContain('acknowledge.no-metrics: this finding is no longer reported; remove it');
  });

  test('notices are kept but not printed', () => {
    const lines = stderr();
    const { findings } = stackWith({ model: WITH_TOKEN });
    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
      ['driver-of-image', FindingSeverity.NOTICE],
      ['memory-few-sequences', FindingSeverity.NOTICE],
      ['placement-open', FindingSeverity.NOTICE],
      ['revision-open', FindingSeverity.NOTICE],
    ]);
    expect(lines).toEqual([]);
  });

  test('an upgraded version prints its changes for the stack', () => {
    const lines = stderr();
    stackWith({ vllmVersion: VllmVersion.of('0.32.0', { upgradingFrom: '0.31.0' }) });
    expect(lines.join('')).toContain('vLLM 0.32.0 differs from 0.31.0 for this stack');
    expect(lines.join('')).toContain('0.32: the default of --allowed-origins changes from ["*"] to []');
  });
});

test('a stack exposes its Service and the reasons of its numbers', () => {
  const { serviceName, servicePort, decisions } = stackWith();
  expect([serviceName, servicePort]).toEqual(['vllm-svc', 8000]);
  expect(decisions).toContainEqual({
    what: 'termination grace period',
    value: '155 s',
    reason: '15 s before SIGTERM, 120 s drain, 20 s teardown',
  });
});

test('a patch of the Deployment is kept', () => {
  const stack = stackWith();
  stack.workload.metadata.addAnnotation('a', 'b');
  expect(stack.workload.toJson().metadata.annotations).toEqual({ a: 'b' });
});
