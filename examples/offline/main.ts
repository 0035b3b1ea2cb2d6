import { App, Chart, Size } from 'cdk8s';
import { Accelerator, GpuModel, Model, VllmInferenceStack, VllmVersion, Weights } from '../../lib';

export const reviewed = ['Deployment'];

/** A cluster without internet access: weights from a volume, the image from a mirror, and no request to the Hub. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'offline', { namespace: 'llm' });
  new VllmInferenceStack(chart, 'Assistant', {
    name: 'assistant',
    model: Model.of('acme/assistant-12b', { weightsSize: Size.gibibytes(24) }),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    vllmVersion: VllmVersion.of('0.32.0', { repository: 'registry.example.com/vllm/vllm-openai' }),
    weights: Weights.fromVolume({ claim: 'models', path: 'acme/assistant-12b' }),
    engine: { maxModelLen: 16384 },
    acknowledge: { 'vllm-0.32.0-changes': 'first version that this service runs' },
  });
  return app;
}

if (require.main === module) build().synth();
