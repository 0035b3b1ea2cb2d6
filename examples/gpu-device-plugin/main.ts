import { App, Chart } from 'cdk8s';
import { GpuNodes, GpuPlatform, GpuPlatformMode, GpuSharing } from '../../lib';

/** The platform's pods mount folders of the nodes. */
export const podSecurity = 'privileged';

/**
 * A cluster that has drivers on its nodes and node feature discovery. The platform adds the device plugin and the DCGM
 * exporter. Nodes with the label `nvidia.com/device-plugin.config: shared` offer each GPU to four pods, and the
 * exporter reports each of these pods.
 */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'gpu-platform');
  new GpuPlatform(chart, 'Gpu', {
    namespace: 'gpu-platform',
    createNamespace: true,
    mode: GpuPlatformMode.devicePlugin({
      nodes: GpuNodes.nodeFeatureDiscovery(),
      configs: {
        default: {},
        shared: { sharing: GpuSharing.timeSlicing({ resources: [{ name: 'nvidia.com/gpu', replicas: 4 }] }) },
      },
    }),
    monitoringLabels: { release: 'kube-prometheus-stack' },
  });
  return app;
}

if (require.main === module) build().synth();
