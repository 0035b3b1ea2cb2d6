import type { Release } from '../release';
import { lastPatchOf, minorOf, previousMinor } from '../release';
import type { StackUse } from './version-changes';
import { versionChanges } from './version-changes';
import type { Finding } from '../../preflight/finding';
import { warning } from '../../preflight/finding';

/**
 * What a pinned version changed for a stack, since the version that runs today or else the minor before. The id names
 * the version, so that an acknowledgement covers only that version.
 */
export function upgradeFindings(to: Release, upgradingFrom: Release | undefined, stack: StackUse): Finding[] {
  const previous = previousMinor(minorOf(to));
  const from = upgradingFrom ?? (previous === undefined ? undefined : lastPatchOf(previous));
  if (from === undefined) return [];
  const changes = versionChanges(from, to, stack);
  if (changes.length === 0) return [];
  const problem = `vLLM ${to.text} differs from ${from.text} for this stack`;
  const fix = 'read the list below, then acknowledge this finding';
  return [{ ...warning(`vllm-${to.text}-changes`, 'vllmVersion', problem, fix), details: changes }];
}
