import { App, Chart } from 'cdk8s';
import { Accelerator, Delivery, GpuModel, Model, Placement, Scaling, SecretKey, VllmInferenceStack } from '../../lib';

export const reviewed = ['Deployment'];

/**
 * A 70B model with two replicas, each on four H100 of one GKE node. The cluster has no spare node of that kind, so a
 * rollout stops one replica before it starts the new one.
 */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'tensor-parallel', { namespace: 'llm' });
  new VllmInferenceStack(chart, 'Llama70B', {
    name: 'llama-70b',
    model: Model.of('meta-llama/Llama-3.3-70B-Instruct', {
      accessToken: SecretKey.of('hugging-face', 'token'),
      servedNames: ['llama-3.3-70b'],
    }),
    accelerator: Accelerator.gpu(GpuModel.H100, 4),
    placement: Placement.gke(),
    engine: { maxModelLen: 32768, kvCacheDtype: 'fp8' },
    scaling: Scaling.fixed(2),
    delivery: Delivery.inPlace(),
  });
  return app;
}

if (require.main === module) build().synth();
