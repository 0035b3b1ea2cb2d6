import { isUsed } from '../../engine/facts/fact';
import type { FactName } from '../../engine/facts/fact-table';
import { isJsonObject } from '../../shapes/json-object';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { setBackend } from '../attention/attention-options';
import type { CrossCheck, CrossCheckContext } from '../cross-check';

/** An option, and what is wrong with it: the end of a sentence. */
type Row = readonly [fact: FactName, problem: string, fix?: string];

/**
 * What vLLM refuses (vllm/config/model.py and `is_sleep_mode_available`; vllm/v1/kv_offload/cpu/spec.py, `get_worker`).
 */
const REFUSED: readonly Row[] = [
  ['enableSleepMode', 'needs the memory of a GPU: vLLM refuses to start on CPU'],
  [
    'kvOffloadingSize',
    'copies the KV cache from a GPU to the host: vLLM refuses to start on CPU',
    'remove it, and set kvCacheSpace in Accelerator.cpu instead',
  ],
];

/** What vllm/platforms/cpu.py resets, and what has nothing to do without a GPU. */
const UNUSED: readonly Row[] = [
  [
    'gpuMemoryUtilization',
    'has no effect on CPU, where the KV cache has a size',
    'remove it, and set kvCacheSpace in Accelerator.cpu instead',
  ],
  ['cpuOffloadGb', 'moves weights from a GPU to the host, and there is no GPU'],
  ['offloadGroupSize', 'moves weights from a GPU to the host, and there is no GPU'],
  ['asyncScheduling', 'has no effect on CPU: vLLM turns it off'],
  ['enableDbo', 'has no effect on CPU: vLLM turns it off'],
  ['cudagraphCaptureSizes', 'has no effect on CPU, which has no CUDA graphs'],
  ['maxCudagraphCaptureSize', 'has no effect on CPU, which has no CUDA graphs'],
];

const CPU_BACKENDS: readonly string[] = ['CPU_ATTN', 'CPU_MLA', 'AMX_MLA', 'TORCH_SDPA'];

/** Options that are for GPUs. */
export const optionsOnCpu: CrossCheck = (context) => {
  const { facts } = context;
  const used = (rows: readonly Row[]): Row[] =>
    rows.filter(([name]) => isUsed(facts[name]) && !facts[name].isDefault && facts[name].value !== 0);
  return [
    ...used(REFUSED).map(([name, problem, fix = 'remove it']) =>
      error('option-refused-on-cpu', facts[name].origin, problem, fix),
    ),
    ...used(UNUSED).map(([name, problem, fix = 'remove it']) =>
      warning('option-unused-on-cpu', facts[name].origin, problem, fix),
    ),
    ...backendOnCpu(context),
    ...connectorOnCpu(context),
  ];
};

function backendOnCpu({ facts }: CrossCheckContext): Finding[] {
  const { value: name, origin } = setBackend(facts);
  if (name === undefined || CPU_BACKENDS.includes(name)) return [];
  const problem = `is ${name}, which has no effect on CPU: vLLM uses CPU_ATTN`;
  return [warning('option-unused-on-cpu', origin, problem, 'remove it')];
}

/** Connectors that copy between a GPU and the host. */
const OFFLOADING: readonly unknown[] = ['OffloadingConnector', 'SimpleCPUOffloadConnector'];

/** The names of a connector and of those that it combines. */
function namesOf(config: unknown): unknown[] {
  if (!isJsonObject(config)) return [];
  const { kv_connector: name, kv_connector_extra_config: extra } = config;
  const inside = isJsonObject(extra) && Array.isArray(extra['connectors']) ? (extra['connectors'] as unknown[]) : [];
  return [name, ...inside.flatMap(namesOf)];
}

function connectorOnCpu({ facts: { kvTransferConfig } }: CrossCheckContext): Finding[] {
  const name = namesOf(kvTransferConfig.value).find((each) => OFFLOADING.includes(each));
  if (name === undefined) return [];
  const problem = `names ${String(name)}, which copies the KV cache from a GPU to the host: vLLM refuses to start on CPU`;
  return [error('option-refused-on-cpu', kvTransferConfig.origin, problem, 'remove it')];
}
