import { Duration } from 'cdk8s';
import { Signal } from '../../lib';

type Factory = Exclude<keyof typeof Signal, 'prototype'>;

/** Calls a factory with any value, as from JavaScript. */
const call = (factory: Factory, options: unknown) => () => (Signal[factory] as (value: unknown) => Signal)(options);

const GATEWAY = { metric: 'requests_total', matchers: { route: 'llm' }, perReplica: 4 };
const SCHEDULE = { timeZone: 'Europe/Berlin', start: '0 8 * * 1-5', end: '0 18 * * 1-5', replicas: 4 };
const CUSTOM = { name: 'backlog', query: 'sum(backlog)', target: 5 };

const gateway = (options: object) => call('gatewayRequests', { ...GATEWAY, ...options });
const schedule = (options: object) => call('schedule', { ...SCHEDULE, ...options });
const custom = (options: object) => call('custom', { ...CUSTOM, ...options });

describe('a signal', () => {
  it('has its own name from its kind', () => {
    expect(Signal.gatewayRequests(GATEWAY)._spec).toMatchObject({ name: 'gateway-requests' });
    expect(Signal.schedule(SCHEDULE)._spec).toMatchObject({ name: 'schedule' });
    expect(Signal.inFlightRequests()._spec).toMatchObject({ name: 'in-flight-requests' });
  });

  it('keeps a latency in seconds', () => {
    expect(Signal.queueTime({ target: Duration.millis(1500) })._spec).toMatchObject({ target: 1.5, percentile: 95 });
  });

  it('treats a custom query as a total', () => {
    expect(Signal.custom(CUSTOM)._spec).toMatchObject({ perReplica: true });
    expect(Signal.custom({ ...CUSTOM, total: false })._spec).toMatchObject({ perReplica: false });
  });

  it('selects by values and by patterns', () => {
    const { _spec } = Signal.gatewayRequests({ ...GATEWAY, patterns: { path: '/v1/.*' } });
    expect(_spec).toMatchObject({ counter: { matchers: { route: 'llm', path: { matches: '/v1/.*' } } } });
  });

  it('needs no values beside patterns', () => {
    expect(gateway({ matchers: undefined, patterns: { path: '/v1/.*' } })).not.toThrow();
  });

  it('does not follow later changes of its matchers', () => {
    const matchers = { route: 'llm' };
    const { _spec } = Signal.gatewayRequests({ ...GATEWAY, matchers });
    matchers.route = 'other';
    expect(_spec).toMatchObject({ counter: { matchers: { route: 'llm' } } });
  });

  it.each([['0 8 * * 1-5'], ['*/15 0-6,22,23 * * *'], ['30 7 1 jan-MAR Mon-Fri'], ['0 8 ? * 0'], ['5/10 * * * *']])(
    'accepts the time %s',
    (start) => {
      expect(schedule({ start })).not.toThrow();
    },
  );

  it.each([['UTC'], ['Asia/Kolkata'], ['Asia/Calcutta'], ['America/Argentina/Buenos_Aires']])(
    'accepts the time zone %s',
    (timeZone) => {
      expect(schedule({ timeZone })).not.toThrow();
    },
  );
});

describe('a target', () => {
  const least = 'give a number of at least 0.001';
  it.each<[what: string, call: () => unknown, message: string]>([
    ['0 requests in flight', call('inFlightRequests', { perReplica: 0 }), `perReplica: is 0; ${least}`],
    ['-1 requests in flight', call('inFlightRequests', { perReplica: -1 }), `perReplica: is -1; ${least}`],
    ['NaN', call('inFlightRequests', { perReplica: NaN }), `perReplica: is NaN; ${least}`],
    ['Infinity', call('queuedRequests', { perReplica: Infinity }), `perReplica: is Infinity; ${least}`],
    ['a number in quotes', call('inFlightRequests', { perReplica: '30' }), 'perReplica: is "30"'],
    [
      'a number for options',
      call('inFlightRequests', 30),
      'Signal.inFlightRequests has 1 problem:\n  - options: is 30',
    ],
    ['null for options', call('queuedRequests', null), 'options: is null; give an object'],
    ['a target under another name', call('inFlightRequests', { target: 30 }), 'target: unknown property'],
    ['a KV share above 1', call('kvCacheUse', { perReplica: 80 }), 'perReplica: is 80; give a share from 0.001 to 1'],
    ['a KV share of 0', call('kvCacheUse', { perReplica: 0 }), 'perReplica: is 0; give a share'],
    ['a KV share in quotes', call('kvCacheUse', { perReplica: '0.8' }), 'perReplica: is "0.8"; give a share'],
    ['a queue of less than nothing', call('queuedRequests', { perReplica: -5 }), 'perReplica: is -5'],
    ['a rate without a target', call('requestRate', {}), 'perReplica: is required and was not given'],
    ['a rate without options', call('generatedTokens', undefined), 'perReplica: is required and was not given'],
    ['a rate below a thousandth', call('promptTokens', { perReplica: 0.0001 }), `perReplica: is 0.0001; ${least}`],
    ['a latency without a target', call('queueTime', {}), 'target: is required and was not given; give a Duration'],
    ['a latency in seconds', call('queueTime', { target: 2 }), 'target: is 2; give a Duration above 0'],
    ['a latency of 0', call('timeToFirstToken', { target: Duration.seconds(0) }), 'target: is 0 s; give a Duration'],
    [
      'a percentile of 0',
      call('queueTime', { target: Duration.seconds(1), percentile: 0 }),
      'percentile: is 0; give a whole number from 1 to 99',
    ],
    ['a percentile of 100', call('queueTime', { target: Duration.seconds(1), percentile: 100 }), 'percentile: is 100'],
    [
      'a percentile as a share',
      call('queueTime', { target: Duration.seconds(1), percentile: 0.95 }),
      'percentile: is 0.95',
    ],
  ])('refuses %s', (_, made, message) => {
    expect(made).toThrow(message);
  });
});

describe('a gateway', () => {
  it('is that of the stack if no metric is set', () => {
    expect(Signal.gatewayRequests({ perReplica: 4 })._spec).toEqual({
      of: 'gateway',
      name: 'gateway-requests',
      counter: undefined,
      target: 4,
    });
  });

  it.each<[what: string, call: () => unknown, message: string]>([
    ['a metric with a hyphen', gateway({ metric: 'a-b' }), 'metric: is "a-b"; give the name of a Prometheus metric'],
    ['a metric with matchers', gateway({ metric: 'a{b="c"}' }), 'metric: is "a{b=\\"c\\"}"'],
    [
      'matchers without a metric',
      gateway({ metric: undefined }),
      'matchers: is set, but metric is unset: without metric, the series come from gatewayTraffic of the stack; set metric too, or remove matchers',
    ],
    [
      'a presence without a metric',
      gateway({ metric: undefined, matchers: undefined, presence: 'up{job="router"}' }),
      'presence: is set, but metric is unset',
    ],
    [
      'a metric without matchers',
      gateway({ matchers: undefined }),
      'matchers: is unset, but metric is "requests_total": the counter would include every service behind the gateway; set the labels',
    ],
    [
      'a pattern as a value',
      gateway({ matchers: { route: 'llm-.*' } }),
      'is "llm-.*", a pattern, and labels must equal it; set it in patterns instead',
    ],
    ['a wrong pattern', gateway({ patterns: { route: '*' } }), 'patterns.route: is "*", a wrong regular expression'],
    [
      'a label in both',
      gateway({ patterns: { route: 'c.*' } }),
      'patterns.route: is in matchers too; keep one of them',
    ],
    ['empty matchers', gateway({ matchers: {} }), 'matchers: is {}, so it selects every series'],
    ['matchers in text', gateway({ matchers: 'a="b"' }), 'matchers: is "a=\\"b\\""; give a map'],
    ['a number for a label', gateway({ matchers: { code: 200 } }), 'matchers.code: is 200; give a non-empty string'],
    ['an empty label', gateway({ matchers: { route: '' } }), 'matchers.route: is ""; give a non-empty string'],
    ['a label with a hyphen', gateway({ matchers: { 'a-b': 'c' } }), 'matchers.a-b: is not a label name; set "a_b"'],
    ['a rate of 0', gateway({ perReplica: 0 }), 'perReplica: is 0'],
    ['a name with capitals', gateway({ name: 'Gateway' }), 'name: is "Gateway"; give a name of lower-case letters'],
  ])('refuses %s', (_, made, message) => {
    expect(made).toThrow(message);
  });
});

describe('a schedule', () => {
  const zone = 'give an IANA time zone, for example "Europe/Berlin"';
  const five = 'give a cron expression of five fields, for example "0 8 * * 1-5"; Sunday is 0';
  it.each<[what: string, call: () => unknown, message: string]>([
    ['four fields', schedule({ start: '0 8 * *' }), `start: is "0 8 * *"; ${five}`],
    ['six fields', schedule({ start: '0 0 8 * * 1-5' }), `start: is "0 0 8 * * 1-5"; ${five}`],
    ['a macro', schedule({ end: '@daily' }), `end: is "@daily"; ${five}`],
    ['an hour of 24', schedule({ end: '0 24 * * *' }), 'end: is "0 24 * * *"'],
    ['a minute of 60', schedule({ end: '60 8 * * *' }), 'end: is "60 8 * * *"'],
    ['a day of month of 0', schedule({ start: '0 8 0 * *' }), 'start: is "0 8 0 * *"'],
    ['a month of 13', schedule({ start: '0 8 1 13 *' }), 'start: is "0 8 1 13 *"'],
    ['Sunday as 7', schedule({ start: '0 8 * * 1-7' }), `start: is "0 8 * * 1-7"; ${five}`],
    ['days backwards', schedule({ start: '0 8 * * 5-1' }), 'start: is "0 8 * * 5-1"'],
    ['steps of 0', schedule({ start: '*/0 8 * * *' }), 'start: is "*/0 8 * * *"'],
    ['two steps', schedule({ start: '*/5/5 8 * * *' }), 'start: is "*/5/5 8 * * *"'],
    ['three bounds', schedule({ start: '0 8-9-10 * * *' }), 'start: is "0 8-9-10 * * *"'],
    ['no minutes', schedule({ start: ', 8 * * *' }), 'start: is ", 8 * * *"'],
    ['an hour as a number', schedule({ start: 8 }), `start: is 8; ${five}`],
    [
      'an end at its start',
      schedule({ end: SCHEDULE.start }),
      'end: is "0 8 * * 1-5", the same time as start; set another',
    ],
    ['an unknown time zone', schedule({ timeZone: 'Europe/Bonn' }), `timeZone: is "Europe/Bonn"; ${zone}`],
    [
      'a time zone without capital letters',
      schedule({ timeZone: 'europe/berlin' }),
      `timeZone: is "europe/berlin"; ${zone}`,
    ],
    ['a time zone with wrong capitals', schedule({ timeZone: 'Europe/BERLIN' }), 'timeZone: is "Europe/BERLIN"'],
    ['an offset for a time zone', schedule({ timeZone: '+02:00' }), `timeZone: is "+02:00"; ${zone}`],
    ['no text for a time zone', schedule({ timeZone: '' }), `timeZone: is ""; ${zone}`],
    ['a number for a time zone', schedule({ timeZone: 2 }), 'timeZone: is 2'],
    ['no replicas', schedule({ replicas: 0 }), 'replicas: is 0; give a whole number of at least 1'],
  ])('refuses %s', (_, made, message) => {
    expect(made).toThrow(message);
  });
});

describe('a query of the user', () => {
  it.each<[what: string, call: () => unknown, message: string]>([
    ['no name', custom({ name: undefined }), 'name: is required and was not given'],
    ['a name with a blank', custom({ name: 'my queue' }), 'name: is "my queue"'],
    ['a name that ends with a hyphen', custom({ name: 'queue-' }), 'name: is "queue-"'],
    ['a name of 64 characters', custom({ name: 'a'.repeat(64) }), `name: is "${'a'.repeat(64)}"`],
    ['an empty query', custom({ query: ' ' }), 'query: is " "; give a non-empty string'],
    ['a target of 0', custom({ target: 0 }), 'target: is 0; give a number of at least 0.001'],
    ['a total in quotes', custom({ total: 'no' }), 'total: is "no"; give true or false'],
  ])('refuses %s', (_, made, message) => {
    expect(made).toThrow(message);
  });
});
