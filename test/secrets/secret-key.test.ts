import { SecretKey } from '../../lib';

describe('a key of a Secret', () => {
  it('contains names, never a value', () => {
    expect({ ...SecretKey.of('hugging-face', 'token') }).toEqual({ secretName: 'hugging-face', key: 'token' });
  });

  it('may be a file name', () => {
    expect(SecretKey.of('tls.example.com', 'ca_2026.crt').key).toBe('ca_2026.crt');
  });

  it.each<[what: string, call: () => unknown, message: string]>([
    ['capitals in the name', () => SecretKey.of('HuggingFace', 'token'), 'secretName: is "HuggingFace"; give the name'],
    ['an underscore in the name', () => SecretKey.of('hf_token', 'token'), 'secretName: is "hf_token"; give the name'],
    ['an empty name', () => SecretKey.of('', 'token'), 'secretName: is ""'],
    ['a slash in the key', () => SecretKey.of('hf', 'a/b'), 'key: is "a/b"; give a key of that Secret: letters'],
    ['no key', () => SecretKey.of('hf', undefined as never), 'key: is required and was not given'],
    ['a number as key', () => SecretKey.of('hf', 1 as never), 'key: is 1; give a key of that Secret'],
    ['null for both', () => SecretKey.of(null as never, null as never), 'SecretKey.of has 2 problems'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
