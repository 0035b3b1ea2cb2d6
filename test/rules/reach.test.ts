import { Model, SecretKey, Weights } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import { errorsOf, idsOf, planOf, variableOf } from '../support/plan';

const ID = 'meta-llama/Llama-3.1-8B-Instruct';
const volume = (options = {}) => ({ model: Model.of(ID, options), weights: Weights.fromVolume({ claim: 'models' }) });

const lora = (...loraModules: string[]) => ({ engine: { enableLora: true, loraModules } });

describe('weights on a volume', () => {
  it.each([
    [
      volume({ tokenizer: 'hf/tokenizer' }),
      'model.tokenizer: names "hf/tokenizer" on the Hugging Face Hub, but the weights come from a volume and the pod never contacts the Hub; give its folder, for example "/models/tokenizer" [hub-is-not-asked]',
    ],
    [
      { ...volume(), engine: { speculativeConfig: { model: 'org/draft', num_speculative_tokens: 3 } } },
      'engine.speculativeConfig: names "org/draft" on the Hugging Face Hub, but the weights come from a volume and the pod never contacts the Hub; give its folder, for example "/models/draft" [hub-is-not-asked]',
    ],
    [
      volume({ accessToken: SecretKey.of('hf', 'token') }),
      'model.accessToken: is set, but the weights come from a volume and the pod never contacts the Hub; remove it: a missing Secret would block the pod [token-of-a-volume]',
    ],
  ])('refuses what only the Hub has: %#', (props, message) => {
    expect(errorsOf(props)).toEqual([message]);
  });

  it.each<[title: string, props: Partial<ServingProps>, named: string]>([
    ['an adapter', lora('sql=org/sql-lora'), 'engine.loraModules: names the adapter "org/sql-lora" on'],
    [
      'an adapter in JSON',
      lora('{"name":"sql","path":"org/sql"}'),
      'engine.loraModules: names the adapter "org/sql" on',
    ],
    ['an adapter without an owner', lora('sql=sql-lora'), 'engine.loraModules: names the adapter "sql-lora" on'],
    [
      'an adapter on the command line',
      { extraArgs: ['--enable-lora', '--lora-modules', 'a=/models/a', 'b=org/b'] },
      'extraArgs[1]: --lora-modules names the adapter "org/b" on',
    ],
    [
      'a configuration',
      { extraArgs: ['--hf-config-path=org/config'] },
      'extraArgs[0]: --hf-config-path names "org/config" on',
    ],
    [
      'a generation config',
      { engine: { generationConfig: 'org/model' } },
      'engine.generationConfig: names "org/model" on',
    ],
    [
      'a draft model by its own flag',
      { extraArgs: ['--spec-model=org/draft', '--spec-tokens=3', '--spec-method=draft_model'] },
      'names "org/draft" on',
    ],
    [
      'drafts of the model by its id',
      { engine: { speculativeConfig: { method: 'mtp', model: ID, num_speculative_tokens: 1 } } },
      `names "${ID}" on`,
    ],
    [
      'repositories of adapters',
      { engine: { enableLora: true }, env: { VLLM_LORA_RESOLVER_HF_REPO_LIST: 'org/loras' } },
      'env.VLLM_LORA_RESOLVER_HF_REPO_LIST: is "org/loras", from which adapters are downloaded, but',
    ],
  ])('refuses %s of the Hub', (_, props, named) => {
    const found = errorsOf({ ...volume(), ...props }).filter((line) => line.endsWith('[hub-is-not-asked]'));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(named);
  });

  it.each<[title: string, props: Partial<ServingProps>]>([
    ['an adapter in a folder', lora('sql=/models/adapters/sql')],
    ['the words of the generation config', { engine: { generationConfig: 'vllm' } }],
    ['drafts without a model', { engine: { speculativeConfig: { method: 'ngram', num_speculative_tokens: 3 } } }],
    [
      'the old name of such drafts',
      { extraArgs: ['--speculative-config={"model":"[ngram]","num_speculative_tokens":3}'] },
    ],
    [
      'adapters that clients load by path',
      { engine: { enableLora: true }, env: { VLLM_ALLOW_RUNTIME_LORA_UPDATING: 'True' } },
    ],
  ])('accepts %s', (_, props) => {
    expect(errorsOf({ ...volume(), ...props })).toEqual([]);
  });

  it('accepts folders', () => {
    const engine = { speculativeConfig: { model: '/models/draft', num_speculative_tokens: 3 } };
    expect(errorsOf({ ...volume({ tokenizer: '/models/tokenizer' }), engine })).toEqual([]);
  });
});

describe('the cache of the Hub on a claim, without the Hub', () => {
  const cached = { weights: Weights.fromHub({ cacheClaim: 'cache', offline: true }) };

  it('keeps every library from the Hub', () => {
    expect(variableOf(cached, 'HF_HUB_OFFLINE')).toBe('1');
    expect(variableOf(cached, 'TRANSFORMERS_OFFLINE')).toBe('1');
    expect(variableOf(cached, 'HF_HOME')).toBe('/models');
  });

  it('serves the model by its id, and names it so in the metrics', () => {
    expect(planOf(cached).args.slice(0, 2)).toEqual([ID, `--served-model-name=${ID}`]);
  });

  it('downloads nothing, and reads at the speed of a volume', () => {
    const { weights, resources } = planOf(cached);
    expect(weights.loadRate).toEqual({ value: 200, reason: 'planning figure for a network volume' });
    expect(resources.download).toBeUndefined();
  });

  it.each<[title: string, props: Partial<ServingProps>]>([
    ['a pinned revision', { model: Model.of(ID, { revision: 'main' }) }],
    ['a token', { model: Model.of(ID, { accessToken: SecretKey.of('hf', 'token') }) }],
    ['adapters by id, which may be in it', lora('sql=org/sql-lora')],
    ['a tokenizer by id', { model: Model.of(ID, { tokenizer: 'org/tokenizer' }) }],
    ['a draft model by id', { engine: { speculativeConfig: { model: 'org/draft', num_speculative_tokens: 3 } } }],
    ['names of the model', { model: Model.of(ID, { servedNames: ['llama'] }) }],
    ['the switch of another library', { env: { HF_DATASETS_OFFLINE: '1' } }],
  ])('accepts %s', (_, props) => {
    expect(errorsOf({ ...cached, ...props })).toEqual([]);
  });

  it('has no notice about an open revision', () => {
    expect(planOf(cached).findings.map(({ id }) => id)).not.toContain('revision-open');
  });

  it('refuses the variable, with the option to set', () => {
    expect(idsOf({ env: { HF_HUB_OFFLINE: '1' } })).toEqual(['owned-variable']);
    expect(errorsOf({ ...cached, env: { HF_HUB_OFFLINE: '1' } }).join()).toContain('offline: true');
  });
});

it('refuses a server that requires a certificate from the kubelet', () => {
  expect(errorsOf({ extraArgs: ['--ssl-cert-reqs=2'] })).toEqual([
    'extraArgs[0]: requires a certificate from every client, and the kubelet has none: the pod never becomes ready; use 0 or 1, or check client certificates in the gateway [client-certificates]',
  ]);
});
