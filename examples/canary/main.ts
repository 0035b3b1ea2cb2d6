import { App, Chart, Duration } from 'cdk8s';
import {
  Accelerator,
  CanaryRouter,
  Delivery,
  GatewayImplementation,
  GpuModel,
  Model,
  ModelGateway,
  ModelRoutes,
  Objective,
  RouteTarget,
  Scaling,
  SecretKey,
  VllmInferenceStack,
} from '../../lib';

export const reviewed = ['Rollout', 'AnalysisTemplate', 'HTTPRoute'];

/** Two models behind one hostname. New versions of one of them are canaries, judged by its objectives. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'canary', { namespace: 'llm' });
  const shared = {
    accelerator: Accelerator.gpu(GpuModel.L40S),
    engine: { maxModelLen: 16384 },
    apiKey: SecretKey.of('vllm-clients', 'key'),
    network: { clientNamespaces: ['envoy-gateway-system'] },
    monitoringLabels: { release: 'kube-prometheus-stack' },
  };

  const chat = new VllmInferenceStack(chart, 'Chat', {
    ...shared,
    name: 'chat',
    model: Model.of('Qwen/Qwen3-8B', { servedNames: ['chat'] }),
    scaling: Scaling.keda({ minReplicas: 2, maxReplicas: 8 }),
    objectives: [
      Objective.errorRate({ below: 0.01 }),
      Objective.timeToFirstToken({ percentile: 95, within: Duration.seconds(1) }),
    ],
    delivery: Delivery.canary({
      // The HTTPRoute of the routes below: the Rollout sets its weights.
      router: CanaryRouter.gatewayApi({ httpRoutes: ['models'] }),
      analysis: { requestRate: 25 },
      gpuBudget: 16,
      notifications: [{ service: 'slack', recipients: ['llm-on-call'] }],
    }),
  });
  const code = new VllmInferenceStack(chart, 'Code', {
    ...shared,
    name: 'code',
    model: Model.of('Qwen/Qwen2.5-Coder-7B-Instruct', { servedNames: ['code'] }),
  });

  new ModelRoutes(chart, 'Routes', {
    name: 'models',
    gateway: ModelGateway.existing({
      name: 'public',
      namespace: 'gateways',
      implementation: GatewayImplementation.envoyGateway(),
    }),
    hostnames: ['llm.example.com'],
    routes: [
      { model: 'chat', to: [RouteTarget.stack(chat)] },
      { model: 'code', to: [RouteTarget.stack(code)] },
    ],
  });
  return app;
}

if (require.main === module) build().synth();
