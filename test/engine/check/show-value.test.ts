import { showValue, showValues } from '../../../lib/engine/check/show-value';

const NOT_PRINTED = 'a value that is not printed';

describe('a value in a message', () => {
  it.each<[flag: string, value: unknown, shown: string]>([
    ['--seed', '1', '"1"'],
    ['--max-num-batched-tokens', '8192', '"8192"'],
    ['--ssl-keyfile', '/tls/key.pem', '"/tls/key.pem"'],
    ['kv_role', ['both'], '["both"]'],
    ['--api-server-count', '2', '"2"'],
    ['--chat-template', 'a'.repeat(100), `"${'a'.repeat(76)}...`],
  ])('of %s is printed', (flag, value, shown) => {
    expect(showValue(flag, value)).toBe(shown);
  });

  it.each([
    '--api-key',
    '--api_key',
    '--api-k',
    '--hf-token',
    '--hf_token',
    '--hf-tok',
    '--ssl-keyfile-password',
    '--ssl_keyfile_password',
    '--ssl-keyfile-pass',
    '--model-loader-extra-config.access_token',
    'password',
  ])('of %s is not printed', (flag) => {
    expect(showValue(flag, 'x')).toBe(NOT_PRINTED);
  });

  it('is not printed when a secret is inside of it', () => {
    expect(showValue('--seed', { a: `hf_${'a'.repeat(30)}` })).toBe(NOT_PRINTED);
  });

  it('is not printed beside a secret', () => {
    expect(showValues('--seed', ['1', '2'])).toBe('"1" "2"');
    expect(showValues('--seed', ['1', `hf_${'a'.repeat(30)}`])).toBe(NOT_PRINTED);
  });
});
