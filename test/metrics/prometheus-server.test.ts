import { PrometheusAuthentication, PrometheusServer, SecretKey } from '../../lib';
import { messageOf } from '../support/scaling';

const at = (address: unknown, options?: unknown) => () => PrometheusServer.at(address as never, options as never);
const form = 'give an address such as "http://prometheus.monitoring:9090", without a trailing slash';

describe('a Prometheus server', () => {
  it.each([
    ['http://prometheus.monitoring:9090'],
    ['https://mimir.example.com/prometheus'],
    ['http://[fd00::1]:9090'],
    ['http://vm/select/0/prometheus'],
  ])('is at %s', (address) => {
    expect(PrometheusServer.at(address).address).toBe(address);
  });

  it('has no authentication by default', () => {
    expect(PrometheusServer.at('http://p').authentication).toBeUndefined();
  });

  it('has the authentication that is set', () => {
    const authentication = PrometheusAuthentication.bearer(SecretKey.of('thanos', 'token'));
    expect(PrometheusServer.at('http://p', { authentication }).authentication).toBe(authentication);
  });

  it.each<[what: string, call: () => unknown, message: string]>([
    ['a slash at the end', at('http://p:9090/'), `address: is "http://p:9090/"; ${form}`],
    ['a slash behind a path', at('http://p:9090/a/'), `address: is "http://p:9090/a/"; ${form}`],
    ['an address without scheme', at('prometheus:9090'), `address: is "prometheus:9090"; ${form}`],
    ['another scheme', at('grpc://p:9090'), 'address: is "grpc://p:9090"'],
    ['a query', at('http://p?tenant=a'), 'address: is "http://p?tenant=a"'],
    ['a fragment', at('http://p#a'), 'address: is "http://p#a"'],
    ['a space', at('http://p :9090'), 'address: is "http://p :9090"'],
    ['no address', at(undefined), 'address: is required and was not given'],
    ['a number', at(9090), 'address: is 9090'],
    ['null for options', at('http://p', null), 'options: is null; give an object'],
    ['a token for options', at('http://p', 7), 'options: is 7; give an object'],
    ['another address in the options', at('http://p', { address: 'x' }), 'address: unknown property'],
    [
      'the name of an authentication',
      at('http://p', { authentication: 'bearer' }),
      'authentication: is "bearer"; give',
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
