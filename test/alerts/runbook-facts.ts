import type { AlertRow, PerStack } from '../../lib/alerts/alert-row';

function minutes(pending: number | PerStack): string {
  if (typeof pending !== 'number') return pending.words;
  return pending === 0 ? 'at once' : `${pending / 60} min`;
}

/** What a page and the index say about an alert, of a stack or of the GPU platform. */
export type RunbookFacts = Pick<AlertRow, 'name' | 'severity' | 'pending' | 'threshold' | 'summary'>;

/** What the runbook of an alert says about when it fires: severity, how long it waits, and its threshold. */
export function factsOf({ severity, pending, threshold }: RunbookFacts): string {
  const when = pending === 0 ? 'at once' : `after ${minutes(pending)}`;
  const fires = `Severity \`${severity}\`, ${when}.`;
  if (threshold === undefined) return `${fires} No threshold.`;
  const { value, unit, reason } = threshold;
  const number = value === undefined ? 'none until you give one' : typeof value === 'number' ? value : value.words;
  return `${fires} Threshold: ${number}. Unit: ${unit}. Reason: ${reason}.`;
}

/** The cells of an alert in the index. */
export function indexCells({ name, severity, pending, summary }: RunbookFacts): string[] {
  return [`[${name}](${name}.md)`, severity, minutes(pending), summary];
}
