import { Model, SecretKey, Weights } from '../../lib';
import { errorsOf } from '../support/plan';

const ID = 'meta-llama/Llama-3.1-8B-Instruct';
const volume = (options = {}) => ({ model: Model.of(ID, options), weights: Weights.fromVolume({ claim: 'models' }) });

describe('weights on a volume', () => {
  it.each([
    [
      volume({ tokenizer: 'hf/tokenizer' }),
      'model.tokenizer: names "hf/tokenizer" on the Hugging Face Hub, but the weights come from a volume and the pod never contacts the Hub; give its folder, for example "/models/tokenizer" [hub-is-not-asked]',
    ],
    [
      { ...volume(), engine: { speculativeConfig: { model: 'org/draft', num_speculative_tokens: 3 } } },
      'engine.speculativeConfig: names "org/draft" on the Hugging Face Hub, but the weights come from a volume and the pod never contacts the Hub; give its folder, for example "/models/tokenizer" [hub-is-not-asked]',
    ],
    [
      volume({ accessToken: SecretKey.of('hf', 'token') }),
      'model.accessToken: is set, but the weights come from a volume and the pod never contacts the Hub; remove it: a missing Secret would block the pod [token-of-a-volume]',
    ],
  ])('refuses what only the Hub has: %#', (props, message) => {
    expect(errorsOf(props)).toEqual([message]);
  });

  it('accepts folders', () => {
    const engine = { speculativeConfig: { model: '/models/draft', num_speculative_tokens: 3 } };
    expect(errorsOf({ ...volume({ tokenizer: '/models/tokenizer' }), engine })).toEqual([]);
  });
});

it('refuses a server that requires a certificate from the kubelet', () => {
  expect(errorsOf({ extraArgs: ['--ssl-cert-reqs=2'] })).toEqual([
    'extraArgs[0]: requires a certificate from every client, and the kubelet has none: the pod never becomes ready; use 0 or 1, or check client certificates in the gateway [client-certificates]',
  ]);
});
