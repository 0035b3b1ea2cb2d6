import { hasQuirk, quirkSince } from '../../engine/catalogue/quirks';
import { error } from '../../preflight/finding';
import { inGibibytes } from '../../units/mebibytes';
import type { CrossCheck } from '../cross-check';

/** One property sets the size of the KV cache, and one that the release reads. */
export const cacheSize: CrossCheck = ({ accelerator: { kvCacheMib }, facts, release, versionIsChecked }) => {
  const { isSet, origin } = facts.kvCacheMemoryBytes;
  if (!isSet) return [];
  if (kvCacheMib !== undefined) {
    const problem = `is set, and so is kvCacheSpace in Accelerator.cpu, to ${inGibibytes(kvCacheMib)}`;
    return [error('kv-cache-twice', origin, problem, 'keep one of them')];
  }
  if (!versionIsChecked || hasQuirk(release, 'cpu-cache-bytes')) return [];
  const problem = `is not read on CPU before vLLM ${quirkSince('cpu-cache-bytes')}, and the version is ${release.text}`;
  return [
    error('kv-cache-bytes-unread', origin, problem, 'remove it, and set kvCacheSpace in Accelerator.cpu instead'),
  ];
};
