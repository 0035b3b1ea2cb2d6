import { isCpu } from '../accelerator/accelerator-plan';
import { MAX_SHARED_UTILIZATION } from '../defaults';
import type { Finding } from '../preflight/finding';
import { draftsOfAdapters } from './adapter-drafts';
import { overrideClasses } from './override-classes';
import { activeSequences, adapters, adaptersOff, batchedTokens, longPrefill, partialPrefills } from './batching';
import { checkpointFormat } from './checkpoint-format';
import { contextLength, ropeType, textConfig } from './context-length';
import {
  apiServer,
  developmentMode,
  certificateKey,
  needs,
  remoteCode,
  runtimeAdapters,
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
import { otherBackends } from './attention/other-backends';
import { cacheFormat, computeFormats, oldGpu, quantization } from './formats';
import { omniModel, removedClass, removedFormat, similarModel } from './model-id';
import { objectStorage } from './object-storage';
import { imageOfVendor } from './image-of-vendor';
import { cudaDriver } from './cuda-driver';
import { cudaGraphSizes } from './cuda-graphs';
import { elasticMaximum, externalRank, shardedSampling } from './data-parallel';
import { encoderTransfer, hiSparse, kvTransfer, nixlContext, offloadingSize, pinnedCache } from './kv-connectors';
import { operatorPriority } from './kernel-priority';
import { modulesInImage } from './modules';
import { microbatches } from './microbatches';
import { exclusiveOptions, kernelsOfVendor, modalityAdapters, routedExperts } from './model-features';
import { optionalPackages } from './optional-packages';
import { modelRunner } from './model-runner';
import { modelNeeds } from './model-needs';
import { clientCertificates, filesWithoutHub } from './reach';
import { relations } from './relation';
import { runnerOfModel } from './runner';
import { speculation } from './speculation';
import { speculationFeatures } from './speculation-features';
import { ranksOnParts, sharedMemoryOfGpu } from './sharing';
import { gpusOfOneNode, tensorsOverPcie } from './topology';
import { utilization } from './utilization';
import { weightOffload } from './weight-offload';
import { checksOnCpu } from './load';
import { cpuVariables } from './cpu-variables';
import type { CrossCheck, CrossCheckContext } from './cross-check';
import type { FactName } from '../engine/facts/fact-table';
import { FACTS } from '../engine/facts/fact-table';

/** A stack on CPU has rules of its own. */
const onCpu: CrossCheck = (context) => (isCpu(context.accelerator) ? checksOnCpu()(context) : cpuVariables(context));

/** Every rule about options that depend on each other. The engine catalogue checks each flag alone. */
const CROSS_CHECKS: readonly CrossCheck[] = [
  similarModel,
  omniModel,
  removedClass,
  removedFormat,
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
  utilization,
  oldGpu,
  computeFormats,
  quantization,
  checkpointFormat,
  cacheFormat,
  attentionBackend,
  otherBackends,
  batchedTokens,
  activeSequences,
  partialPrefills,
  longPrefill,
  contextLength,
  ropeType,
  textConfig,
  overrideClasses,
  adapters,
  adaptersOff,
  needs,
  certificateKey,
  tracingPackages,
  apiServer,
  runtimeAdapters,
  statistics,
  developmentMode,
  remoteCode,
  modelNeeds,
  imageOfVendor,
  cudaDriver,
  onCpu,
  filesWithoutHub,
  objectStorage,
  clientCertificates,
  modulesInImage,
];

/** Rules that vLLM's own checks of its configuration have. They are not used for a release of which nothing is known. */
const RELEASE_CHECKS: readonly CrossCheck[] = [
  kvTransfer,
  pinnedCache,
  offloadingSize,
  nixlContext,
  hiSparse,
  encoderTransfer,
  speculation,
  speculationFeatures,
  draftsOfAdapters,
  relations,
  microbatches,
  modelRunner,
  runnerOfModel,
  externalRank,
  elasticMaximum,
  shardedSampling,
  cudaGraphSizes,
  weightOffload,
  routedExperts,
  exclusiveOptions,
  kernelsOfVendor,
  optionalPackages,
  operatorPriority,
  modalityAdapters,
];

/** The flags of facts. */
const FLAGS = Object.entries(FACTS) as [FactName, (typeof FACTS)[FactName]][];

/** A problem about an item of `extraArgs` begins with its flag, since the subject has only its number. */
function withFlag(finding: Finding, { facts }: CrossCheckContext): Finding {
  const { subject, problem } = finding;
  if (!subject.startsWith('extraArgs[') || !/^(is|has|names|needs|sets|returns|offloads|uses) /.test(problem))
    return finding;
  const flag = FLAGS.find(([name]) => facts[name].isSet && facts[name].origin === subject)?.[1].flag;
  return flag === undefined ? finding : { ...finding, problem: `${flag} ${problem}` };
}

/** Findings of all cross-checks. */
export function crossCheck(context: CrossCheckContext): Finding[] {
  const checks = context.versionIsChecked ? [...CROSS_CHECKS, ...RELEASE_CHECKS] : CROSS_CHECKS;
  return checks.flatMap((check) => check(context)).map((finding) => withFlag(finding, context));
}
