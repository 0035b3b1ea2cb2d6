import type { Section } from './section';

export const INFERENCE_POOLS = [
  {
    title: 'Members of an InferencePool',
    docs: 'inference-pools.md#members',
    errors: {
      'pool-api-keys-differ': 'Members of a pool have different API keys.',
      'pool-https': 'The engine of a member serves TLS, and gateways reach the pods of a pool without it.',
      'pool-label': 'A label of the pods is one that the membership in a pool sets.',
      'pool-metric-missing': 'The pinned vLLM version does not expose a metric that the endpoint picker reads.',
      'pool-hashes-differ': 'Members of a pool hash KV blocks differently, and their hashes leave the pods.',
      'pool-models-differ': 'Members of a pool serve different model names.',
      'pool-name-differs': 'A stack of an InferencePool names another pool.',
      'pool-namespace-differs': 'Members of a pool are in different namespaces.',
      'pool-namespace-unknown': 'The namespace of a pool is not set.',
      'pool-not-a-member': 'A stack of an InferencePool does not set inferencePool.',
      'pool-port-differs': 'Members of a pool listen on different ports.',
      'pool-stack-twice': 'A stack is in a pool twice.',
    },
    warnings: {
      'pool-mesh': 'The pods of a member are in a mesh, and the endpoint picker is not.',
      'pool-passed-by': 'A route sends requests to the Service of a member, so the endpoint picker is not asked.',
      'pool-scales-to-zero': 'A member scales to zero, and the endpoint picker does not hold requests until it starts.',
      'pool-several-engines': 'The pods of a member have several engines, and the picker reads the metrics of one.',
      'pool-uncounted': 'Istio counts the requests to the Service of a member, not those through its pool.',
    },
  },
  {
    title: 'Length of prompts',
    docs: 'inference-pools.md#short-and-long-prompts',
    errors: {
      'pool-range-above-context': 'A member gets prompts that are longer than its context.',
      'pool-range-empty': 'The minimum of a range is above its maximum.',
      'pool-range-gap': 'No member of a pool gets prompts of some length.',
      'pool-range-missing': 'Some members of a pool have a range of lengths, and others have none.',
    },
    warnings: {
      'pool-range-overlap': 'Two members have different ranges with common lengths.',
    },
    notices: {
      'pool-context-unknown': 'The longest context of a member is not known, so its range is not checked.',
      'pool-open-lengths': 'Without a ready endpoint picker, prompts reach members for other lengths.',
    },
  },
  {
    title: 'Endpoint picker',
    docs: 'inference-pools.md#the-endpoint-picker',
    errors: {
      'picker-memory-limit': 'The memory limit of the endpoint picker is below its request.',
      'picker-without-scorers': 'All weights are 0, so the endpoint picker has nothing to choose by.',
    },
    notices: {
      'picker-alone': 'The gateway refuses requests while the only endpoint picker is away.',
    },
  },
] as const satisfies readonly Section[];
