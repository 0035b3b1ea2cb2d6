import { App, Chart, Duration } from 'cdk8s';
import { Accelerator, Delivery, GpuModel, Model, Objective, Scaling, VllmInferenceStack } from '../../lib';

export const reviewed = ['Rollout', 'AnalysisTemplate'];

/** A new version that a person tries on one replica, and that then gets all requests at once. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'blue-green', { namespace: 'llm' });
  new VllmInferenceStack(chart, 'Summaries', {
    name: 'summaries',
    model: Model.of('Qwen/Qwen3-8B'),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    engine: { maxModelLen: 16384 },
    scaling: Scaling.fixed(3),
    objectives: [Objective.errorRate({ below: 0.01 })],
    monitoringLabels: { release: 'kube-prometheus-stack' },
    delivery: Delivery.blueGreen({
      manualPromotion: true,
      gpuBudget: 6,
      // Time for people to notice what no guard measures, and to go back without a start.
      scaleDownDelay: Duration.minutes(20),
    }),
    acknowledge: {
      'blue-green-forced-apply': 'Argo CD applies only what differs, and ignores the hash in the selectors',
    },
  });
  return app;
}

if (require.main === module) build().synth();
