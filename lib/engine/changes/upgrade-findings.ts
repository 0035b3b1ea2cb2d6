import type { Release } from '../release';
import { lastPatchOf, minorOf, previousMinor } from '../release';
import type { StackUse } from './version-changes';
import { versionChanges } from './version-changes';
import type { Finding } from '../../preflight/finding';
import { notice, warning } from '../../preflight/finding';

/**
 * What a pinned version changed for a stack: a warning since the version that runs today, or else a notice since the
 * minor before. The id names the version, so that an acknowledgement covers only that version.
 */
export function upgradeFindings(to: Release, upgradingFrom: Release | undefined, stack: StackUse): Finding[] {
  const previous = previousMinor(minorOf(to));
  const from = upgradingFrom ?? (previous === undefined ? undefined : lastPatchOf(previous));
  if (from === undefined) return [];
  const changes = versionChanges(from, to, stack);
  if (changes.length === 0) return [];
  const id = `vllm-${to.text}-changes` as const;
  const problem = `vLLM ${to.text} differs from ${from.text} for this stack`;
  // A first deployment changes nothing: only a program that names the version that runs today must decide.
  const finding =
    upgradingFrom === undefined
      ? notice(id, 'vllmVersion', problem, 'read the list below, or set upgradingFrom to the version that runs today')
      : warning(id, 'vllmVersion', problem, 'read the list below, then acknowledge this finding');
  return [{ ...finding, details: changes }];
}
