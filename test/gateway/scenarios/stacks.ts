import { Chart, Testing } from 'cdk8s';
import { Accelerator, GpuModel, Model, VllmInferenceStack } from '../../../lib';
import { gateway, headers, inNamespace, route } from '../../support/routing/objects';
import type { Manifest, Rule } from '../../support/routing/resources';
import { sample, type Scenario } from '../scenario';

const MODEL = 'x-gateway-model-name';
const chart = new Chart(Testing.app(), 'stacks', { namespace: 'llm' });

/** The objects of a stack as it emits them, and a rule to its Service. */
function stack(name: string, match: NonNullable<Rule['matches']>[number]): Rule {
  new VllmInferenceStack(chart, name, {
    name,
    model: Model.of('Qwen/Qwen3-8B'),
    accelerator: Accelerator.gpu(GpuModel.L4),
    engine: { maxModelLen: 8192 },
  });
  return {
    matches: [{ path: { type: 'PathPrefix', value: '/v1' }, ...match }],
    backendRefs: [{ name: `${name}-svc`, port: 8000 }],
    timeouts: { request: '0s' },
  };
}

const rules = [stack('llama', {}), stack('qwen', headers({ [MODEL]: 'qwen' }))];

/** Pods of real stacks behind a gateway. */
export const stackScenario: Scenario = {
  name: 'stacks',
  manifests: inNamespace('stacks', [gateway(), route('models', rules), ...(Testing.synth(chart) as Manifest[])]),
  samples: [
    sample('GET api.example.com/v1/models', {}, 'llama-svc'),
    sample('POST api.example.com/v1/chat/completions', { [MODEL]: 'qwen' }, 'qwen-svc'),
    sample('GET api.example.com/metrics', { [MODEL]: 'qwen' }, 404),
  ],
};
