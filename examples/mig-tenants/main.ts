import { App, Chart } from 'cdk8s';
import { Accelerator, GpuModel, Model, Scaling, VllmInferenceStack } from '../../lib';

const TENANTS = ['search', 'support'];

/**
 * Two tenants, each with replicas on MIG slices of its own and a namespace that only its own clients reach. Slices of
 * one GPU have memory and compute of their own, so neither tenant can starve the other.
 */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'mig-tenants');
  for (const tenant of TENANTS) {
    new VllmInferenceStack(chart, tenant, {
      name: 'llama-3b',
      namespace: tenant,
      model: Model.of('meta-llama/Llama-3.2-3B-Instruct', { servedNames: [`${tenant}-assistant`] }),
      accelerator: Accelerator.mig(GpuModel.H100, '2g.20gb'),
      engine: { maxModelLen: 16384 },
      scaling: Scaling.fixed(2),
      labels: { tenant },
    });
  }
  return app;
}

if (require.main === module) build().synth();
