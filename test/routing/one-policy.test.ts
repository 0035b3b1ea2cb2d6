import { Duration } from 'cdk8s';
import { GatewayImplementation } from '../../lib';
import { existing, printedBy, RoutedApp } from '../support/routing';

/** Two constructs that send requests of two hostnames to one stack. */
function manifestsOf(implementation: GatewayImplementation, first: Duration, second: Duration) {
  const app = new RoutedApp();
  const to = [app.to('qwen', { network: { policy: false } })];
  const gateway = existing(implementation);
  app.routes({ name: 'a', gateway, hostnames: ['a.example.com'], requestTimeout: first, routes: [{ to }] }, 'A');
  app.routes({ name: 'b', gateway, hostnames: ['b.example.com'], requestTimeout: second, routes: [{ to }] }, 'B');
  return app.manifests('GCPBackendPolicy', 'HTTPRoute');
}

const HOUR = Duration.hours(1);
const SHORT = Duration.minutes(5);

describe('a stack in two constructs', () => {
  test('refuses two times for one Service at GKE, which applies only one of them', () => {
    expect(() => printedBy(() => manifestsOf(GatewayImplementation.gke(), HOUR, SHORT))).toThrow(
      'test/A and test/B have different GCPBackendPolicy for the Service "qwen-svc", and GKE applies only one; set the same requestTimeout in both',
    );
  });

  test('may have the same time twice at GKE', () => {
    expect(() => printedBy(() => manifestsOf(GatewayImplementation.gke(), HOUR, HOUR))).not.toThrow();
  });

  test('may have two times where the route has them', () => {
    expect(() => printedBy(() => manifestsOf(GatewayImplementation.istio(), HOUR, SHORT))).not.toThrow();
  });
});
