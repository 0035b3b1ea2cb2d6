import { App, Chart, Duration } from 'cdk8s';
import {
  Accelerator,
  GpuModel,
  Model,
  ModelIngress,
  ModelRoutes,
  RouteTarget,
  SecretKey,
  VllmInferenceStack,
} from '../../lib';

export const reviewed = ['Ingress'];

/** Chat and embeddings on one hostname of an Ingress: the path decides. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'ingress', { namespace: 'llm' });
  const common = {
    apiKey: SecretKey.of('llm-api-key', 'key'),
    // The namespace of the proxies of F5 NGINX Ingress Controller.
    network: { clientNamespaces: ['nginx-ingress'] },
  };

  const chat = new VllmInferenceStack(chart, 'Chat', {
    ...common,
    name: 'chat',
    model: Model.of('Qwen/Qwen3-8B'),
    accelerator: Accelerator.gpu(GpuModel.L4),
    engine: { maxModelLen: 8192 },
  });
  const embeddings = new VllmInferenceStack(chart, 'Embeddings', {
    ...common,
    name: 'embeddings',
    model: Model.of('Qwen/Qwen3-Embedding-0.6B'),
    accelerator: Accelerator.gpu(GpuModel.L4),
  });

  new ModelRoutes(chart, 'Routes', {
    name: 'llm',
    ingress: ModelIngress.nginx({ tls: { secretName: 'llm-tls' } }),
    hostnames: ['llm.example.com'],
    requestTimeout: Duration.minutes(30),
    routes: [{ to: [RouteTarget.stack(chat)] }, { to: [RouteTarget.stack(embeddings)] }],
  });
  return app;
}

if (require.main === module) build().synth();
