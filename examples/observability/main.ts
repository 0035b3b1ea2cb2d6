import { App, Chart, Duration } from 'cdk8s';
import {
  Accelerator,
  AlertSeverity,
  CollectorKind,
  Dashboards,
  FleetDashboards,
  GatewayTraffic,
  GpuModel,
  Model,
  Monitor,
  Objective,
  Price,
  SecretKey,
  Tracing,
  VllmInferenceStack,
} from '../../lib';

export const reviewed = [
  'Deployment',
  'NetworkPolicy chat-otel-netpol',
  'Service chat-otel',
  'ServiceMonitor',
  'PrometheusRule',
  'GrafanaDashboard',
  'ConfigMap',
];

/** A service with objectives, alerts, tracing and a price, and the dashboards of the whole fleet. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const dashboards = Dashboards.grafanaOperator({ instanceSelector: { dashboards: 'grafana' }, folder: 'LLM' });

  const chart = new Chart(app, 'observability', { namespace: 'llm' });
  new VllmInferenceStack(chart, 'Chat', {
    name: 'chat',
    model: Model.of('Qwen/Qwen3-8B'),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    engine: { maxModelLen: 16384 },
    podLabels: { team: 'assistants' },
    objectives: [
      Objective.timeToFirstToken({ percentile: 95, within: Duration.millis(60) }),
      Objective.interTokenLatency({ percentile: 99, within: Duration.millis(60), minEventRate: 10 }),
      Objective.endToEnd({ percentile: 90, within: Duration.seconds(20), window: Duration.days(28) }),
      Objective.errorRate({ below: 0.005 }),
      Objective.errorRate({ below: 0.01, atGateway: true }),
      Objective.availability({ atLeast: 0.999 }),
    ],
    gatewayTraffic: GatewayTraffic.envoyGateway({
      route: 'chat',
      proxies: { gateway_envoyproxy_io_owning_gateway_name: 'public' },
    }),
    monitor: Monitor.service({ interval: Duration.seconds(30), podTargetLabels: ['team'] }),
    monitoringLabels: { release: 'kube-prometheus-stack' },
    alerts: {
      runbookBaseUrl: 'https://wiki.example.com/runbooks/',
      dashboardUrl: 'https://grafana.example.com/dashboards/f/llm',
      labels: { team: 'assistants' },
      tune: {
        VllmQueueTimeHigh: { threshold: 0.5, pending: Duration.minutes(5), severity: AlertSeverity.CRITICAL },
        VllmCostPer1kTokensHigh: { threshold: 0.002 },
        VllmGpuHot: { enabled: false },
      },
    },
    dashboards,
    tracing: Tracing.collector({
      exportTo: 'https://tempo.example.com:4317',
      headers: { Authorization: SecretKey.of('tempo', 'authorization') },
      kind: CollectorKind.DEPLOYMENT,
      tailSampling: { slowerThan: Duration.seconds(20), firstTokenSlowerThan: Duration.seconds(1) },
    }),
    price: Price.perGpuHour(1.86),
  });

  const fleet = new Chart(app, 'fleet', { namespace: 'monitoring' });
  new FleetDashboards(fleet, 'Dashboards', { dashboards });
  return app;
}

if (require.main === module) build().synth();
