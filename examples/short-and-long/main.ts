import { App, Chart } from 'cdk8s';
import {
  Accelerator,
  GatewayImplementation,
  GpuModel,
  Model,
  ModelGateway,
  ModelRoutes,
  PromptLength,
  RouteTarget,
  SecretKey,
  VllmInferenceStack,
} from '../../lib';

export const reviewed = ['HTTPRoute'];

/** Short prompts on a stack of their own, so that they do not wait behind the prefill of long ones. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'short-and-long', { namespace: 'llm' });

  const shared = {
    model: Model.of('Qwen/Qwen3-8B'),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    apiKey: SecretKey.of('vllm-clients', 'key'),
    network: { clientNamespaces: ['envoy-gateway-system'] },
  };
  const short = new VllmInferenceStack(chart, 'Short', {
    ...shared,
    name: 'qwen-short',
    engine: { maxModelLen: 4096, maxNumSeqs: 256 },
  });
  const long = new VllmInferenceStack(chart, 'Long', {
    ...shared,
    name: 'qwen-long',
    engine: { maxModelLen: 32768, maxNumSeqs: 32 },
  });

  new ModelRoutes(chart, 'Routes', {
    name: 'qwen',
    gateway: ModelGateway.existing({
      name: 'public',
      namespace: 'gateways',
      implementation: GatewayImplementation.envoyGateway(),
    }),
    hostnames: ['llm.example.com'],
    routes: [
      { promptLength: PromptLength.SHORT, to: [RouteTarget.stack(short)] },
      // A client that does not know the length gets the stack that fits every prompt.
      { to: [RouteTarget.stack(long)] },
    ],
  });
  return app;
}

if (require.main === module) build().synth();
