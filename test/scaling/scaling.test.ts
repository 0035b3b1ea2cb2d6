import { Duration } from 'cdk8s';
import { Scaling } from '../../lib';

const fixed = (replicas: unknown) => () => Scaling.fixed(replicas as never);
const keda = (options: unknown) => () => Scaling.keda(options as never);
const with40 = (options: object) => keda({ maxReplicas: 40, ...options });

describe('a fixed number of replicas', () => {
  it('is the number that is set', () => {
    expect(Scaling.fixed(3).replicas).toBe(3);
  });

  it.each<[what: string, call: () => unknown, message: string]>([
    ['no replicas', fixed(0), 'Scaling.fixed has 1 problem:\n  - replicas: is 0; give a whole number of at least 1'],
    ['a negative number', fixed(-1), 'replicas: is -1'],
    ['half a replica', fixed(1.5), 'replicas: is 1.5'],
    ['NaN', fixed(NaN), 'replicas: is NaN; give a whole number of at least 1'],
    ['endless replicas', fixed(Infinity), 'replicas: is Infinity'],
    ['a number in quotes', fixed('2'), 'replicas: is "2"'],
    ['options', fixed({ replicas: 2 }), 'replicas: is {"replicas":2}'],
    ['null', fixed(null), 'replicas: is null'],
    ['nothing', fixed(undefined), 'replicas: is required and was not given; give a whole number of at least 1'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('scaling with KEDA', () => {
  it('has no fixed number of replicas', () => {
    expect(Scaling.keda({ maxReplicas: 4 }).replicas).toBeUndefined();
  });

  it.each<[what: string, call: () => unknown, message: string]>([
    ['no options', keda(undefined), 'maxReplicas: is required and was not given'],
    ['a number for options', keda(40), 'options: is 40; give an object'],
    ['options without a maximum', keda({}), 'maxReplicas: is required and was not given'],
    ['a maximum of 0', keda({ maxReplicas: 0 }), 'maxReplicas: is 0; give a whole number of at least 1'],
    ['a limit in quotes', keda({ maxReplicas: '40' }), 'maxReplicas: is "40"'],
    ['a maximum of 1.5', keda({ maxReplicas: 1.5 }), 'maxReplicas: is 1.5'],
    ['a minimum of 0', with40({ minReplicas: 0 }), 'minReplicas: is 0; give a whole number of at least 1'],
    ['a negative warm pool', with40({ warmPool: -1 }), 'warmPool: is -1; give a whole number of at least 0'],
    ['a warm pool of true', with40({ warmPool: true }), 'warmPool: is true'],
    ['a misspelt property', with40({ maxReplica: 4 }), 'maxReplica: unknown property (did you mean "maxReplicas"?)'],
    ['no signals at all', with40({ signals: [] }), 'signals: is []; give a list of at least 1'],
    ['one signal without a list', with40({ signals: {} }), 'signals: is {}; give a list of at least 1'],
    [
      'the name of a signal',
      with40({ signals: ['rps'] }),
      'signals[0]: is "rps"; give a Signal, for example Signal.inFlightRequests()',
    ],
    ['null for a signal', with40({ signals: [null] }), 'signals[0]: is null; give a Signal'],
    [
      'an address for a server',
      with40({ prometheus: 'http://p' }),
      'prometheus: is "http://p"; give PrometheusServer.at(',
    ],
    ['a window in seconds', with40({ rateWindow: 60 }), 'rateWindow: is 60; give a Duration of whole seconds, above 0'],
    ['a window in text', with40({ rateWindow: '1m' }), 'rateWindow: is "1m"'],
    ['a window of parts of a second', with40({ rateWindow: Duration.millis(60500) }), 'rateWindow: is 60.5 s'],
    ['no window', with40({ rateWindow: Duration.seconds(0) }), 'rateWindow: is 0 s'],
    ['a number for the speed', with40({ speed: 4 }), 'speed: is 4; give an object'],
    [
      'steps of no pods',
      with40({ speed: { scaleUpPods: 0 } }),
      'speed.scaleUpPods: is 0; give a whole number of at least 1',
    ],
    ['no pod less', with40({ speed: { scaleDownPods: 0 } }), 'speed.scaleDownPods: is 0'],
    [
      'a number for a way down',
      with40({ speed: { scaleDownWindow: 300 } }),
      'speed.scaleDownWindow: is 300; give a Duration',
    ],
    [
      'half a second down',
      with40({ speed: { scaleDownWindow: Duration.millis(300500) } }),
      'speed.scaleDownWindow: is 300.5 s; give a Duration of whole seconds',
    ],
    ['a fallback without replicas', with40({ fallback: {} }), 'fallback.replicas: is required and was not given'],
    [
      'a fallback to none',
      with40({ fallback: { replicas: 0 } }),
      'fallback.replicas: is 0; give a whole number of at least 1',
    ],
    [
      'a fallback at once',
      with40({ fallback: { replicas: 2, failureThreshold: 0 } }),
      'fallback.failureThreshold: is 0; give a whole number of at least 1',
    ],
    ['true for scale to zero', with40({ scaleToZero: true }), 'scaleToZero: is true; give an object'],
    [
      'a cooldown in seconds',
      with40({ scaleToZero: { cooldown: 1800 } }),
      'scaleToZero.cooldown: is 1800; give a Duration',
    ],
    [
      'a cooldown of parts of a second',
      with40({ scaleToZero: { cooldown: Duration.millis(1500) } }),
      'scaleToZero.cooldown: is 1.5 s',
    ],
    [
      'polling without a pause',
      with40({ scaleToZero: { pollingInterval: Duration.seconds(0) } }),
      'scaleToZero.pollingInterval: is 0 s',
    ],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });

  it('refuses all mistakes together', () => {
    expect(keda({ maxReplicas: 0, minReplicas: 0, signals: [] })).toThrow('Scaling.keda has 3 problems');
  });
});
