import type { Section } from './section';

const UNKNOWN_EC_CONNECTOR =
  'vLLM has no connector of this name for the output of encoders. It is a warning with an image of your own, which may add it.';
const UNKNOWN_KV_CONNECTOR =
  'vLLM has no KV connector of this name. It is a warning with an image of your own, which may add it.';

export const OPTION_RELATIONS = [
  {
    title: 'Options that vLLM compares',
    docs: 'engine-catalogue.md#rules-between-options',
    errors: {
      'adapters-of-text-model': 'LoRA adapters for images, audio or video are set, and the model reads text only.',
      'cuda-graph-sizes': 'The maximum of the CUDA graph sizes is not the largest of the sizes, or is below 1.',
      'elastic-maximum': 'The maximum of elastic expert parallelism is below the data-parallel size at start.',
      'external-rank-missing': 'External data parallelism is on, and no process can have a rank.',
      'kernel-of-another-vendor': 'A kernel is chosen that exists for GPUs of another vendor only.',
      'kernels-set-twice': 'Two options set the kernels of the same operator.',
      'microbatch-threshold': 'A threshold for microbatches has fewer tokens than there are microbatches.',
      'microbatches-without-backend': 'Microbatches are on with an all-to-all backend that does not overlap with them.',
      'model-runner': 'Two options need different model runners, or the variable chooses the other one.',
      'offload-groups': 'Offloading of weights has more layers than the group, or no step of prefetch.',
      'option-without-another': 'An option or key works only with another one, which is not set so.',
      'option-of-another-model': 'An option is set that vLLM has for models of another kind only.',
      'optional-package': 'An option needs a Python package that the image of vLLM does not have.',
      'options-together': 'Two options or keys exclude each other.',
      'pooling-without-conversion': 'A model that generates text is to pool, and its conversion is turned off.',
      'routed-experts': 'The experts of each token are returned, which the model or another option does not allow.',
      'sampling-ranks-without-sequences': 'Sampling is split over more ranks than there are sequences.',
    },
  },
  {
    title: 'Speculative decoding',
    docs: 'engine-catalogue.md#rules-between-options',
    errors: {
      'adaptive-verification': 'Adaptive verification of drafts does not work with another option.',
      'draft-context-too-long': 'The context of the drafts is longer than that of the model.',
      'draft-metrics-without-drafts': 'Metrics of drafts are on, and there is no speculative decoding.',
      'draft-parallelism': 'The draft model has another tensor parallel size than 1 or that of the model.',
      'draft-sampling': 'The way in which drafts are sampled does not fit another option.',
      'ngram-window': 'The minimum of the n-gram window is above its maximum.',
      'no-multi-token-prediction': 'Multi-token prediction is on, and the checkpoint has no layers for it.',
      'not-with-this-method': 'A key or feature does not work with this method of speculative decoding.',
      'speculation-set-twice': 'A flag and a key of the JSON option set the same thing.',
      'draft-model-unsupported': 'The method of speculative decoding cannot use this draft model.',
      'runner-of-encoder': 'An encoder is to generate text.',
      'speculation-without-method': 'Speculative decoding has no model and no method.',
      'speculation-without-model': 'The method of speculative decoding needs a draft model, and none is set.',
      'speculation-without-tokens': 'Speculative decoding has no number of drafts.',
      'suffix-decoding': 'A key of suffix decoding is outside of its range.',
      'synthetic-acceptance': 'Rates of synthetic acceptance are missing, are too many or do not fall.',
      'watermark-of-drafts': 'The watermark does not mark drafts, and speculative decoding is on.',
    },
  },
  {
    title: 'KV cache between engines, hosts and disks',
    docs: 'engine-catalogue.md#rules-between-options',
    errors: {
      'ec-connector-unknown': UNKNOWN_EC_CONNECTOR,
      'ec-role-missing': 'Transfer of the output of encoders names a connector, but no ec_role.',
      'encoder-of-text-model': 'The engine only encodes images, audio or video, and the model reads text only.',
      hisparse: 'HiSparse does not work with another option.',
      'kv-connector-and-allocator': 'The allocator may move memory that a KV connector has registered.',
      'kv-connector-and-context': 'The KV connector does not work with this decode context parallelism.',
      'kv-connector-missing': 'KV transfer is configured without a connector.',
      'kv-connector-unknown': UNKNOWN_KV_CONNECTOR,
      'kv-role-missing': 'KV transfer names a connector, but no kv_role.',
    },
    warnings: {
      'ec-connector-unknown': UNKNOWN_EC_CONNECTOR,
      'kv-connector-unknown': UNKNOWN_KV_CONNECTOR,
      'kv-offloading-without-size': 'A backend for KV offloading is set without a size, so nothing is offloaded.',
    },
  },
] as const satisfies readonly Section[];
