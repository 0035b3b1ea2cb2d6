import { App, Chart } from 'cdk8s';
import { Accelerator, GpuModel, Model, Scaling, SecretKey, VllmInferenceStack } from '../../lib';

// The pods are those of `minimal` on another resource.
export const reviewed = ['Service', 'NetworkPolicy'];

const TENANTS = ['search', 'support'];

/**
 * Two tenants. Each has replicas on its own MIG slices, and a namespace that only its own clients can reach. Each slice
 * of a GPU has its own memory and compute, so neither tenant can slow down the other.
 */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'mig-tenants');
  for (const tenant of TENANTS) {
    new VllmInferenceStack(chart, tenant, {
      name: 'llama-3b',
      namespace: tenant,
      model: Model.of('meta-llama/Llama-3.2-3B-Instruct', {
        servedNames: [`${tenant}-assistant`],
        // Each tenant has its own Secret: pods read those of their namespace only.
        accessToken: SecretKey.of('hugging-face', 'token'),
      }),
      accelerator: Accelerator.mig(GpuModel.H100, '2g.20gb'),
      engine: { maxModelLen: 16384 },
      scaling: Scaling.fixed(2),
      labels: { tenant },
    });
  }
  return app;
}

if (require.main === module) build().synth();
