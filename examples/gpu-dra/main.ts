import { App, Chart } from 'cdk8s';
import { GpuPlatform, GpuPlatformMode } from '../../lib';

// The rest of the exporter is the same as in `gpu-device-plugin`.
export const reviewed = ['ClusterRole', 'DaemonSet'];

/** The exporter mounts folders of the nodes. */
export const podSecurity = 'privileged';

/** GPUs that pods claim. NVIDIA's chart installs the DRA driver and its device classes. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'gpu-platform');
  new GpuPlatform(chart, 'Gpu', {
    namespace: 'gpu-platform',
    createNamespace: true,
    mode: GpuPlatformMode.dra({ kubernetesVersion: '1.35.4' }),
    monitoringLabels: { release: 'kube-prometheus-stack' },
  });
  return app;
}

if (require.main === module) build().synth();
