import { App, Chart } from 'cdk8s';
import {
  Accelerator,
  GpuModel,
  Model,
  ModelIngress,
  Objective,
  PodUser,
  PrometheusAuthentication,
  PrometheusServer,
  Scaling,
  SecretKey,
  VllmInferenceStack,
} from '../../lib';

// Its pods are those of `minimal`, without a user of their own.
export const reviewed = ['NetworkPolicy', 'TriggerAuthentication', 'Ingress'];

/**
 * A service on OpenShift: the cluster assigns users, monitors user projects, and makes a Route of the Ingress. The Secret
 * `thanos` holds the token of a service account with the role `cluster-monitoring-view`, and the certificate authority of
 * the cluster's services.
 */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'openshift', { namespace: 'llm' });
  new VllmInferenceStack(chart, 'Qwen', {
    name: 'qwen',
    model: Model.of('Qwen/Qwen3-8B'),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    engine: { maxModelLen: 16384 },
    apiKey: SecretKey.of('llm-api-key', 'key'),
    podUser: PodUser.assigned(),
    // Monitoring of user projects selects every monitor and rule.
    monitoringLabels: {},
    objectives: [Objective.errorRate({ below: 0.01 })],
    scaling: Scaling.keda({
      maxReplicas: 4,
      prometheus: PrometheusServer.at('https://thanos-querier.openshift-monitoring.svc.cluster.local:9091', {
        authentication: PrometheusAuthentication.bearer(SecretKey.of('thanos', 'token'), {
          ca: SecretKey.of('thanos', 'service-ca.crt'),
        }),
      }),
    }),
    routes: {
      ingress: ModelIngress.openShift({ tls: { secretName: 'qwen-tls' } }),
      hostnames: ['qwen.apps.example.com'],
    },
  });
  return app;
}

if (require.main === module) build().synth();
