import { App, Chart, Size } from 'cdk8s';
import { Accelerator, Model, VllmInferenceStack, VllmVersion } from '../../lib';

export const reviewed = ['Deployment'];

/** A GPU of another vendor: set its extended resource, its memory, and the image that vLLM publishes for it. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'amd', { namespace: 'llm' });
  new VllmInferenceStack(chart, 'Mixtral', {
    name: 'mixtral',
    model: Model.of('mistralai/Mixtral-8x7B-Instruct-v0.1'),
    accelerator: Accelerator.resource('amd.com/gpu', 1, { memory: Size.gibibytes(192) }),
    vllmVersion: VllmVersion.of('0.32.0', { repository: 'vllm/vllm-openai-rocm' }),
    engine: { maxModelLen: 32768 },
    acknowledge: { 'vllm-0.32.0-changes': 'first version that this service runs' },
  });
  return app;
}

if (require.main === module) build().synth();
