import { PrometheusAuthentication, SecretKey } from '../../lib';
import { messageOf } from '../support/scaling';

type Factory = Exclude<keyof typeof PrometheusAuthentication, 'prototype'>;

/** Calls a factory with anything, as from JavaScript. */
const call =
  (factory: Factory, ...values: unknown[]) =>
  () =>
    (PrometheusAuthentication[factory] as (...all: unknown[]) => PrometheusAuthentication)(...values);

const ROLE = 'arn:aws:iam::111122223333:role/query';
const CLIENT = '11111111-2222-3333-4444-555555555555';
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
    [
      'a token and an authority',
      PrometheusAuthentication.bearer(key('t'), { ca: key('ca') }),
      ['bearer'],
      ['bearerToken', 'ca'],
    ],
    [
      'a password and an authority',
      PrometheusAuthentication.basic(key('u'), key('p'), { ca: key('ca') }),
      ['basic'],
      ['username', 'password', 'ca'],
    ],
    [
      'a header and an authority',
      PrometheusAuthentication.header(key('n'), key('v'), { ca: key('ca') }),
      ['custom'],
      ['customAuthHeader', 'customAuthValue', 'ca'],
    ],
  ])('by %s has the mode and the parameters that KEDA reads', (_, { modes, _plan: { secrets } }, mode, parameters) => {
    expect(modes).toEqual(mode);
    expect(Object.keys(secrets)).toEqual(parameters);
  });

  it.each<[what: string, authentication: PrometheusAuthentication, identity: object]>([
    ['in AWS', PrometheusAuthentication.awsPodIdentity(), { provider: 'aws' }],
    [
      'in AWS with a role',
      PrometheusAuthentication.awsPodIdentity({ roleArn: ROLE }),
      { provider: 'aws', roleArn: ROLE },
    ],
    ['in Azure', PrometheusAuthentication.azureWorkloadIdentity(), { provider: 'azure-workload' }],
    [
      'in Azure with a client id',
      PrometheusAuthentication.azureWorkloadIdentity({ clientId: CLIENT }),
      { provider: 'azure-workload', identityId: CLIENT },
    ],
    ['in Google Cloud', PrometheusAuthentication.gcpPodIdentity(), { provider: 'gcp' }],
  ])('by an identity %s has no mode and no Secret', (_, { modes, _plan }, identity) => {
    expect(modes).toEqual([]);
    expect(_plan.secrets).toEqual({});
    expect(_plan.identity).toEqual(identity);
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
      'modes[0]: is "oauth"; give one of basic, bearer, custom, tls, podIdentity',
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
    [
      'a token and a header of its own',
      call('existing', 'a', ['custom', 'bearer', 'tls']),
      'modes: has bearer and custom, and KEDA sends the header of bearer only; keep one of them',
    ],
    [
      'an identity beside a token',
      call('existingCluster', 'a', ['podIdentity', 'bearer']),
      'modes: has podIdentity with bearer, and KEDA refuses an identity beside secrets; keep one of them',
    ],
    [
      'an authority as text',
      call('bearer', key('t'), { ca: '-----BEGIN CERTIFICATE-----' }),
      'ca: is a string, which is',
    ],
    ['an unknown option of a token', call('bearer', key('t'), { unsafeSsl: true }), 'unsafeSsl: unknown property'],
    ['a password with an authority that is null', call('basic', key('u'), key('p'), { ca: null }), 'ca: is null'],
    [
      'a zone for a region',
      call('awsPodIdentity', { region: 'us-east-1a' }),
      'region: is "us-east-1a"; give a region of',
    ],
    ['a region with capitals', call('awsPodIdentity', { region: 'US-EAST-1' }), 'region: is "US-EAST-1"'],
    ['a region of Azure', call('awsPodIdentity', { region: 'eastus' }), 'region: is "eastus"'],
    ['the name of a role', call('awsPodIdentity', { roleArn: 'query' }), 'roleArn: is "query"; give the ARN of a role'],
    ['a role without an account', call('awsPodIdentity', { roleArn: 'arn:aws:iam::ACCOUNT:role/q' }), 'roleArn: is'],
    ['a user for a role', call('awsPodIdentity', { roleArn: ROLE.replace('role', 'user') }), 'roleArn: is'],
    ['keys of AWS', call('awsPodIdentity', { accessKeyId: 'AKIA' }), 'accessKeyId: unknown property'],
    ['an identity that is text', call('awsPodIdentity', 'us-east-1'), 'is "us-east-1"; give an object'],
    [
      'the name of an identity',
      call('azureWorkloadIdentity', { clientId: 'keda' }),
      'clientId: is "keda"; give the client',
    ],
    ['an empty client id', call('azureWorkloadIdentity', { clientId: '' }), 'clientId: is ""'],
    [
      'the path of an identity',
      call('azureWorkloadIdentity', { clientId: '/subscriptions/a/userAssignedIdentities/b' }),
      'clientId: is "/subscriptions',
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
