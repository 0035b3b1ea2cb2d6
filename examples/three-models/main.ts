import { App, Chart } from 'cdk8s';
import {
  Accelerator,
  GatewayImplementation,
  GpuModel,
  Model,
  ModelGateway,
  ModelRoutes,
  RouteTarget,
  SecretKey,
  VllmInferenceStack,
} from '../../lib';

export const reviewed = ['Gateway', 'HTTPRoute', 'HTTPRouteFilter', 'ReferenceGrant'];

/** Three models behind one hostname: by the header with the model, or by a base URL for each. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'three-models', { namespace: 'llm' });

  const shared = {
    accelerator: Accelerator.gpu(GpuModel.L40S),
    apiKey: SecretKey.of('vllm-clients', 'key'),
    network: { clientNamespaces: ['envoy-gateway-system'] },
  };
  const chat = new VllmInferenceStack(chart, 'Chat', {
    ...shared,
    name: 'chat',
    model: Model.of('Qwen/Qwen3-8B', { servedNames: ['chat'] }),
    engine: { maxModelLen: 16384 },
  });
  const code = new VllmInferenceStack(chart, 'Code', {
    ...shared,
    name: 'code',
    model: Model.of('Qwen/Qwen2.5-Coder-7B-Instruct', { servedNames: ['code'] }),
    engine: { maxModelLen: 16384 },
  });
  const embeddings = new VllmInferenceStack(chart, 'Embeddings', {
    ...shared,
    name: 'embeddings',
    namespace: 'search',
    model: Model.of('Qwen/Qwen3-Embedding-0.6B', { servedNames: ['embeddings'] }),
    engine: { maxModelLen: 8192 },
  });

  new ModelRoutes(chart, 'Routes', {
    name: 'models',
    gateway: ModelGateway.managed({
      name: 'models',
      implementation: GatewayImplementation.envoyGateway(),
      className: 'envoy',
      tls: { secretName: 'models-tls' },
    }),
    hostnames: ['models.example.com'],
    listAllModels: true,
    routes: [
      { model: 'chat', to: [RouteTarget.stack(chat)] },
      { model: 'code', to: [RouteTarget.stack(code)] },
      { model: 'embeddings', to: [RouteTarget.stack(embeddings)] },
      // For clients that cannot send a header: base URL https://models.example.com/code/v1.
      { pathPrefix: '/code', paths: ['/v1/chat/completions', '/v1/models'], to: [RouteTarget.stack(code)] },
    ],
  });
  return app;
}

if (require.main === module) build().synth();
