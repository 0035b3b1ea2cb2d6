import { atLeast } from '../../engine/release';
import type { FolderNeed, HostPart } from '../../timing/host-needs';
import { inGibibytes, MIB_PER_GIB } from '../../units/mebibytes';
import { folder } from './folder';
import type { HostContext } from './host-context';
import { numberIn } from './host-context';

/** The flag of the cache's size; before it, a variable had it. */
const FLAG_SINCE = '0.10.1';
/** Default size in GiB (vllm/config/multimodal.py), and that of the variable before 0.10. */
const DEFAULT_GIB = 4;
const OLD_DEFAULT_GIB = 8;
/** VLLM_MEDIA_CACHE_MAX_SIZE_MB (vllm/envs.py). */
const MEDIA_CACHE_MIB = 5120;

/**
 * Whether the engine reads images, audio or video. Nothing is concluded from the name of an unknown model: it is one
 * where the user sets its cache.
 */
function isMultimodal({ model: { shape }, facts }: HostContext): boolean {
  if (facts.languageModelOnly.value === true) return false;
  if (shape === undefined) return facts.mmProcessorCacheGb.isSet || facts.mmProcessorCacheType.isSet;
  return shape.isMultimodal ?? /ForConditionalGeneration$/.test(shape.architecture ?? '');
}

/** vLLM turns the cache off for a model with an encoder and a decoder, such as Whisper (vllm/config/model.py). */
const isEncoderDecoder = ({ model: { shape } }: HostContext): boolean =>
  shape?.groups.some(({ kind }) => kind === 'cross') ?? false;

function cacheGib({ facts, release, environment }: HostContext): number {
  if (atLeast(release, FLAG_SINCE)) return facts.mmProcessorCacheGb.value ?? DEFAULT_GIB;
  if (facts.disableMmPreprocessorCache.value === true) return 0;
  const byDefault = atLeast(release, '0.10') ? DEFAULT_GIB : OLD_DEFAULT_GIB;
  return numberIn(environment.get('VLLM_MM_INPUT_CACHE_GIB')) ?? byDefault;
}

/**
 * The cache of processed inputs: one for each API server and each engine core, or one in `/dev/shm` where there is a
 * single one of both (vllm/multimodal/cache/factories.py; the formula is in vllm/config/multimodal.py).
 */
export function multimodalCache(
  context: HostContext,
): { readonly part: HostPart; readonly isShared: boolean } | undefined {
  const { apiServers, data, dataLocal } = context.facts.parallelism;
  const size = cacheGib(context) * MIB_PER_GIB;
  if (size <= 0 || !isMultimodal(context) || isEncoderDecoder(context)) return undefined;
  const isShared = context.facts.mmProcessorCacheType.value === 'shm' && apiServers === 1 && data === 1;
  if (isShared) return { part: { what: 'multimodal cache', mib: size, atStart: 0 }, isShared };
  const processes = apiServers + dataLocal;
  const what = `multimodal cache (${inGibibytes(size)} for each of ${processes} processes)`;
  return { part: { what, mib: size * processes, atStart: 0 }, isShared };
}

/** Files that requests name by URL, where VLLM_MEDIA_CACHE keeps them. */
export function mediaFolders(context: HostContext): FolderNeed[] {
  const { environment } = context;
  const path = environment.get('VLLM_MEDIA_CACHE');
  if (path === undefined || path === '') return [];
  const mib = Math.max(0, numberIn(environment.get('VLLM_MEDIA_CACHE_MAX_SIZE_MB')) ?? MEDIA_CACHE_MIB);
  return [folder(context, path, { mib, what: 'downloaded media', origin: 'env.VLLM_MEDIA_CACHE' })];
}
