import { Duration, Testing } from 'cdk8s';
import { GatewayImplementation, ModelGateway } from '../../lib';
import { RoutedApp, printedBy } from '../support/routing';

describe('one stack behind two Gateways of GKE', () => {
  const gke = (minutes: [number, number]) => {
    const app = new RoutedApp();
    const to = [app.to('qwen')];
    printedBy(() => {
      minutes.forEach((each, at) => {
        const gateway = ModelGateway.existing({ name: `g${at}`, implementation: GatewayImplementation.gke() });
        app.routes({ name: `r${at}`, gateway, requestTimeout: Duration.minutes(each), routes: [{ to }] }, `R${at}`);
      });
    });
    return () => Testing.synth(app.chart);
  };

  test('may have the same limits', () => {
    expect(gke([30, 30])).not.toThrow();
  });

  test('fails with two times, of which GKE would use one', () => {
    expect(gke([30, 60])).toThrow(
      'test/R0 and test/R1 have a GCPBackendPolicy with different settings for the Service "qwen-svc": {"timeoutSec":1800} and {"timeoutSec":3600}; GKE uses one of them, so set the same requestTimeout for both',
    );
  });
});
