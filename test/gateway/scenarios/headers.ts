import { backends, gateway, headers, inNamespace, route } from '../../support/routing/objects';
import type { Rule } from '../../support/routing/resources';
import { sample, type Scenario } from '../scenario';

/** The paths of the API that clients may call. */
const PATHS = [
  { type: 'PathPrefix', value: '/v1/chat' },
  { type: 'Exact', value: '/v1/completions' },
  { type: 'Exact', value: '/v1/models' },
] as const;

/** A header does not win over a longer path, so each rule repeats every path. */
function allowed(backend: string, wanted: Readonly<Record<string, string>> = {}): Rule {
  const matches = PATHS.map((path) => ({ path, ...(Object.keys(wanted).length > 0 && headers(wanted)) }));
  return { matches, backendRefs: [{ name: backend, port: 80 }], timeouts: { request: '0s' } };
}

const MODEL = 'x-gateway-model-name';
const CHAT = 'POST api.example.com/v1/chat/completions';

/** By model, tier, region and prompt class, with a list of paths and a default. */
export const headerScenario: Scenario = {
  name: 'headers',
  manifests: inNamespace('headers', [
    gateway(),
    ...backends('llama', 'llama-gold', 'llama-eu', 'qwen', 'qwen-long'),
    route('models', [
      allowed('llama', { [MODEL]: 'meta-llama/Llama-3.1-8B-Instruct' }),
      allowed('llama-gold', { [MODEL]: 'meta-llama/Llama-3.1-8B-Instruct', 'x-sla-tier': 'gold' }),
      allowed('llama-eu', { [MODEL]: 'meta-llama/Llama-3.1-8B-Instruct', 'x-sla-tier': 'gold', 'x-region': 'eu' }),
      allowed('qwen', { [MODEL]: 'qwen' }),
      allowed('qwen-long', { [MODEL]: 'qwen', 'x-prompt-class': 'long' }),
      allowed('llama'),
    ]),
  ]),
  samples: [
    sample(CHAT, {}, 'llama'),
    sample(CHAT, { [MODEL]: 'qwen' }, 'qwen'),
    sample(CHAT, { 'X-Gateway-Model-Name': 'qwen' }, 'qwen'),
    sample(CHAT, { [MODEL]: 'Qwen' }, 'llama'),
    sample(CHAT, { [MODEL]: 'qwen2' }, 'llama'),
    sample(CHAT, { [MODEL]: 'qwen', 'x-prompt-class': 'long' }, 'qwen-long'),
    sample(CHAT, { [MODEL]: 'qwen', 'x-prompt-class': 'short' }, 'qwen'),
    sample(CHAT, { 'x-prompt-class': 'long' }, 'llama'),
    sample(CHAT, { [MODEL]: 'meta-llama/Llama-3.1-8B-Instruct' }, 'llama'),
    sample(CHAT, { [MODEL]: 'meta-llama/Llama-3.1-8B-Instruct', 'x-sla-tier': 'gold' }, 'llama-gold'),
    sample(CHAT, { [MODEL]: 'meta-llama/Llama-3.1-8B-Instruct', 'x-sla-tier': 'gold', 'x-region': 'eu' }, 'llama-eu'),
    sample(CHAT, { [MODEL]: 'meta-llama/Llama-3.1-8B-Instruct', 'x-region': 'eu' }, 'llama'),
    sample('GET api.example.com/v1/models', { [MODEL]: 'qwen' }, 'qwen'),
    sample('POST api.example.com/v1/completions', { [MODEL]: 'qwen' }, 'qwen'),
    sample('GET other.example.org/v1/models', {}, 'llama'),
    sample('GET api.example.com/v1/models?after=x', {}, 'llama'),
    sample('POST api.example.com/v1/chat', {}, 'llama'),
    // Outside the list of paths.
    sample('GET api.example.com/metrics', {}, 404),
    sample('GET api.example.com/metrics', { [MODEL]: 'qwen' }, 404),
    sample('GET api.example.com/health', {}, 404),
    sample('POST api.example.com/v1/embeddings', {}, 404),
    sample('POST api.example.com/v1/completions/', {}, 404),
    sample('GET api.example.com/V1/models', {}, 404),
    sample('POST api.example.com/v1/chats', {}, 404),
    sample('GET api.example.com/', {}, 404),
    // Tricks to leave it.
    sample('GET api.example.com//metrics', {}, 404),
    sample('GET api.example.com/v1/../metrics', {}, 404),
    sample('GET api.example.com/v1/chat/../../metrics', {}, 404),
    sample('GET api.example.com/v1/chat/%2e%2e/%2e%2e/metrics', {}, 404),
    sample('GET api.example.com/v1/chat\\..\\..\\metrics', {}, 404),
    sample('GET api.example.com/v1/chat/..%2f..%2fmetrics', {}, 307),
    sample('GET api.example.com/v1/chat/..%5c..%5cmetrics', {}, 307),
    sample('GET api.example.com/v1/chat/..;/..;x=1/metrics', {}, 404),
    sample('GET api.example.com/v1/chat/x#/../../metrics', {}, 400),
    sample('GET api.example.com/v1/chat/%00', {}, 400),
    // Goes to a pod, as a path that is not `/metrics`.
    sample('GET api.example.com/v1/chat/%2e%2e;/%2e%2e;/metrics', {}, 'llama', { as: '/v1/chat/..;/..;/metrics' }),
    sample('GET api.example.com/v1/chat/%252e%252e/metrics', {}, 'llama'),
    // Other spellings of a path in it.
    sample('POST api.example.com/v1//chat/completions', {}, 'llama', { as: '/v1/chat/completions' }),
    sample('POST api.example.com/v1/./chat/completions', {}, 'llama', { as: '/v1/chat/completions' }),
    sample('GET api.example.com/v1/x/../models', {}, 'llama', { as: '/v1/models' }),
    sample('GET api.example.com/v1/m%6fdels', {}, 'llama', { as: '/v1/models' }),
    sample('GET api.example.com/v1/chat/a%20b', {}, 'llama'),
  ],
};
