import { otherNames } from '../../shapes/other-names';

const MODEL = (field: string) => `set ${field} in Model.of instead`;
const STACK = (property: string) => `set ${property} of the stack instead`;

/** Options of vLLM that are those of the model. */
export const OF_MODEL: Readonly<Record<string, string>> = {
  servedModelName: MODEL('servedNames'),
  servedNames: MODEL('servedNames'),
  revision: MODEL('revision'),
  dtype: MODEL('dtype'),
  quantization: MODEL('quantization'),
  tokenizer: MODEL('tokenizer'),
  chatTemplate: MODEL('chatTemplate'),
  trustRemoteCode: MODEL('trustRemoteCode'),
};

/** Options of vLLM, and properties, that belong to another level than `engine`. */
const NAMES: Readonly<Record<string, string>> = {
  model: STACK('model'),
  ...OF_MODEL,
  hfToken: 'set accessToken: SecretKey.of(name, key) in Model.of instead',
  apiKey: STACK('apiKey'),
  downloadDir: STACK('weights'),
  shutdownTimeout: 'set lifecycle.drainTimeout of the stack instead',
  extraArgs: STACK('extraArgs'),
  args: STACK('extraArgs'),
  env: STACK('env'),
  version: STACK('vllmVersion'),
  image: STACK('vllmVersion'),
  replicas: 'set scaling: Scaling.fixed(<number>) of the stack instead',
  gpus: STACK('accelerator'),
  resources: STACK('resources'),
  port: 'remove it: probes, Service and NetworkPolicy use port 8000',
  host: 'remove it: the pod listens on all its addresses',
  tp: 'set tensorParallelSize instead',
  pp: 'set pipelineParallelSize instead',
  dp: 'set dataParallelSize instead',
  kvCacheMemoryBytes: 'set kvCacheMemory instead, for example Size.gibibytes(20)',
  cpuOffloadGb: 'set cpuOffload instead, for example Size.gibibytes(20)',
  contextLength: 'set maxModelLen instead',
  maxContextLength: 'set maxModelLen instead',
  maxTokens: 'set maxModelLen instead, the most tokens of a prompt and its answer',
  gpuMemory: 'set gpuMemoryUtilization instead, a share such as 0.9',
};

/** What to do about an unknown option; any flag without a property has its place. */
export const engineWhatToDo = otherNames(NAMES);
