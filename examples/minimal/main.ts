import { App, Chart } from 'cdk8s';
import { Accelerator, GpuModel, Model, VllmInferenceStack } from '../../lib';

/** The smallest useful program: everything else is derived. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'minimal');
  new VllmInferenceStack(chart, 'Qwen', {
    name: 'qwen',
    model: Model.of('Qwen/Qwen3-8B'),
    accelerator: Accelerator.gpu(GpuModel.L4),
    engine: { maxModelLen: 8192 },
  });
  return app;
}

if (require.main === module) build().synth();
