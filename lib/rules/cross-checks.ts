import { MAX_SHARED_UTILIZATION } from '../defaults';
import type { Finding } from '../preflight/finding';
import { activeSequences, adapters, batchedTokens, longPrefill, partialPrefills } from './batching';
import { checkpointFormat } from './checkpoint-format';
import { contextLength, ropeType, textConfig } from './context-length';
import {
  apiServer,
  developmentMode,
  imageOfVendor,
  kvTransfer,
  needs,
  remoteCode,
  runtimeAdapters,
  speculation,
  statistics,
  tracingPackages,
} from './features';
import {
  attentionHeads,
  contextParallelism,
  deviceCount,
  localRanks,
  mixtureOfExperts,
  pipelineStages,
} from './parallel-sizes';
import { attentionBackend } from './attention/attention-check';
import { cacheFormat, computeFormats, oldGpu, quantization } from './formats';
import { clientCertificates, filesWithoutHub } from './reach';
import { ranksOnParts, sharedMemoryOfGpu } from './sharing';
import { gpusOfOneNode, tensorsOverPcie } from './topology';
import type { CrossCheck, CrossCheckContext } from './cross-check';

/** Every rule about options that depend on each other. The engine catalogue checks each flag alone. */
const CROSS_CHECKS: readonly CrossCheck[] = [
  deviceCount,
  ranksOnParts,
  localRanks,
  attentionHeads,
  contextParallelism,
  pipelineStages,
  mixtureOfExperts,
  gpusOfOneNode,
  tensorsOverPcie,
  sharedMemoryOfGpu(MAX_SHARED_UTILIZATION),
  oldGpu,
  computeFormats,
  quantization,
  checkpointFormat,
  cacheFormat,
  attentionBackend,
  batchedTokens,
  activeSequences,
  partialPrefills,
  longPrefill,
  contextLength,
  ropeType,
  textConfig,
  adapters,
  needs,
  tracingPackages,
  kvTransfer,
  speculation,
  apiServer,
  runtimeAdapters,
  statistics,
  developmentMode,
  remoteCode,
  imageOfVendor,
  filesWithoutHub,
  clientCertificates,
];

/** Findings of all cross-checks. */
export function crossCheck(context: CrossCheckContext): Finding[] {
  return CROSS_CHECKS.flatMap((check) => check(context));
}
