import type { Section } from './section';

const JSON_KEY_REMOVED = 'The pinned vLLM version no longer has this key of a JSON flag.';
const JSON_KEY_TOO_NEW = 'The pinned vLLM version does not have this key of a JSON flag yet.';
const UNKNOWN_JSON_KEY = 'The JSON flag does not have this key.';
const WRONG_JSON_VALUE = 'The value of a key of a JSON flag has the wrong type, or is not one of the allowed values.';

const LORA_IS_OFF = 'A LoRA option is set, but LoRA is off.';
const NO_METRICS =
  'Statistics are off, so the engine exposes no vllm:* metrics. It is an error when something reads them.';
const NO_TRACING_PACKAGES =
  'The image has no OpenTelemetry packages, or, with an image of your own, may not have them: the engine then exits at start.';

const NOT_AN_ADDRESS = 'A variable that vLLM reads as an address has another field of the pod.';

export const ENGINE = [
  {
    title: 'Command line',
    docs: 'escape-hatches.md#flags',
    errors: {
      'abbreviated-flag': 'The name of a flag is cut short; write the full name.',
      'empty-argument': 'An item of extraArgs is empty.',
      'flag-removed': 'The pinned vLLM version no longer has this flag.',
      'flag-too-new': 'The pinned vLLM version does not have this flag yet.',
      'flag-twice': 'A flag is set twice; vLLM would silently ignore the first one.',
      'owned-flag': 'extraArgs sets a flag that belongs to a property of the stack.',
      'pasted-command': 'An item of extraArgs is a part of a docker, shell or vllm serve command, and no flag of vLLM.',
      'several-in-one': 'One item of extraArgs has a flag and its value; vLLM would read both as one name.',
      'stray-value': 'An item of extraArgs is a value that belongs to no flag.',
      'unknown-flag': 'The pinned vLLM version does not have this flag.',
    },
    warnings: {
      'deprecated-flag': 'The flag is deprecated and will be removed from vLLM.',
    },
  },
  {
    title: 'Values of flags',
    docs: 'engine-catalogue.md#how-to-read-a-row',
    errors: {
      'invalid-json': 'The value of a JSON flag is not valid JSON.',
      'json-key-removed': JSON_KEY_REMOVED,
      'json-key-too-new': JSON_KEY_TOO_NEW,
      'missing-json-key': 'A JSON flag has no key that vLLM needs.',
      'missing-value': 'A flag has no value, but needs one.',
      'not-a-number': 'The value of a flag is not a number.',
      'out-of-bounds': 'The number is outside the range that the flag allows.',
      'too-many-values': 'A flag has several values, but accepts one.',
      'unexpected-value': 'A flag has a value, but accepts none.',
      'unknown-choice': 'The value is not one of those that the flag allows.',
      'unknown-json-key': UNKNOWN_JSON_KEY,
      'unknown-parser': 'vLLM has no parser of this name, and no plugin is loaded that could add it.',
      'wrong-lora-module': 'An adapter is neither name=path nor JSON with a name and a path, or its name is in use.',
      'wrong-json': 'The value of a JSON flag is not an object, or not a list.',
      'wrong-json-value': WRONG_JSON_VALUE,
    },
    warnings: {
      'json-key-removed': JSON_KEY_REMOVED,
      'json-key-too-new': JSON_KEY_TOO_NEW,
      'unknown-json-key': UNKNOWN_JSON_KEY,
      'unlisted-choice': 'The value is not known to vLLM itself, and only works if a plugin adds it.',
      'wrong-json-value': WRONG_JSON_VALUE,
    },
  },
  {
    title: 'Environment variables',
    docs: 'escape-hatches.md#variables',
    errors: {
      'owned-variable': 'env, secretEnv or fieldEnv sets a variable that belongs to a property of the stack.',
      'unknown-variable': 'vLLM reads no VLLM_* variable of this name.',
      'variable-circle': 'Variables in env name each other, so Kubernetes cannot fill in all of them.',
      'variable-name': 'The name of an environment variable has characters that are not allowed.',
      'variable-not-an-address': NOT_AN_ADDRESS,
      'variable-not-filled-in':
        'A value or an argument has $(…) that names no variable of the container, or is the path of a field of the pod.',
      'variable-removed': 'The pinned vLLM version no longer reads this variable.',
      'variable-too-new': 'The pinned vLLM version does not read this variable yet.',
      'variable-twice': 'A variable is in two of env, secretEnv and fieldEnv.',
      'wrong-variable-value':
        'The value of a variable cannot be read by the pinned vLLM version, which would exit at start.',
    },
    warnings: {
      'pod-field-empty': 'A variable has a label or annotation that the pod does not have, so it is empty.',
      'pod-field-of-node': 'A variable has the limit of a resource without one, so it has what the node offers.',
      'variable-not-an-address': NOT_AN_ADDRESS,
      'variable-of-shell': 'A value or an argument has $NAME or ${NAME}, which only a shell fills in.',
    },
  },
  {
    title: 'KV events and transfer between pods',
    docs: 'kv-transfer.md#what-is-checked',
    errors: {
      'address-not-reachable': 'A connector announces an address to other pods at which they cannot reach the engine.',
      'hash-seed-random': 'The hash seed differs in each process, but hashes of KV blocks leave the pod.',
      'kv-events-endpoint': 'The endpoint of KV events cannot be opened, or the engine would not listen on it.',
      'port-range': 'A port besides HTTP is 0 or above 65535.',
    },
    warnings: {
      'kv-events-off': 'KV events are configured, and none is published.',
      'kv-events-unreachable': 'No other pod reaches the endpoint of KV events.',
      'port-privileged': 'A port besides HTTP is below 1024, which needs root with many container runtimes.',
    },
  },
  {
    title: 'Secrets',
    docs: 'security.md#secrets',
    errors: {
      'secret-as-text':
        'A text looks like a secret: a flag, a variable, a label, an address with a password. Anyone who can read the YAML can see it.',
    },
  },
  {
    title: 'Model files',
    docs: 'files.md#without-the-hub',
    errors: {
      'hub-is-not-asked':
        'The weights come from a volume, but a tokenizer, draft model, adapter or configuration is named as on the Hugging Face Hub.',
      'load-format-of-object-storage': 'The weights are in object storage, which this load format does not read.',
      'model-id': 'An id is an address, has a tag, or is a name of another tool: vLLM would not find the model.',
      'model-path-twice': 'The model is a path, and weights.path is set too.',
      'offline-without-cache': 'Weights.fromHub is offline without a cache claim, so there is nothing to load.',
      'revision-of-a-volume': 'model.revision is set, but weights on a volume have no revision.',
      'token-of-a-volume': 'model.accessToken is set, but weights on a volume need no token.',
    },
  },
  {
    title: 'Which model',
    docs: 'models.md#ids',
    errors: {
      'model-of-removed-format': 'The pinned vLLM version no longer reads the format of this checkpoint.',
      'model-of-vllm-omni': 'Only vllm-omni serves this model, and the image is that of vLLM.',
    },
    warnings: {
      'model-class-removed': 'The pinned vLLM version no longer has the class of this model.',
      'model-id-case': 'The id of the model has other upper- and lower-case letters than on the Hub.',
      'model-id-misspelt': 'The id of the model is unknown, and a known one differs by a slip.',
    },
  },
  {
    title: 'Code and revision of the model',
    docs: 'security.md#code-from-model-repositories',
    warnings: {
      'remote-code-not-pinned': 'Code from the model repository runs in the pod, and its revision is not pinned.',
    },
    notices: {
      'revision-open': 'model.revision is not set: pods that start later may serve other weights.',
    },
  },
  {
    title: 'What a model needs',
    docs: 'serving.md#what-is-checked',
    errors: {
      'model-without-recipe': 'Model.recommended got an id for which no recipe is known.',
    },
    warnings: {
      'gated-without-token': 'The Hub gives the files of the model only to accounts, and the stack has no token.',
      'model-needs-newer-vllm': 'The recipe of the model is for a later vLLM version than the pinned one.',
      'model-needs-option': 'An option without which vLLM does not serve the model well is unset or has another value.',
      'parser-of-another-model': 'The parser of tool calls or reasoning does not read what the model writes.',
      'tokenizer-mode-of-another-model': 'The tokenizer mode has no chat template for the model.',
    },
    notices: {
      'reasoning-parser-unset': 'Tool calls of a reasoning model are read, and its thoughts are not.',
    },
  },
  {
    title: 'Parallelism',
    docs: 'devices.md#whole-gpus',
    errors: {
      'attention-heads': 'The attention heads of the model cannot be divided among that many GPUs.',
      'context-interleaving': 'Blocks are not divided by the turns of decode context parallelism.',
      'context-and-data-parallelism': 'Prefill context parallelism and data parallelism cannot be combined.',
      'decode-context-of-few-heads': 'Decode context parallelism is larger than the copies of the key/value heads.',
      'decode-context-parallelism': 'Decode context parallelism does not divide tensor parallelism.',
      'device-count': 'The parallel sizes need another number of devices than the accelerator has.',
      'eplb-on-one-gpu': 'Expert load balancing is on, but the engine has one GPU.',
      'eplb-without-experts': 'Expert load balancing is on without expert parallelism.',
      'experts-of-dense-model': 'Expert parallelism is on, but the model is not a mixture of experts.',
      'external-data-parallelism-of-dense-model':
        'A flag of external data parallelism is set, which vLLM refuses for a model that is not a mixture of experts.',
      'pipeline-unsupported': 'vLLM cannot divide the layers of this model into stages.',
      'ranks-elsewhere': 'Some data-parallel ranks would be outside the pod; a replica is one pod.',
    },
    warnings: {
      'data-parallelism-of-dense-model':
        'Data parallelism of a model that is not a mixture of experts: several engines in one pod start, stop and fail together.',
      'more-gpus-than-a-node': 'The replica requests more GPUs than any common machine has.',
    },
    notices: {
      'tensor-parallelism-over-pcie': 'Tensor parallelism over GPUs without NVLink: every token is slower.',
      'uneven-gpus': 'The number of GPUs is not 1, 2, 4 or 8, so part of a node stays unused.',
    },
  },
  {
    title: 'Batches, adapters and drafts',
    docs: 'preflight.md#options-that-must-agree',
    errors: {
      'architecture-unknown': 'Overridden architectures are no classes of a model.',
      'active-above-seqs': 'More requests may run than a step has sequences.',
      'batched-tokens-below-drafts': 'A step has too few tokens for all sequences with their draft tokens and LoRA.',
      'batched-tokens-below-length': 'Without chunked prefill, the longest prompt does not fit into one step.',
      'batched-tokens-below-seqs': 'A step has fewer tokens than sequences.',
      'context-too-long': 'The context is longer than the model supports.',
      'cpu-loras-below-loras': 'The host caches fewer LoRA adapters than one batch may use.',
      'long-prefills-above-prefills': 'More long prompts may be split at a time than prompts at all.',
      'long-prefill-threshold': 'The long-prefill threshold is above the longest context.',
      'lora-is-off': LORA_IS_OFF,
      'rope-without-type': 'Overridden RoPE parameters have no rope_type.',
      'runtime-lora-with-api-servers': 'LoRA adapters are loaded at run time, but there are several API servers.',
      'text-config-of-text-model': 'text_config is overridden, and the model does not have it.',
    },
    warnings: { 'lora-is-off': LORA_IS_OFF },
  },
  {
    title: 'Options that need another one',
    docs: 'preflight.md#options-that-must-agree',
    errors: {
      'client-certificates': 'The server requires a certificate from every client, so the probes of the kubelet fail.',
      'key-without-certificate': 'A TLS private key is set without its certificate.',
      'log-outputs-without-requests': 'Outputs are logged only together with requests, and requests are not logged.',
      'no-api-server': 'The engine has no API server, so the pod never becomes ready.',
      'tool-choice-without-parser': 'Automatic tool choice is on without a parser for tool calls.',
      'traces-without-endpoint': 'Detailed traces are on, but no traces endpoint is set.',
    },
    warnings: {
      'certificate-without-key': 'A TLS certificate is set without its private key.',
    },
  },
  {
    title: 'Routes without the API key',
    docs: 'security.md#the-api-key',
    warnings: {
      'development-mode': 'Development mode opens routes that answer without the API key.',
    },
  },
  {
    title: 'Metrics of the engine',
    docs: 'observability.md#what-the-cluster-must-have',
    errors: { 'no-metrics': NO_METRICS },
    warnings: { 'no-metrics': NO_METRICS },
  },
  {
    title: 'Tracing packages',
    docs: 'tracing.md#what-it-costs',
    errors: { 'no-tracing-packages': NO_TRACING_PACKAGES },
    warnings: { 'no-tracing-packages': NO_TRACING_PACKAGES },
  },
] as const satisfies readonly Section[];
