import { App, Chart, Duration } from 'cdk8s';
import {
  Accelerator,
  GpuModel,
  Model,
  Objective,
  Price,
  PrometheusServer,
  Scaling,
  SecretKey,
  VllmInferenceStack,
} from './lib';

/** Llama 3.1 8B Instruct on one GPU, with 1 to 40 replicas, objectives and cost. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'vllm', { namespace: 'llm' });
  new VllmInferenceStack(chart, 'Llama', {
    name: 'vllm',
    model: Model.of('meta-llama/Llama-3.1-8B-Instruct', {
      accessToken: SecretKey.of('hugging-face', 'token'),
    }),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    engine: { maxModelLen: 8192, gpuMemoryUtilization: 0.9 },
    scaling: Scaling.keda({
      minReplicas: 1,
      maxReplicas: 40,
      prometheus: PrometheusServer.at('http://prometheus.monitoring:9090'),
    }),
    objectives: [
      Objective.timeToFirstToken({ percentile: 95, within: Duration.millis(60) }),
      Objective.errorRate({ below: 0.005 }),
    ],
    monitoringLabels: { release: 'kube-prometheus-stack' },
    price: Price.perGpuHour(2.5),
  });
  return app;
}

if (require.main === module) build().synth();
