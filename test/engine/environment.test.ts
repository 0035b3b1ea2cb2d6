import { Size } from 'cdk8s';
import { Accelerator, Model, SecretKey, VllmVersion, Weights } from '../../lib';
import { errorsOf, idsOf, pinned, planOf, variableOf } from '../support/plan';

const TOKEN = SecretKey.of('hugging-face', 'token');
const OFFLINE =
  'remove it: it follows from weights; with a complete cache, set weights to Weights.fromHub({ cacheClaim, offline: true })';
const env = (name: string, value: string) => ({ env: { [name]: value } });

describe('the environment', () => {
  it('has what a read-only root and a quiet start need, sorted by name', () => {
    expect(planOf().environment).toEqual([
      { name: 'HF_HOME', value: '/models' },
      { name: 'HOME', value: '/cache' },
      { name: 'USER', value: 'vllm' },
      { name: 'VLLM_ENGINE_READY_TIMEOUT_S', value: '600' },
      { name: 'VLLM_NO_USAGE_STATS', value: '1' },
    ]);
  });

  it('does not use the Hub for weights on a volume', () => {
    const props = { weights: Weights.fromVolume({ claim: 'models' }) };
    expect(variableOf(props, 'HF_HUB_OFFLINE')).toBe('1');
    expect(variableOf(props, 'TRANSFORMERS_OFFLINE')).toBe('1');
    expect(variableOf(props, 'HF_HOME')).toBeUndefined();
  });

  it('refers to Secrets for the token and the API key', () => {
    const model = Model.of('meta-llama/Llama-3.1-8B-Instruct', { accessToken: TOKEN });
    expect(variableOf({ model }, 'HF_TOKEN')).toBe('hugging-face/token');
    expect(variableOf({ apiKey: SecretKey.of('api', 'key') }, 'VLLM_API_KEY')).toBe('api/key');
  });

  it('has what the user set, as text or from a Secret', () => {
    const props = { env: { VLLM_LOGGING_LEVEL: 'DEBUG' }, secretEnv: { S3_SECRET_ACCESS_KEY: TOKEN } };
    expect(errorsOf(props)).toEqual([]);
    expect(variableOf(props, 'VLLM_LOGGING_LEVEL')).toBe('DEBUG');
    expect(variableOf(props, 'S3_SECRET_ACCESS_KEY')).toBe('hugging-face/token');
  });

  it('lets the user replace what is only a default', () => {
    expect(variableOf(env('VLLM_NO_USAGE_STATS', '0'), 'VLLM_NO_USAGE_STATS')).toBe('0');
    expect(variableOf({ ...env('USER', 'me'), ...pinned('0.21.0') }, 'USER')).toBe('me');
  });
});

describe('the environment refuses', () => {
  it.each([
    'MY_TOKEN',
    'my_token',
    'DB_PASSWORD',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID',
    'OPENAI_API_KEY',
    'TLS_PRIVATE_KEY',
    'CLIENT_SECRET',
    'GCP_CREDENTIALS',
    'OTEL_EXPORTER_OTLP_HEADERS',
  ])('a value as text under the name %s', (name) => {
    expect(errorsOf(env(name, 'x'))).toEqual([
      `env.${name}: looks like a secret, and anyone who can read the YAML can see its value; put it into a Secret and set it in secretEnv with SecretKey.of [secret-as-text]`,
    ]);
  });

  it.each([
    ['a token of the Hub', 'hf_abcdefghijklmnopqrstuvwxyz'],
    ['a key of an API', 'sk-proj-abcdefghijklmnopqrstuvwxyz'],
    ['a key of AWS', 'AKIAIOSFODNN7EXAMPLE'],
    ['a token inside a longer value', 'authorization=Bearer hf_abcdefghijklmnopqrstuvwxyz'],
  ])('%s under any name', (_, value) => {
    expect(idsOf(env('ANY_NAME', value))).toEqual(['secret-as-text']);
  });

  it.each([
    ['VLLM_API_KEY', 'set apiKey instead'],
    ['HF_TOKEN', 'set accessToken in Model.of instead'],
    ['HUGGING_FACE_HUB_TOKEN', 'set accessToken in Model.of instead'],
    ['VLLM_ENGINE_READY_TIMEOUT_S', 'set lifecycle.startupBudget instead'],
    ['HOME', 'remove it: the writable caches are there'],
    ['HF_HOME', 'remove it: the volume of the weights is there; set weights instead'],
    ['HF_HUB_OFFLINE', OFFLINE],
    ['TRANSFORMERS_OFFLINE', OFFLINE],
    [
      'CUDA_VISIBLE_DEVICES',
      'remove it: the device plugin sets it, and vLLM cannot read the UUID of a MIG slice there',
    ],
    ['NVIDIA_VISIBLE_DEVICES', 'remove it: the device plugin sets it'],
    ['PROMETHEUS_MULTIPROC_DIR', 'remove it: vLLM creates a new folder, and would add up old files in another one'],
  ])('%s, which belongs to another property', (name, instead) => {
    expect(errorsOf(env(name, 'x'))).toEqual([`env.${name}: is not for env; ${instead} [owned-variable]`]);
    expect(errorsOf({ secretEnv: { [name]: TOKEN } })).toEqual([
      `secretEnv.${name}: is not for env; ${instead} [owned-variable]`,
    ]);
  });

  it('a typing error in the name of a vLLM variable, in env and in secretEnv', () => {
    const wrong =
      'vLLM 0.32.0 does not read VLLM_LOGING_LEVEL (did you mean "VLLM_LOGGING_LEVEL"?) and would ignore it; correct the name or remove it [unknown-variable]';
    expect(errorsOf(env('VLLM_LOGING_LEVEL', 'DEBUG'))).toEqual([`env.VLLM_LOGING_LEVEL: ${wrong}`]);
    expect(errorsOf({ secretEnv: { VLLM_LOGING_LEVEL: TOKEN } })).toEqual([`secretEnv.VLLM_LOGING_LEVEL: ${wrong}`]);
  });

  it('what is not a valid name of a variable', () => {
    expect(errorsOf(env('MY-VAR', 'x'))).toEqual([
      'env.MY-VAR: is not a valid name of a variable; use letters, digits and "_" [variable-name]',
    ]);
  });

  it('a variable that is set twice', () => {
    expect(errorsOf({ ...env('A', 'b'), secretEnv: { A: TOKEN } })).toEqual([
      'secretEnv.A: is in env too; keep one of them [variable-twice]',
    ]);
  });
});

describe('the environment of a device with a plugin', () => {
  const on = (resource: string, name: string) =>
    errorsOf({
      ...env(name, '1'),
      accelerator: Accelerator.resource(resource, 1, { memory: Size.gibibytes(64) }),
      vllmVersion: VllmVersion.of('0.32.0', { repository: 'registry.acme.dev/vllm' }),
    });

  it.each([
    ['huawei.com/Ascend910', 'VLLM_ASCEND_ENABLE_NZ'],
    ['habana.ai/gaudi', 'VLLM_PROMPT_BS_BUCKET_MAX'],
    ['habana.ai/gaudi', 'VLLM_SKIP_WARMUP'],
    ['ibm.com/spyre_vf', 'VLLM_SPYRE_DYNAMO_BACKEND'],
    ['google.com/tpu', 'VLLM_TPU_BUCKET_PADDING_GAP'],
  ])('accepts variables of the plugin: %s, %s', (resource, name) => {
    expect(on(resource, name)).toEqual([]);
  });

  it('refuses a typing error in a name of vLLM', () => {
    expect(on('huawei.com/Ascend910', 'VLLM_LOGING_LEVEL')).toEqual([
      expect.stringContaining('did you mean "VLLM_LOGGING_LEVEL"?'),
    ]);
  });

  it('refuses the same variables on a GPU that vLLM supports itself', () => {
    expect(on('amd.com/gpu', 'VLLM_ASCEND_ENABLE_NZ')).toEqual([expect.stringContaining('does not read')]);
  });
});

describe('the environment accepts', () => {
  it.each([
    ['TOKENIZERS_PARALLELISM', 'false'],
    ['AWS_WEB_IDENTITY_TOKEN_FILE', '/var/run/secrets/token'],
    ['GOOGLE_APPLICATION_CREDENTIALS', '/var/secrets/key.json'],
    ['VLLM_LOGGING_PREFIX', 'risk-assessment-of-a-long-name '],
    ['HF_HUB_DOWNLOAD_TIMEOUT', '60'],
    ['VLLM_MAX_TOKENS_PER_EXPERT_FP4_MOE', '163840'],
    ['NCCL_SOCKET_IFNAME', 'eth0'],
    ['toString', 'x'],
  ])('%s, which is no secret', (name, value) => {
    expect(errorsOf(env(name, value))).toEqual([]);
  });

  it('names that every object inherits, in secretEnv too', () => {
    expect(errorsOf({ secretEnv: { toString: TOKEN, constructor: TOKEN } })).toEqual([]);
  });

  it('any vLLM variable for a version about which nothing is known', () => {
    expect(errorsOf({ vllmVersion: VllmVersion.unchecked('0.40.0'), ...env('VLLM_NEW_THING', '1') })).toEqual([]);
  });
});
