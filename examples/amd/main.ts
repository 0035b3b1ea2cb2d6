import { App, Chart, Size } from 'cdk8s';
import { Accelerator, Model, PodUser, VllmInferenceStack, VllmVersion } from '../../lib';

export const reviewed = ['Deployment'];

/** The group "render" of the nodes, which may open `/dev/kfd`: `getent group render` prints its number on a node. */
const RENDER = 992;

/**
 * A GPU of another vendor: set its extended resource, its memory, the image that vLLM publishes for it, and the group that
 * may open its devices. The pod needs no root.
 */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'amd', { namespace: 'llm' });
  new VllmInferenceStack(chart, 'Mixtral', {
    name: 'mixtral',
    model: Model.of('mistralai/Mixtral-8x7B-Instruct-v0.1'),
    accelerator: Accelerator.resource('amd.com/gpu', 1, { memory: Size.gibibytes(192) }),
    vllmVersion: VllmVersion.of('0.32.0', { repository: 'vllm/vllm-openai-rocm' }),
    podUser: PodUser.vllm({ supplementalGroups: [RENDER] }),
    engine: { maxModelLen: 32768 },
    acknowledge: { 'vllm-0.32.0-changes': 'first version that this service runs' },
  });
  return app;
}

if (require.main === module) build().synth();
