import type { RunbookFacts } from '../../scripts/runbook-index';
import { waitOf } from '../../scripts/runbook-index';

/** The line of a runbook about when the alert fires: its severity, how long it waits, and its threshold. */
export function factsOf({ severity, pending, threshold }: RunbookFacts): string {
  const when = pending === 0 ? 'at once' : `after ${waitOf(pending)}`;
  const fires = `Severity \`${severity}\`, ${when}.`;
  if (threshold === undefined) return `${fires} No threshold.`;
  const { value, unit, reason } = threshold;
  const number = value === undefined ? 'none until you set one' : typeof value === 'number' ? value : value.words;
  return `${fires} Threshold: ${number}. Unit: ${unit}. Reason: ${reason}.`;
}
