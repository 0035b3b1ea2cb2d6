import { isInObjectStorage } from '../../model/model-id';
import type { HostPart } from '../../timing/host-needs';
import { BYTES_PER_MIB, inGibibytes, MIB_PER_GIB } from '../../units/mebibytes';
import type { HostContext } from './host-context';
import { copiesOf, isOn, numberIn, ranksOf } from './host-context';

/** Bytes that a process of the Run:ai streamer reads ahead by default (run-ai/runai-model-streamer:docs/src/env-vars.md). */
const STREAMER_BYTES = 40e9;

/**
 * Weights that stay in host memory: a size for each GPU, or some layers of each group (vllm/model_executor/offloader).
 * Pinned memory may take up to twice of it (vLLM #56410), from what the page cache of the weights gives back.
 */
export function offloadedWeights(context: HostContext): HostPart[] {
  const { facts, accelerator, weights } = context;
  const group = facts.offloadGroupSize.value ?? 0;
  const backend = facts.offloadBackend.value ?? 'auto';
  if (backend === 'prefetch' || (backend === 'auto' && group > 0)) {
    if (group <= 0 || weights.size === undefined) return [];
    const layers = facts.offloadNumInGroup.value ?? 1;
    const mib = (weights.size.value * copiesOf(context) * Math.min(layers, group)) / group;
    return [{ what: `offloaded (weights of ${layers} of ${group} layers)`, mib, atStart: 0 }];
  }
  const ofGpu = (facts.cpuOffloadGb.value ?? 0) * MIB_PER_GIB;
  return ofGpu > 0 ? [{ what: 'offloaded', mib: ofGpu * accelerator.count, atStart: 0 }] : [];
}

/** The sleep mode copies the weights to host memory at level 1 (vllm/device_allocator/cumem.py). */
function sleepingWeights(context: HostContext): HostPart[] {
  const { facts, weights } = context;
  if (facts.enableSleepMode.value !== true || weights.size === undefined) return [];
  return [{ what: 'weights, which sleep mode keeps', mib: weights.size.value * copiesOf(context), atStart: 0 }];
}

/** Each rank of the Run:ai streamer reads all weights through a buffer, or its part of them. */
function streamerBuffers(context: HostContext): HostPart[] {
  const { facts, weights, environment, model } = context;
  const streams = /^runai_streamer/.test(facts.loadFormat.value ?? '') || isInObjectStorage(model.id);
  if (!streams || weights.size === undefined) return [];
  const config = facts.modelLoaderExtraConfig.value ?? {};
  const isDistributed = isOn(config['distributed']);
  const limit =
    numberIn(config['memory_limit'] ?? environment.get('RUNAI_STREAMER_MEMORY_LIMIT')) ??
    (isDistributed ? -1 : STREAMER_BYTES);
  const ranks = ranksOf(context);
  const isSplit = isDistributed || facts.loadFormat.value === 'runai_streamer_sharded';
  const read = weights.size.value / (isSplit ? ranks : 1);
  const buffer = limit < 0 ? read : Math.min(limit / BYTES_PER_MIB, read);
  const forRanks = ranks === 1 ? '' : `, ${inGibibytes(buffer)} for each of ${ranks} ranks`;
  return [{ what: `buffers of the Run:ai streamer${forRanks}`, mib: buffer * ranks, atStart: 0 }];
}

/** What takes the place of the page cache of the weights, which Linux gives back when other memory is needed. */
export const copiesOfWeights = (context: HostContext): HostPart[] => [
  ...sleepingWeights(context),
  ...streamerBuffers(context),
];
