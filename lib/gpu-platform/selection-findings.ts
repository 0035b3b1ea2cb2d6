import { selectionFindings } from '../metrics/selection';
import type { Finding } from '../preflight/finding';

/** What Prometheus selects by labels. */
const SELECTED = ['ServiceMonitor', 'PrometheusRule'];

/** Monitors and rules of a platform that Prometheus may never look at, when nobody says labels for them. */
export function unselectedFindings(objects: readonly object[], labels: Readonly<Record<string, string>>): Finding[] {
  const subject = 'monitoringLabels';
  const kinds = (objects as readonly { kind: string }[]).map(({ kind }) => kind);
  const emitted = kinds.filter((kind) => SELECTED.includes(kind));
  const own = selectionFindings(labels, emitted, subject);
  if (!kinds.includes('ClusterPolicy')) return own;
  // The GPU Operator makes a monitor too, and labels of the platform's objects are not on it.
  return selectionFindings({}, ['ServiceMonitor', ...(own.length > 0 ? emitted : [])], subject);
}
