import { MAX_SHARED_UTILIZATION } from '../defaults';
import type { Finding } from '../preflight/finding';
import { adapters, batchedTokens, contextLength, longPrefill } from './batching';
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
import { attentionHeads, contextParallelism, deviceCount, localRanks, mixtureOfExperts } from './parallel-sizes';
import { cacheFormat, computeFormats, oldGpu, quantization } from './formats';
import { omniModel, removedClass, similarModel } from './model-id';
import { clientCertificates, filesWithoutHub } from './reach';
import { ranksOnParts, sharedMemoryOfGpu } from './sharing';
import { gpusOfOneNode, tensorsOverPcie } from './topology';
import type { CrossCheck, CrossCheckContext } from './cross-check';

/** Every rule about options that depend on each other. The engine catalogue checks each flag alone. */
const CROSS_CHECKS: readonly CrossCheck[] = [
  similarModel,
  omniModel,
  removedClass,
  deviceCount,
  ranksOnParts,
  localRanks,
  attentionHeads,
  contextParallelism,
  mixtureOfExperts,
  gpusOfOneNode,
  tensorsOverPcie,
  sharedMemoryOfGpu(MAX_SHARED_UTILIZATION),
  oldGpu,
  computeFormats,
  quantization,
  cacheFormat,
  batchedTokens,
  longPrefill,
  contextLength,
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
