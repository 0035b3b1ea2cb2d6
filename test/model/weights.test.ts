import { Size } from 'cdk8s';
import { Weights } from '../../lib';

const fromHub = (options: unknown) => () => Weights.fromHub(options as never);
const fromVolume = (options: unknown) => () => Weights.fromVolume(options as never);

describe('weights from the Hub', () => {
  it('are downloaded by each pod', () => {
    expect(Weights.fromHub()).toMatchObject({ claim: undefined, path: undefined, offline: false });
  });

  it('may be kept in a claim, and still come from the Hub', () => {
    expect(Weights.fromHub({ cacheClaim: 'cache' })).toMatchObject({ claim: 'cache', offline: false });
  });

  it('may be what a cache already has', () => {
    expect(Weights.fromHub({ cacheClaim: 'cache', offline: true })).toMatchObject({ claim: 'cache', offline: true });
    expect(Weights.fromHub({ cacheClaim: 'cache', offline: false }).offline).toBe(false);
    expect(Weights.fromHub({ offline: false }).offline).toBe(false);
  });
});

describe('weights from a volume', () => {
  it('never come from the Hub', () => {
    expect(Weights.fromVolume({ claim: 'models' })).toMatchObject({ claim: 'models', offline: true });
  });

  it('may be in a folder', () => {
    const loadRatePerSecond = Size.gibibytes(0.5);
    const weights = Weights.fromVolume({ claim: 'models', path: 'llama/8b', loadRatePerSecond });
    expect(weights).toMatchObject({ path: 'llama/8b', loadRatePerSecond });
  });
});

describe('weights', () => {
  it.each<[what: string, call: () => unknown, message: string]>([
    ['an option of the other kind', fromHub({ claim: 'a' }), 'claim: unknown property'],
    ['capitals in the cache claim', fromHub({ cacheClaim: 'A' }), 'cacheClaim: is "A"; give the name of a Persistent'],
    ['a number of bytes', fromHub({ loadRatePerSecond: 1e9 }), 'loadRatePerSecond: is 1000000000; give a Size'],
    ['a rate of zero', fromHub({ loadRatePerSecond: Size.mebibytes(0) }), 'give a Size of more than 0, for example'],
    [
      'offline without a cache',
      fromHub({ offline: true }),
      'offline: is true without a cache claim: each pod starts with',
    ],
    ['a word for offline', fromHub({ cacheClaim: 'a', offline: 'yes' }), 'offline: is "yes"; give true or false'],
    ['null as options of the Hub', fromHub(null), 'Weights.fromHub has 1 problem:\n  - options: is null'],
    ['no options of a volume', fromVolume(undefined), 'claim: is required and was not given'],
    ['a volume without claim', fromVolume({}), 'claim: is required and was not given; give the name of a Persistent'],
    ['a claim as text', fromVolume('models'), 'options: is "models"; give an object'],
    ['an absolute folder', fromVolume({ claim: 'a', path: '/llama' }), 'path: is "/llama"; give a folder inside'],
    ['a way out of the volume', fromVolume({ claim: 'a', path: 'b/../..' }), 'relative and without ".."'],
    ['an empty folder', fromVolume({ claim: 'a', path: '' }), 'path: is ""; give a folder inside the volume'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
