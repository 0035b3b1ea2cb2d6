import { App, Chart } from 'cdk8s';
import { GpuPlatform, GpuPlatformMode } from '../../lib';

/** The operator's own namespace; its chart sets the same level. */
export const podSecurity = 'privileged';

/** A cluster with NVIDIA's GPU Operator, installed by its chart. The platform emits its configuration. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'gpu-platform');
  new GpuPlatform(chart, 'Gpu', {
    namespace: 'gpu-operator',
    mode: GpuPlatformMode.gpuOperator({}),
    monitoringLabels: { release: 'kube-prometheus-stack' },
  });
  return app;
}

if (require.main === module) build().synth();
