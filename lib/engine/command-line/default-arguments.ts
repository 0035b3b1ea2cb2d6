import { AcceleratorKind } from '../../accelerator/accelerator';
import { GPU_MEMORY_UTILIZATION } from '../../defaults';
import type { OwnArgument } from './arguments';
import type { FlagName } from '../catalogue/flag-name';
import { optionOf } from '../options/option-of-flag';
import { shapeOf } from '../../model/shape-of-model';
import { batchDefaults } from '../facts/batch-defaults';
import type { CommandLineInput } from './command-line-input';
import type { EngineFacts } from '../facts/engine-facts';
import { bucketsWith, CUSTOM_BUCKETS } from './histogram-bounds';

/** Paths that kubelet and Prometheus request all the time. */
const PROBE_PATHS = '/health,/metrics,/ping';

/** Tensor parallelism over the devices that the other kinds of parallelism leave; undefined when they do not divide. */
function remainingDevices({ parallelism }: EngineFacts, devices: number): number | undefined {
  const others = parallelism.pipeline * parallelism.dataLocal * parallelism.prefillContext;
  return devices % others === 0 ? devices / others : undefined;
}

/** Batch sizes of a MIG slice; where the user set one of them, it limits the other, as in vLLM. */
function migBatch({ accelerator, model }: CommandLineInput, set: EngineFacts): [FlagName, number][] {
  const { kind, memoryMib, model: gpu } = accelerator;
  if (kind !== AcceleratorKind.MIG || memoryMib === undefined) return [];
  const row = batchDefaults(memoryMib, gpu?.name, set);
  const sequences = set.maxNumSeqs.value;
  const wholePrompt =
    set.enableChunkedPrefill.value === false ? (set.maxModelLen.value ?? shapeOf(model)?.maxLength ?? 0) : 0;
  const tokens = Math.max(row.maxNumBatchedTokens, sequences ?? 0, wholePrompt);
  const room = set.maxNumBatchedTokens.value ?? tokens;
  return [
    ['--max-num-seqs', Math.min(row.maxNumSeqs, room)],
    ['--max-num-batched-tokens', tokens],
  ];
}

/** What the library adds where the user set nothing. */
export function defaultArguments(input: CommandLineInput, set: EngineFacts): OwnArgument[] {
  const { accelerator, bounds, catalogue, engine } = input;
  const args: OwnArgument[] = [];
  const add = (flag: FlagName, ...values: string[]) => {
    if (set.flags.includes(flag)) return;
    args.push({ origin: `${optionOf(flag)} (by default)`, flag, values, isDefault: true });
  };
  const tensorParallelSize = remainingDevices(set, accelerator.count) ?? 1;
  if (tensorParallelSize > 1) add('--tensor-parallel-size', String(tensorParallelSize));
  // Also beside a KV cache of fixed size on a shared GPU: vLLM fails to start when its share is not free
  // (vllm/v1/worker/utils.py, request_memory).
  // On CPU, the share would be one of all memory: the KV cache has a size there.
  if (accelerator.kind !== AcceleratorKind.CPU && (!set.kvCacheMemoryBytes.isSet || accelerator.sharers > 1)) {
    const share = Math.floor((GPU_MEMORY_UTILIZATION / accelerator.sharers) * 100) / 100;
    add('--gpu-memory-utilization', String(share));
  }
  for (const [flag, value] of migBatch(input, set)) add(flag, String(value));
  // A switch without a `--no-` form cannot be seen on the command line when it is off.
  if (engine.disableFastapiDocs !== false) add('--disable-fastapi-docs');
  // On by default until 0.10.1 gave it a flag of its own; before, each request was logged with its prompt.
  if (!catalogue.hasFlag('--enable-log-requests')) add('--disable-log-requests');
  if (catalogue.hasFlag('--disable-access-log-for-endpoints')) {
    add('--disable-access-log-for-endpoints', PROBE_PATHS);
  }
  const buckets = bucketsWith(bounds, catalogue);
  if (buckets !== undefined) add(CUSTOM_BUCKETS, buckets);
  return args;
}
