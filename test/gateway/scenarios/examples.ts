import { type App, Testing } from 'cdk8s';
import { build as regionsAndTiers } from '../../../examples/regions-and-tiers/main';
import { build as shortAndLong } from '../../../examples/short-and-long/main';
import { build as threeModels } from '../../../examples/three-models/main';
import { gateway } from '../../support/routing/objects';
import type { Manifest } from '../../support/routing/resources';
import { sample, type Sample, type Scenario } from '../scenario';

/**
 * The objects of an example as they are, but for names: two examples have the same namespaces and Gateway. A Gateway that
 * the example only refers to is added.
 */
function example(name: string, build: () => App, samples: readonly Sample[]): Scenario {
  const emitted = build().charts.flatMap((chart) => Testing.synth(chart) as Manifest[]);
  const open = { allowedRoutes: { namespaces: { from: 'All' } } } as const;
  const objects = emitted.some(({ kind }) => kind === 'Gateway')
    ? emitted
    : [gateway([open], 'public', 'gateways'), ...emitted];
  const text = JSON.stringify(objects)
    .replaceAll(/"namespace":"([^"]+)"/g, `"namespace":"${name}-$1"`)
    .replaceAll('"name":"public"', `"name":"public-${name}"`);
  return { name, manifests: JSON.parse(text) as Manifest[], samples };
}

const MODEL = 'X-Gateway-Model-Name';

export const modelsScenario = example('models', threeModels, [
  sample('POST models.example.com/v1/chat/completions', { [MODEL]: 'chat' }, 'chat-svc'),
  sample('POST models.example.com/v1/chat/completions', { [MODEL]: 'code' }, 'code-svc'),
  sample('POST models.example.com/v1/embeddings', { [MODEL]: 'embeddings' }, 'models-search/embeddings-svc'),
  sample('POST models.example.com/v1/embeddings', { [MODEL]: 'chat' }, 404),
  sample('POST models.example.com/v1/chat/completions', { [MODEL]: 'embeddings' }, 404),
  sample('POST models.example.com/v1/chat/completions', {}, 404),
  sample('POST models.example.com/v1/chat/completions', { [MODEL]: 'Chat' }, 404),
  sample('models.example.com/v1/models', { [MODEL]: 'code' }, 'code-svc'),
  sample('models.example.com/v1/models', {}, 200),
  sample('POST models.example.com/code/v1/chat/completions', {}, 'code-svc', { as: '/v1/chat/completions' }),
  sample('models.example.com/code/v1/models', {}, 'code-svc', { as: '/v1/models' }),
  sample('POST models.example.com/code/v1/embeddings', {}, 404),
  sample('models.example.com/code/metrics', {}, 404),
  sample('models.example.com/code/v1/../metrics', {}, 404),
  sample('models.example.com/metrics', { [MODEL]: 'chat' }, 404),
]);

export const tiersScenario = example('tiers', regionsAndTiers, [
  sample('POST gold.llm.example.com/v1/chat/completions', {}, 'tiers-llm/qwen-gold-svc'),
  sample('POST gold.llm.example.com/v1/chat/completions', { 'x-region': 'us-east-1' }, 'tiers-llm/qwen-gold-svc'),
  sample('POST eu.llm.example.com/v1/completions', {}, 'tiers-llm/qwen-eu-svc'),
  sample('POST llm.example.com/v1/chat/completions', { 'x-region': 'eu-west-1' }, 'tiers-llm/qwen-eu-svc'),
  sample('POST llm.example.com/v1/chat/completions', { 'x-region': 'us-east-1' }, 'tiers-llm/qwen-us-svc'),
  sample('gold.llm.example.com/metrics', {}, 404),
  sample('POST silver.llm.example.com/v1/chat/completions', {}, 404),
]);

export const lengthsScenario = example('lengths', shortAndLong, [
  sample('POST llm.example.com/v1/chat/completions', { 'x-prompt-class': 'short' }, 'lengths-llm/qwen-short-svc'),
  sample('POST llm.example.com/v1/chat/completions', { 'x-prompt-class': 'long' }, 'lengths-llm/qwen-long-svc'),
  sample('POST llm.example.com/v1/chat/completions', {}, 'lengths-llm/qwen-long-svc'),
  sample('POST llm.example.com/v1/load_lora_adapter', {}, 404),
]);
