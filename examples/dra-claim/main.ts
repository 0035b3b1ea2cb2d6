import { App, Chart } from 'cdk8s';
import { Accelerator, GpuModel, Model, VllmInferenceStack } from '../../lib';

/** Minimum version: it has `resource.k8s.io/v1`. */
export const minKubernetes = '1.34';

export const reviewed = ['Deployment', 'ResourceClaimTemplate'];

/**
 * A model on two GPUs that the scheduler selects by their properties, in a cluster with NVIDIA's DRA driver instead of
 * the device plugin. No node label is needed: the claim selects the GPUs.
 */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'dra-claim', { namespace: 'llm' });
  new VllmInferenceStack(chart, 'Qwen', {
    name: 'qwen-32b',
    model: Model.of('Qwen/Qwen2.5-32B-Instruct'),
    accelerator: Accelerator.claim(GpuModel.H100, { count: 2 }),
    engine: { maxModelLen: 16384 },
  });
  return app;
}

if (require.main === module) build().synth();
