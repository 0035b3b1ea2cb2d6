import type { Fact } from '../../engine/facts/fact';
import { explicitFormat } from '../../model/number-formats';
import type { CrossCheckContext } from '../cross-check';
import { isTrue } from '../../engine/variable-switch';
import type { BackendName } from './backend-table';
import { BACKENDS } from './backend-table';
import type { AttentionRequest } from './request';

/** What options ask of the attention backend: a key for each that is set. */
export interface Asked extends Partial<
  Pick<AttentionRequest, 'cache' | 'blockSize' | 'compute' | 'prefillContext' | 'decodeContext' | 'isInvariant'>
> {
  readonly backend?: BackendName;
}

/** An option by its key in `Asked`, as the user wrote it. */
export interface AskedOption {
  readonly key: keyof Asked;
  readonly subject: string;
  readonly value: string;
}

/** Formats of 0.32 (vllm/config/cache.py, CacheDType). Others are unknown, or of a later release. */
const CACHES = new Set<string>([
  ...Object.values(BACKENDS).flatMap(({ caches }) => caches as readonly string[]),
  ...['fp8_inc', 'ultraquant_4bit'],
]);

const isBackend = (name: string): name is BackendName => name in BACKENDS;

/** The backend that is set, upper-cased as vLLM does; undefined for none and `auto`. */
function setBackend({ attentionBackend, attentionConfig }: CrossCheckContext['facts']): Fact<string> {
  const key = attentionConfig.value?.['backend'];
  const fact =
    attentionBackend.isSet || typeof key !== 'string' ? attentionBackend : { ...attentionConfig, value: key };
  const name = fact.value?.toUpperCase();
  return { ...fact, value: name === 'AUTO' ? undefined : name };
}

/** What the options ask; undefined when they name a backend that is not in the table, or several. */
export function askedOptions(context: CrossCheckContext): { asked: Asked; options: AskedOption[] } | undefined {
  const { facts, environment } = context;
  const { kvCacheDtype, blockSize, dtype, parallelism, attentionConfig } = facts;
  const backend = setBackend(facts);
  if (backend.value !== undefined && !isBackend(backend.value)) return undefined;
  if (attentionConfig.value?.['backend_per_kind'] !== undefined) return undefined;
  const { decodeContext, prefillContext } = parallelism;
  const asked: Record<string, unknown> = {};
  const options: AskedOption[] = [];
  const ask = (key: keyof Asked, subject: string, value: unknown, written: string | number = String(value)) => {
    if (value === undefined) return;
    asked[key] = value;
    options.push({ key, subject, value: String(written) });
  };
  const cache = kvCacheDtype.value;
  const block = blockSize.value ?? 0;
  ask('backend', backend.origin, backend.value);
  ask('cache', kvCacheDtype.origin, cache !== 'auto' && CACHES.has(cache ?? '') ? cache : undefined);
  ask('blockSize', blockSize.origin, Number.isInteger(block) && block > 0 ? block : undefined);
  ask('prefillContext', facts.prefillContextParallelSize.origin, prefillContext > 1 || undefined, prefillContext);
  ask('decodeContext', facts.decodeContextParallelSize.origin, decodeContext > 1 || undefined, decodeContext);
  ask('compute', dtype.origin, explicitFormat(dtype.value), dtype.value);
  const invariant = environment.get('VLLM_BATCH_INVARIANT');
  ask('isInvariant', 'env.VLLM_BATCH_INVARIANT', isTrue(invariant) || undefined, invariant);
  return { asked, options };
}
