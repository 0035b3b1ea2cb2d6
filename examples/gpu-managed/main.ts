import { App, Chart } from 'cdk8s';
import { GpuPlatform, GpuPlatformMode, ManagedProvider } from '../../lib';

// The rest of the exporter is the same as in `gpu-device-plugin`.
export const reviewed = ['DaemonSet'];

/** The exporter mounts folders of the nodes. */
export const podSecurity = 'privileged';

/** EKS Auto Mode: AWS runs the device plugin. The platform adds the metrics of the GPUs. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'gpu-platform');
  new GpuPlatform(chart, 'Gpu', {
    namespace: 'gpu-platform',
    createNamespace: true,
    mode: GpuPlatformMode.managed(ManagedProvider.EKS, { exporter: {} }),
    monitoringLabels: { release: 'kube-prometheus-stack' },
  });
  return app;
}

if (require.main === module) build().synth();
