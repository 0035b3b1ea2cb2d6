import { App, Chart } from 'cdk8s';
import { GpuNodes, GpuPlatform, GpuPlatformMode, GpuSharing } from '../../lib';

/** The platform's pods use folders of the nodes. */
export const podSecurity = 'privileged';

/**
 * A cluster with drivers on its nodes and node feature discovery: the device plugin, which offers each GPU to four pods,
 * and the DCGM exporter.
 */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'gpu-platform');
  new GpuPlatform(chart, 'Gpu', {
    namespace: 'gpu-platform',
    createNamespace: true,
    mode: GpuPlatformMode.devicePlugin({
      nodes: GpuNodes.nodeFeatureDiscovery(),
      config: { sharing: GpuSharing.timeSlicing({ resources: [{ name: 'nvidia.com/gpu', replicas: 4 }] }) },
    }),
    monitorLabels: { release: 'kube-prometheus-stack' },
  });
  return app;
}

if (require.main === module) build().synth();
