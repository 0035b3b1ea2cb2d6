import { App, Chart } from 'cdk8s';
import type { VllmInferenceStackProps } from '../../lib';
import {
  Accelerator,
  FailureMode,
  GatewayImplementation,
  GpuModel,
  InferencePool,
  Model,
  ModelGateway,
  ModelRoutes,
  RouteTarget,
  Scaling,
  SecretKey,
  VllmInferenceStack,
} from '../../lib';

export const reviewed = [
  'ConfigMap',
  'Deployment llama-short',
  'Deployment llama-epp',
  'HTTPRoute',
  'InferencePool',
  'NetworkPolicy llama-epp-netpol',
  'Role',
];

/**
 * One model for short and for long prompts: two stacks in one pool. The endpoint picker sends prompts of up to 4,096
 * tokens to two L40S, and longer ones to an H100 with the whole context of the model.
 */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'inference-pool', { namespace: 'llm' });
  const common = {
    model: Model.of('meta-llama/Llama-3.1-8B-Instruct', {
      servedNames: ['llama-3.1-8b'],
      accessToken: SecretKey.of('hugging-face', 'token'),
    }),
    apiKey: SecretKey.of('vllm-clients', 'key'),
    // Istio runs the proxies of a Gateway in the Gateway's namespace.
    network: { clientNamespaces: ['gateways'] },
  } satisfies Partial<VllmInferenceStackProps>;
  const short = new VllmInferenceStack(chart, 'Short', {
    ...common,
    name: 'llama-short',
    accelerator: Accelerator.gpu(GpuModel.L40S),
    engine: { maxModelLen: 16384 },
    scaling: Scaling.fixed(2),
    inferencePool: { pool: 'llama', promptTokens: { maximum: 4096 } },
  });
  const long = new VllmInferenceStack(chart, 'Long', {
    ...common,
    name: 'llama-long',
    accelerator: Accelerator.gpu(GpuModel.H100),
    engine: { maxModelLen: 131072 },
    inferencePool: { pool: 'llama', promptTokens: { minimum: 4097 } },
  });
  const pool = new InferencePool(chart, 'Pool', {
    stacks: [short, long],
    failureMode: FailureMode.FAIL_OPEN,
    picker: { network: { gatewayNamespaces: ['gateways'] } },
  });
  new ModelRoutes(chart, 'Routes', {
    name: 'llama',
    gateway: ModelGateway.existing({
      name: 'public',
      namespace: 'gateways',
      implementation: GatewayImplementation.istio(),
    }),
    hostnames: ['llm.example.com'],
    routes: [{ to: [RouteTarget.pool(pool)] }],
  });
  return app;
}

if (require.main === module) build().synth();
