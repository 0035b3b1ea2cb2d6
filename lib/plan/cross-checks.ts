import { MAX_SHARED_UTILIZATION } from '../defaults';
import type { Finding } from '../preflight/finding';
import { adapters, batchedTokens, contextLength, longPrefill } from './checks/batching';
import {
  developmentMode,
  kvTransfer,
  needs,
  remoteCode,
  runtimeAdapters,
  speculation,
  statistics,
} from './checks/features';
import {
  attentionHeads,
  contextParallelism,
  deviceCount,
  mixtureOfExperts,
  sharedMemoryOfGpu,
} from './checks/parallelism';
import type { CrossCheck, CrossCheckContext } from './cross-check';

/** Every rule about what was said together. What one flag may be on its own is checked by the engine catalogue. */
const CROSS_CHECKS: readonly CrossCheck[] = [
  deviceCount,
  attentionHeads,
  contextParallelism,
  mixtureOfExperts,
  sharedMemoryOfGpu(MAX_SHARED_UTILIZATION),
  batchedTokens,
  longPrefill,
  contextLength,
  adapters,
  needs,
  kvTransfer,
  speculation,
  runtimeAdapters,
  statistics,
  developmentMode,
  remoteCode,
];

/** Findings of all cross-checks. */
export function crossCheck(context: CrossCheckContext): Finding[] {
  return CROSS_CHECKS.flatMap((check) => check(context));
}
