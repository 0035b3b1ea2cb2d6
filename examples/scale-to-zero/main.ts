import { App, Chart, Duration } from 'cdk8s';
import {
  Accelerator,
  GpuModel,
  Model,
  PrometheusAuthentication,
  PrometheusServer,
  Scaling,
  SecretKey,
  Signal,
  VllmInferenceStack,
} from '../../lib';

export const reviewed = ['ScaledObject', 'TriggerAuthentication', 'PrometheusRule'];

/**
 * A model without requests at night. Requests at the router wake it, a schedule starts it in the morning, and the last
 * replica stops after an hour without requests.
 */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'scale-to-zero', { namespace: 'llm' });
  new VllmInferenceStack(chart, 'Phi', {
    name: 'phi-4',
    model: Model.of('microsoft/phi-4'),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    engine: { maxModelLen: 16384, maxNumSeqs: 128 },
    monitoringLabels: { release: 'kube-prometheus-stack' },
    scaling: Scaling.keda({
      maxReplicas: 6,
      signals: [
        Signal.inFlightRequests(),
        Signal.gatewayRequests({
          metric: 'vllm:num_incoming_requests_total',
          matchers: { model: 'microsoft/phi-4' },
          presence: 'up{job="vllm-router"}',
          perReplica: 4,
        }),
        Signal.schedule({ timeZone: 'Europe/Berlin', start: '30 7 * * 1-5', end: '0 18 * * 1-5', replicas: 2 }),
      ],
      scaleToZero: { cooldown: Duration.hours(1) },
      prometheus: PrometheusServer.at('https://thanos-query.monitoring:9091', {
        authentication: PrometheusAuthentication.bearer(SecretKey.of('thanos', 'token')),
      }),
    }),
  });
  return app;
}

if (require.main === module) build().synth();
