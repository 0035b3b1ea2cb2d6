import { App, Chart } from 'cdk8s';
import {
  Accelerator,
  GatewayImplementation,
  GpuModel,
  Model,
  ModelGateway,
  ModelRoutes,
  Placement,
  RouteTarget,
  SecretKey,
  VllmInferenceStack,
} from '../../lib';

export const reviewed = ['HTTPRoute', 'ProxySettingsPolicy', 'ClientSettingsPolicy qwen'];

const REGION = 'topology.kubernetes.io/region';

/** A cluster with nodes in two regions, and a tier of its own: gold has a hostname, so that it can have its own keys. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'regions-and-tiers', { namespace: 'llm' });

  const shared = {
    model: Model.of('Qwen/Qwen3-8B'),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    apiKey: SecretKey.of('vllm-clients', 'key'),
    engine: { maxModelLen: 16384 },
    network: { clientNamespaces: ['gateways'] },
  };
  const eu = new VllmInferenceStack(chart, 'Eu', {
    ...shared,
    name: 'qwen-eu',
    placement: Placement.nodeLabels({ [REGION]: 'eu-west-1' }),
  });
  const us = new VllmInferenceStack(chart, 'Us', {
    ...shared,
    name: 'qwen-us',
    placement: Placement.nodeLabels({ [REGION]: 'us-east-1' }),
  });
  const gold = new VllmInferenceStack(chart, 'Gold', {
    ...shared,
    name: 'qwen-gold',
    apiKey: SecretKey.of('vllm-gold-clients', 'key'),
    engine: { maxModelLen: 16384, maxNumSeqs: 16 },
  });

  new ModelRoutes(chart, 'Routes', {
    name: 'qwen',
    gateway: ModelGateway.existing({
      name: 'public',
      namespace: 'gateways',
      implementation: GatewayImplementation.nginxGatewayFabric(),
    }),
    hostnames: ['llm.example.com'],
    routes: [
      { hostnames: ['gold.llm.example.com'], to: [RouteTarget.stack(gold)] },
      { hostnames: ['eu.llm.example.com'], to: [RouteTarget.stack(eu)] },
      { region: 'eu-west-1', to: [RouteTarget.stack(eu)] },
      { region: 'us-east-1', to: [RouteTarget.stack(us)] },
      // Without a region: nine tenths stay in the larger one.
      { to: [RouteTarget.stack(us, 90), RouteTarget.stack(eu, 10)] },
    ],
  });
  return app;
}

if (require.main === module) build().synth();
