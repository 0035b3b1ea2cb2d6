import { Model, Scaling, Signal } from '../../lib';
import { refusalOf, stackWith } from '../support/stack';

beforeEach(() => void jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => void jest.restoreAllMocks());

/** What a user of another tool writes, and what the one message must have. */
const MISTAKES: readonly [props: object, message: string][] = [
  [{ replicas: 3 }, 'replicas: unknown property; set scaling: Scaling.fixed(<number>) instead'],
  [{ replicaCount: 3 }, 'set scaling: Scaling.fixed(<number>) instead'],
  [{ minReplicas: 1 }, 'set scaling: Scaling.keda({ minReplicas, maxReplicas }) instead'],
  [{ autoscaling: { enabled: true } }, 'Scaling.keda'],
  [{ gpus: 2 }, 'set accelerator instead, for example Accelerator.gpu(GpuModel.H100, 2)'],
  [{ gpu: 1 }, 'set accelerator instead'],
  [{ image: 'vllm/vllm-openai:latest' }, 'set vllmVersion instead'],
  [{ tag: 'v0.32.0' }, 'set vllmVersion instead'],
  [{ tensorParallelSize: 2 }, 'set engine.tensorParallelSize instead'],
  [{ 'tensor-parallel-size': 2 }, 'set engine.tensorParallelSize instead'],
  [{ max_model_len: 4096 }, 'set engine.maxModelLen instead'],
  [{ maxModelLen: 4096 }, 'set engine.maxModelLen instead'],
  [{ gpuMemoryUtilization: 0.9 }, 'set engine.gpuMemoryUtilization instead'],
  [{ args: ['--seed=1'] }, 'in extraArgs'],
  [{ command: ['vllm'] }, 'command: unknown property; remove it: the image starts vLLM'],
  [{ nodeSelector: {} }, 'Placement.nodeLabels'],
  [{ affinity: {} }, 'podTemplateOverrides: { spec: { affinity } }'],
  [{ volumes: [] }, 'set extraVolumes instead'],
  [{ volumeMounts: [] }, 'set extraVolumes instead'],
  [{ port: 8000 }, 'remove it: pods, Service and NetworkPolicy use port 8000'],
  [{ hfToken: 'x' }, 'set accessToken: SecretKey.of(name, key) in Model.of instead'],
  [{ modelId: 'a/b' }, 'Model.of(<id>)'],
  [{ servedModelName: 'a' }, 'set servedNames in Model.of instead'],
  [{ dtype: 'half' }, 'set dtype in Model.of instead'],
  [{ ingress: {} }, 'set routes instead'],
  [{ serviceMonitor: {} }, 'Monitor.service()'],
  [{ livenessProbe: {} }, 'lifecycle.startupBudget'],
  [{ securityContext: {} }, 'podTemplateOverrides'],
  [{ serviceAccountName: 'a' }, 'podTemplateOverrides'],
  [{ storageClass: 'gp3' }, 'Weights.fromHub({ cacheClaim })'],
  [{ pvc: 'a' }, 'Weights.fromHub({ cacheClaim })'],
  [{ shmSize: '10Gi' }, 'set resources.sharedMemory instead'],
  [{ terminationGracePeriodSeconds: 60 }, 'set lifecycle.terminationGracePeriod instead'],
  [{ pdb: {} }, 'set disruptionBudget instead'],
  [{ strategy: {} }, 'set delivery instead'],
  [{ modle: 'a' }, 'did you mean "model"?'],
  [{ engine: { dtype: 'half' } }, 'engine.dtype: unknown property; set dtype in Model.of instead'],
  [{ engine: { apiKey: 'x' } }, 'set apiKey of the stack instead'],
  [{ engine: { replicas: 1 } }, 'Scaling.fixed(<number>) of the stack'],
  [{ engine: { tp: 2 } }, 'set tensorParallelSize instead'],
  [{ engine: { 'max-model-len': 1 } }, 'did you mean "maxModelLen"?'],
  [{ engine: { gpuMemoryUtilization: '0.9' } }, 'is "0.9"; give a number from 0 to 1, for example 0.9, without quotes'],
  [{ engine: { maxModelLen: '4096' } }, 'is "4096"; give a whole number of at least 1, without quotes'],
  [{ engine: { enforceEager: 'True' } }, 'is "True"; give true or false, without quotes'],
  [{ engine: { maxModelLen: '8k' } }, 'is "8k"; give a whole number'],
  [{ extraArgs: ['-e', 'HF_HOME=/cache'] }, 'set env of the stack instead'],
  [{ extraArgs: ['-e=HF_HOME'] }, 'set env of the stack instead'],
  [{ extraArgs: ['--env', 'A=b'] }, 'set env of the stack instead'],
  [{ extraArgs: ['--gpus', 'all'] }, 'set accelerator of the stack instead'],
  [{ extraArgs: ['-e HF_TOKEN=a'] }, '-e is a flag of docker run; set env of the stack instead, or secretEnv'],
  [{ extraArgs: [`-e HF_TOKEN=hf_${'a'.repeat(34)}`] }, '-e is a flag of docker run; set env of the stack instead'],
  [{ extraArgs: ['--env=A=b'] }, '--env is a flag of docker run; set env'],
  [{ extraArgs: ['-v ~/.cache/huggingface:/root/.cache/huggingface'] }, '-v is a flag of docker run; set weights'],
  [{ extraArgs: ['--group-add render'] }, 'set podUser of the stack instead, with supplementalGroups'],
  [{ extraArgs: ['vllm/vllm-openai-cpu:v0.32.0'] }, 'is an image; set vllmVersion'],
  [{ extraArgs: ['--gpus=all'] }, '--gpus is a flag of docker run; set accelerator'],
  [{ extraArgs: ['-p', '8000:8000'] }, 'remove it: pods and Service use port 8000'],
  [{ extraArgs: ['-v', '~/.cache:/root/.cache'] }, 'set weights of the stack instead'],
  [{ extraArgs: ['--ipc=host'] }, 'resources.sharedMemory'],
  [{ extraArgs: ['--shm-size', '10g'] }, 'resources.sharedMemory'],
  [{ extraArgs: ['--runtime', 'nvidia'] }, 'set runtimeClassName'],
  [{ extraArgs: ['--rm'] }, '--rm is a flag of docker run; remove it'],
  [{ extraArgs: ['-it'] }, 'is a flag of docker run; remove it'],
  [{ extraArgs: ['docker run --gpus all vllm/vllm-openai --model a/b'] }, 'is a whole command'],
  [{ extraArgs: ['vllm serve a/b --seed 1'] }, 'is a whole command'],
  [{ extraArgs: ['python3 -m vllm.entrypoints.openai.api_server --model a/b'] }, 'is a whole command'],
  [{ extraArgs: ['vllm/vllm-openai:latest'] }, 'is an image; set vllmVersion'],
  [{ extraArgs: ['vllm'] }, 'is "vllm", a part of the command'],
  [{ extraArgs: ['serve'] }, 'a part of the command'],
  [{ extraArgs: ['--seed=1', '\\'] }, 'continues a line in a shell only'],
  [{ extraArgs: ['--model', 'a/b'] }, 'set model instead'],
  [{ extraArgs: ['--seed 1 --max-logprobs 5'] }, 'write "--seed=1", "--max-logprobs=5"'],
  [{ extraArgs: ['--seed 1 \\'] }, 'write "--seed=1" or two items'],
  [{ engine: { speculativeConfig: { metod: 'ngram', num_speculative_tokens: 3 } } }, 'did you mean "method"?'],
  [{ extraArgs: ["--speculative-config={'method':'ngram'}"] }, 'write it with double quotes: give a JSON object'],
  [{ extraArgs: ['--hf-overrides={"a":1,}'] }, 'remove the comma before the bracket'],
  [{ extraArgs: ['--limit-mm-per-prompt=image=4'] }, 'give a JSON object: {"image": 4}'],
];

describe('a mistake of a user of another tool', () => {
  it.each(MISTAKES)('fails for %j with what to write', (props, message) => {
    const refusal = refusalOf(props);
    expect(refusal).toContain(message);
    expect(refusal).toMatch(/has 1 problem:/);
  });

  it.each([
    [{ minReplicaCount: 1 }, 'set minReplicas instead'],
    [{ triggers: [] }, 'set signals instead'],
    [{ cooldownPeriod: 300 }, 'set cooldown in scaleToZero instead'],
    [{ idleReplicaCount: 0 }, 'set scaleToZero: {} instead'],
    [{ behavior: {} }, 'set speed instead'],
  ])('fails in Scaling.keda for %j', (options, message) => {
    const given = { maxReplicas: 2, signals: [Signal.inFlightRequests()], ...options };
    expect(() => Scaling.keda(given as never)).toThrow(message);
  });
});

it('warns about a number that vLLM does not list, without a word about plugins', () => {
  const { findings } = stackWith({ engine: { blockSize: 48 } });
  const [finding] = findings.filter(({ id }) => id === 'unlisted-choice');
  expect(finding?.problem).toBe('--block-size is "48", which vLLM does not list');
  expect(finding?.fix).toBe('give one of 1, 8, 16, 32, 64, 128, 256');
});

describe('accepted', () => {
  it.each<[what: string, props: object]>([
    ['words of a shell as values', { extraArgs: ['--seed', '1', '--chat-template-content-format', 'auto'] }],
    [
      'a text that is a number where a text is needed',
      { engine: { generationConfig: 'vllm' }, labels: { shard: '1' } },
    ],
    ['a name of the model that is a word of a shell', { model: Model.of('a/b', { servedNames: ['run', 'serve'] }) }],
    ['short forms of flags', { extraArgs: ['-O2'] }],
    ['a text of true in a variable', { env: { HF_HUB_DISABLE_XET: 'true', OMP_NUM_THREADS: '1' } }],
  ])('is %s', (_, props) => {
    expect(() => stackWith(props)).not.toThrow();
  });
});
