import { Duration } from 'cdk8s';
import { Objective } from '../../lib';

const within = Duration.millis(60);

describe('a promise is plain data', () => {
  it('of a latency', () => {
    expect(Objective.timeToFirstToken({ percentile: 95, within })._spec).toEqual({
      kind: 'time-to-first-token',
      percentile: 95,
      within: 0.06,
      window: 30,
    });
    expect(Objective.interTokenLatency({ percentile: 99.9, within })._spec.kind).toBe('inter-token-latency');
    expect(Objective.endToEnd({ percentile: 50, within: Duration.minutes(1) })._spec).toMatchObject({
      kind: 'end-to-end',
      within: 60,
    });
  });

  it('of good events, without the noise of binary fractions', () => {
    expect(Objective.errorRate({ below: 0.001 })._spec).toEqual({ kind: 'error-rate', target: 0.999, window: 30 });
    expect(Objective.availability({ atLeast: 0.999 })._spec).toEqual({
      kind: 'availability',
      target: 0.999,
      window: 30,
    });
  });

  it('of requests that the gateway counts', () => {
    const { _spec } = Objective.errorRate({ below: 0.001, atGateway: true, minEventRate: 2 });
    expect(_spec).toEqual({ kind: 'gateway-error-rate', target: 0.999, window: 30, minEventRate: 2 });
    expect(Objective.errorRate({ below: 0.001, atGateway: false })._spec.kind).toBe('error-rate');
  });

  it('over four weeks', () => {
    expect(Objective.errorRate({ below: 0.01, window: Duration.days(28) })._spec.window).toBe(28);
  });
});

it.each<[what: string, make: () => Objective, lines: string[]]>([
  [
    'a percentile as a share',
    () => Objective.timeToFirstToken({ percentile: 0.95, within }),
    ['percentile: is 0.95; give a percentage from 50 to 99.99, for example 95 [wrong-value]'],
  ],
  [
    'a latency longer than a day',
    () => Objective.endToEnd({ percentile: 95, within: Duration.days(2) }),
    [
      'within: is 172800 s; give a Duration above 0 and of at most a day, for example Duration.millis(60) [wrong-value]',
    ],
  ],
  [
    'a latency of 0',
    () => Objective.interTokenLatency({ percentile: 95, within: Duration.millis(0) }),
    ['within: is 0 s; give a Duration above 0 and of at most a day, for example Duration.millis(60) [wrong-value]'],
  ],
  [
    'a share in percent',
    () => Objective.errorRate({ below: 1 }),
    ['below: is 1; give a share from 0.0001 to 0.5, for example 0.005 for half a percent [wrong-value]'],
  ],
  [
    'a gateway by its name',
    () => Objective.errorRate({ below: 0.01, atGateway: 'public' as never }),
    ['atGateway: is "public"; give true or false [wrong-value]'],
  ],
  [
    'a gateway for a latency',
    () => Objective.endToEnd({ percentile: 95, within, atGateway: true } as never),
    ['atGateway: unknown property; correct the name or remove it [unknown-property]'],
  ],
  [
    'an availability in percent',
    () => Objective.availability({ atLeast: 99.9 }),
    ['atLeast: is 99.9; give a share from 0.5 to 0.9999, for example 0.999 [wrong-value]'],
  ],
  [
    'a rate of 0',
    () => Objective.errorRate({ below: 0.01, minEventRate: 0 }),
    ['minEventRate: is 0; give a number above 0 [wrong-value]'],
  ],
  [
    'a rate of events for availability',
    () => Objective.availability({ atLeast: 0.99, minEventRate: 1 } as never),
    ['minEventRate: unknown property; correct the name or remove it [unknown-property]'],
  ],
  [
    'another window',
    () => Objective.errorRate({ below: 0.01, window: Duration.days(7) }),
    ['window: is 7 d; give a Duration of 28 or 30 days, for example Duration.days(30) [wrong-value]'],
  ],
  [
    'a window of some hours',
    () => Objective.errorRate({ below: 0.01, window: Duration.hours(36) }),
    ['window: is 36 h; give a Duration of 28 or 30 days, for example Duration.days(30) [wrong-value]'],
  ],
  [
    'several mistakes at once',
    () => Objective.timeToFirstToken({ percentile: 100, bellow: 1 } as never),
    [
      'percentile: is 100; give a percentage from 50 to 99.99, for example 95 [wrong-value]',
      'bellow: unknown property; correct the name or remove it [unknown-property]',
      'within: is required and was not given; give a Duration above 0 and of at most a day, for example Duration.millis(60) [missing-property]',
    ],
  ],
])('refuses %s', (_, make, lines) => {
  let message = '';
  try {
    make();
  } catch (thrown) {
    message = (thrown as Error).message;
  }
  expect(message).toMatch(/^Objective\.\w+ has \d+ problems?:\n/);
  expect(message.split('\n').slice(1)).toEqual(lines.map((line) => `  - ${line}`));
});
