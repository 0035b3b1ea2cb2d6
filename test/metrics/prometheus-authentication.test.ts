import { PrometheusAuthentication, SecretKey } from '../../lib';
import { messageOf } from '../support/scaling';

type Factory = Exclude<keyof typeof PrometheusAuthentication, 'prototype'>;

/** Calls a factory with anything, as from JavaScript. */
const call =
  (factory: Factory, ...values: unknown[]) =>
  () =>
    (PrometheusAuthentication[factory] as (...all: unknown[]) => PrometheusAuthentication)(...values);

const key = (name: string) => SecretKey.of('thanos', name);

describe('authentication', () => {
  it.each<[what: string, authentication: PrometheusAuthentication, modes: string[], parameters: string[]]>([
    ['a token', PrometheusAuthentication.bearer(key('t')), ['bearer'], ['bearerToken']],
    ['a password', PrometheusAuthentication.basic(key('u'), key('p')), ['basic'], ['username', 'password']],
    [
      'a header',
      PrometheusAuthentication.header(key('n'), key('v')),
      ['custom'],
      ['customAuthHeader', 'customAuthValue'],
    ],
    [
      'certificates',
      PrometheusAuthentication.tls({ ca: key('ca'), certificate: key('c'), key: key('k') }),
      ['tls'],
      ['ca', 'cert', 'key'],
    ],
  ])('by %s has the mode and the parameters that KEDA reads', (_, { modes, _plan: { secrets } }, mode, parameters) => {
    expect(modes).toEqual(mode);
    expect(Object.keys(secrets)).toEqual(parameters);
  });

  it('refers to an object in the namespace or in the cluster', () => {
    const existing = PrometheusAuthentication.existing('thanos', ['tls', 'bearer']);
    expect(existing._plan.existing).toEqual({ kind: 'TriggerAuthentication', name: 'thanos' });
    expect(existing.modes).toEqual(['tls', 'bearer']);
    expect(PrometheusAuthentication.existingCluster('thanos', ['tls'])._plan.existing).toEqual({
      kind: 'ClusterTriggerAuthentication',
      name: 'thanos',
    });
  });

  it.each<[what: string, call: () => unknown, message: string]>([
    ['no token', call('bearer'), 'token: is required and was not given; give SecretKey.of('],
    ['no password', call('basic', key('u')), 'password: is required and was not given'],
    ['a header without a value', call('header', key('n')), 'value: is required and was not given'],
    ['certificates without a client', call('tls', { ca: key('ca') }), 'certificate: is required and was not given'],
    ['a certificate under KEDA’s name', call('tls', { cert: key('c') }), 'cert: unknown property'],
    ['no options for certificates', call('tls', undefined), 'is required and was not given'],
    [
      'an unknown mode',
      call('existing', 'a', ['oauth']),
      'modes[0]: is "oauth"; give one of basic, bearer, custom, tls',
    ],
    ['a mode without effect', call('existingCluster', 'a', ['apiKey']), 'modes[0]: is "apiKey"'],
    ['a mode without a list', call('existing', 'a', 'bearer'), 'modes: is "bearer"; give a list of at least 1'],
    ['no modes', call('existing', 'a', []), 'modes: is []; give a list of at least 1'],
    ['unset modes', call('existingCluster', 'a'), 'modes: is required and was not given'],
    [
      'a password and a token',
      call('existing', 'a', ['basic', 'bearer']),
      'modes: has both basic and bearer, which KEDA',
    ],
    ['a name with capitals', call('existing', 'Thanos', ['tls']), 'name: is "Thanos"; give the name of an object'],
    ['no name', call('existingCluster', '', ['tls']), 'name: is ""'],
  ])('refuses %s', (_, made, message) => {
    expect(made).toThrow(message);
  });

  it.each<[what: string, call: () => unknown]>([
    ['a token', call('bearer', 'hunter2')],
    ['a password', call('basic', key('u'), 'hunter2')],
    ['the value of a header', call('header', key('n'), 'hunter2')],
    ['a private key', call('tls', { ca: key('ca'), certificate: key('c'), key: 'hunter2' })],
    ['an object with a token', call('bearer', { secretName: 'thanos', key: 'hunter2' })],
  ])('refuses %s as text, and does not print it', (_, made) => {
    const message = messageOf(made);
    expect(message).toContain('which is not printed because it may be the secret');
    expect(message).not.toContain('hunter2');
  });
});
