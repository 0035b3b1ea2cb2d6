import { App, Chart, Size } from 'cdk8s';
import { Accelerator, Model, VllmInferenceStack } from '../../lib';

export const reviewed = ['Deployment'];

/** A trial without a GPU, small enough for a kind cluster on a laptop: a model of 0.6 billion parameters. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'cpu', { namespace: 'llm' });
  new VllmInferenceStack(chart, 'Qwen', {
    name: 'qwen',
    model: Model.of('Qwen/Qwen3-0.6B'),
    accelerator: Accelerator.cpu({ kvCacheSpace: Size.gibibytes(2) }),
    engine: { maxModelLen: 8192 },
  });
  return app;
}

if (require.main === module) build().synth();
