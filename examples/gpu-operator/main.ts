import { App, Chart } from 'cdk8s';
import { GpuPlatform, GpuPlatformMode } from '../../lib';

/** The operator's own namespace; its chart gives it the same level. */
export const podSecurity = 'privileged';

/** A cluster whose GPUs are run by NVIDIA's GPU Operator, installed by its chart: only what it shall do. */
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
