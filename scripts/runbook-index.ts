/**
 * Writes the tables of alerts into docs/runbooks/README.md, from the catalogue of stacks and the alerts of the platform:
 *
 *     npm run runbooks               # writes them
 *     npm run runbooks -- --check    # changes nothing; fails when they are out of date
 */
import type { AlertRow, PerStack } from '../lib/alerts/alert-row';
import { ALERT_TOPICS } from '../lib/alerts/catalogue/alert-catalogue';
import { gpuAlerts } from '../lib/gpu-platform/exporter/dcgm-alerts';
import { readGenerated, writeGenerated } from './generated';
import { insert, table } from './markdown';

const COMMAND = 'npm run runbooks';

/** The columns of an alert of a stack or of the GPU platform. */
export type RunbookFacts = Pick<AlertRow, 'name' | 'severity' | 'pending' | 'threshold' | 'summary'>;

/** The alerts of the GPU platform. */
export const PLATFORM_ALERTS: readonly RunbookFacts[] = gpuAlerts({
  job: 'dcgm-exporter',
  pods: 'nvidia-dcgm',
  dra: false,
}).map(({ alert, for: pending, summary }) => ({ name: alert, severity: 'warning', pending, summary }));

/** The pending time of an alert, in words. */
export function waitOf(pending: number | PerStack): string {
  if (typeof pending !== 'number') return pending.words;
  return pending === 0 ? 'at once' : `${pending / 60} min`;
}

function tableOf(rows: readonly RunbookFacts[]): string {
  const cells = rows.map(({ name, severity, pending, summary }) => [
    `[${name}](${name}.md)`,
    severity,
    waitOf(pending),
    summary,
  ]);
  return table([['alert', 'severity', 'for', 'meaning'], ...cells]);
}

/** The page with the tables of all topics as the code has them today. */
export function upToDate(page: string): string {
  const topics = [...Object.entries(ALERT_TOPICS), ['platform', PLATFORM_ALERTS] as const];
  return topics.reduce((text, [topic, rows]) => insert(text, topic, COMMAND, tableOf(rows)), page);
}

if (require.main === module) {
  const file = 'docs/runbooks/README.md';
  writeGenerated(file, upToDate(readGenerated(file)), COMMAND);
}
