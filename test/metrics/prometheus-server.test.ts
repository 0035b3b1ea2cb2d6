import { PrometheusAuthentication, PrometheusServer, SecretKey } from '../../lib';
import { messageOf } from '../support/scaling';

const at = (address: unknown, options?: unknown) => () => PrometheusServer.at(address as never, options as never);
const form = 'give an address such as "http://prometheus.monitoring:9090"';
const KEY = SecretKey.of('thanos', 'key');
const AMAZON = 'https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-0a';

describe('a Prometheus server', () => {
  it('has no authentication by default', () => {
    expect(PrometheusServer.at('http://p').authentication).toBeUndefined();
  });

  it('has the authentication that is set', () => {
    const authentication = PrometheusAuthentication.bearer(SecretKey.of('thanos', 'token'));
    expect(PrometheusServer.at('http://p', { authentication }).authentication).toBe(authentication);
  });

  test.each<[what: string, address: string, authentication: PrometheusAuthentication, region: string | undefined]>([
    ['in its address', AMAZON, PrometheusAuthentication.awsPodIdentity(), 'us-east-1'],
    [
      'in China',
      AMAZON.replace('us-east-1.amazonaws.com', 'cn-north-1.amazonaws.com.cn'),
      PrometheusAuthentication.awsPodIdentity(),
      'cn-north-1',
    ],
    [
      'that is set',
      'https://amp.corp.io',
      PrometheusAuthentication.awsPodIdentity({ region: 'eu-west-1' }),
      'eu-west-1',
    ],
    ['for an object that exists', AMAZON, PrometheusAuthentication.existing('amp', ['podIdentity']), 'us-east-1'],
    ['only for an identity', AMAZON, PrometheusAuthentication.existing('amp', ['bearer']), undefined],
  ])('signs for the region %s', (_, address, authentication, region) => {
    expect(PrometheusServer.at(address, { authentication })._authentication?.awsRegion).toBe(region);
  });

  it.each<[what: string, call: () => unknown, message: string]>([
    ['no address', at(undefined), `address: is required and was not given; ${form}`],
    ['an empty address', at(' '), `address: is " "; ${form}`],
    ['a number', at(9090), 'address: is 9090'],
    ['null for options', at('http://p', null), 'options: is null; give an object'],
    ['a token for options', at('http://p', 7), 'options: is 7; give an object'],
    ['another address in the options', at('http://p', { address: 'x' }), 'address: unknown property'],
    [
      'the name of an authentication',
      at('http://p', { authentication: 'bearer' }),
      'authentication: is "bearer"; give',
    ],
    [
      'an authority without TLS',
      at('http://p.m', { authentication: PrometheusAuthentication.bearer(KEY, { ca: KEY }) }),
      'certificates are never used without TLS; use https://',
    ],
    [
      'client certificates without TLS',
      at('http://p.m', { authentication: PrometheusAuthentication.tls({ ca: KEY, certificate: KEY, key: KEY }) }),
      'certificates are never used without TLS; use https://',
    ],
    [
      'a service of a cloud without TLS',
      at(AMAZON.replace('https', 'http')),
      'Prometheus answers with TLS only; use https://',
    ],
    [
      'the Thanos of OpenShift without TLS',
      at('http://thanos-querier.openshift-monitoring.svc:9091'),
      'the Thanos of OpenShift answers with TLS only; use https://',
    ],
    [
      'an identity in AWS without a region',
      at('https://amp.corp.io', { authentication: PrometheusAuthentication.awsPodIdentity() }),
      'without a region of AWS, for which queries are signed; set region in awsPodIdentity',
    ],
    [
      'another region than that of the address',
      at(AMAZON, { authentication: PrometheusAuthentication.awsPodIdentity({ region: 'eu-west-1' }) }),
      'would be signed for "eu-west-1", the region of awsPodIdentity; set region: "us-east-1", or remove it',
    ],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });

  it('refuses a password in the address, and does not print it', () => {
    const message = messageOf(at('https://admin:hunter2@prometheus'));
    expect(message).toContain('address: has a user name or a password, so it is not printed');
    expect(message).not.toContain('hunter2');
  });
});
