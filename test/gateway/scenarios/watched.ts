import { App, Chart, Testing } from 'cdk8s';
import type { VllmInferenceStackProps } from '../../../lib';
import {
  Accelerator,
  GatewayImplementation,
  GatewayTraffic,
  GpuModel,
  Model,
  ModelGateway,
  ModelRoutes,
  RouteTarget,
  SecretKey,
  VllmInferenceStack,
} from '../../../lib';
import { gateway as gatewayObject } from '../../support/routing/objects';
import type { Manifest } from '../../support/routing/resources';
import type { Scenario } from '../scenario';

const NAMESPACE = 'watched';
const chart = new Chart(new App(), NAMESPACE, { namespace: NAMESPACE });
const gateway = ModelGateway.existing({ name: NAMESPACE, implementation: GatewayImplementation.envoyGateway() });

function stack(name: string, props: Partial<VllmInferenceStackProps>): VllmInferenceStack {
  return new VllmInferenceStack(chart, name, {
    name,
    model: Model.of('Qwen/Qwen3-8B'),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    engine: { maxModelLen: 16384 },
    apiKey: SecretKey.of('clients', 'key'),
    network: { clientNamespaces: ['envoy-gateway-system'] },
    monitoringLabels: { release: 'kube-prometheus-stack' },
    ...props,
  });
}
const counted = (rules: number[]) => ({ gatewayTraffic: GatewayTraffic.envoyGateway({ route: 'llm', rules }) });

/** One stack with a route of its own, and two behind the same HTTPRoute, which count their requests. */
export const WATCHED = {
  own: stack('own', { routes: { gateway, hostnames: ['own.example.com'] } }),
  gold: stack('gold', counted([0])),
  others: stack('others', counted([1])),
};
new ModelRoutes(chart, 'Routes', {
  name: 'llm',
  gateway,
  hostnames: ['llm.example.com'],
  routes: [{ tier: 'gold', to: [RouteTarget.stack(WATCHED.gold)] }, { to: [RouteTarget.stack(WATCHED.others)] }],
  acknowledge: { 'route-tier-header': 'a test' },
});

export const watchedScenario: Scenario = {
  name: NAMESPACE,
  manifests: [gatewayObject([{}], NAMESPACE, NAMESPACE), ...(Testing.synth(chart) as Manifest[])],
  samples: [],
};
