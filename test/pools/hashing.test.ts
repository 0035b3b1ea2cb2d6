import type { VllmInferenceStackProps } from '../../lib';
import { SecretKey } from '../../lib';
import { messageOf, poolWith } from '../support/pool';
import { connector, events } from '../support/transfer';

type Props = Partial<VllmInferenceStackProps>;

const withEvents = (more: object = {}): Props => ({ engine: { maxModelLen: 16384, ...events().engine, ...more } });
const seed = (value: string): Props => ({ env: { PYTHONHASHSEED: value } });

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

describe('members of a pool whose hashes leave the pods', () => {
  it.each<[string, Props, Props, string]>([
    [
      'different seeds',
      { ...withEvents(), ...seed('1') },
      { ...withEvents(), ...seed('2') },
      'stacks[1]: is the stack "long" with PYTHONHASHSEED "2", and "short" has "1": all pods of a pool must hash blocks alike for KV events; remove PYTHONHASHSEED from env, or use the same one [pool-hashes-differ]',
    ],
    [
      'a seed beside the default',
      withEvents(),
      { ...withEvents(), ...seed('42') },
      'is the stack "long" with PYTHONHASHSEED "42", and "short" has "0"',
    ],
    [
      'different algorithms',
      withEvents({ prefixCachingHashAlgo: 'sha256_cbor' }),
      withEvents(),
      'is the stack "long", which hashes by sha256, and "short" by sha256_cbor: all pods of a pool must hash blocks alike for KV events; use the same engine.prefixCachingHashAlgo [pool-hashes-differ]',
    ],
  ])('fail with %s', (_, first, second, message) => {
    expect(messageOf(() => poolWith({}, first, second))).toContain(message);
  });

  it.each<[string, Props, Props]>([
    ['one seed', { ...withEvents(), ...seed('7') }, { ...withEvents(), ...seed('7') }],
    ['the default', withEvents(), withEvents()],
    ['the default of one algorithm, written', withEvents({ prefixCachingHashAlgo: 'sha256' }), withEvents()],
    ['a seed in a Secret', withEvents(), { ...withEvents(), secretEnv: { PYTHONHASHSEED: SecretKey.of('a', 'b') } }],
    ['different seeds where hashes stay in the pod', seed('1'), seed('2')],
    [
      'NIXL, which sends no hashes',
      { engine: { maxModelLen: 16384, ...connector('NixlConnector').engine }, ...seed('1') },
      { engine: { maxModelLen: 16384, ...connector('NixlConnector').engine }, ...seed('2') },
    ],
  ])('may have %s', (_, first, second) => {
    expect(poolWith({}, first, second).findings.map(({ id }) => id)).not.toContain('pool-hashes-differ');
  });
});
