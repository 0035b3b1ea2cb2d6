import type { Finding } from '../preflight/finding';
import { warning } from '../preflight/finding';

/** What the Prometheus of kube-prometheus-stack looks for; its value is the name of the Helm release. */
const RELEASE = 'release';

/**
 * Objects that Prometheus may never look at: kube-prometheus-stack selects monitors and rules by the label `release`.
 *
 * @param labels the labels of the objects, those of the stack included
 * @param kinds what is emitted: `PodMonitor`, `PrometheusRule`
 * @param subject the property that says the labels
 */
export function selectionFindings(
  labels: Readonly<Record<string, string>>,
  kinds: readonly string[],
  subject: string,
): Finding[] {
  if (kinds.length === 0 || labels[RELEASE] !== undefined) return [];
  const named = kinds.join(' and ');
  const problem = `has no "${RELEASE}" for ${named}: the Prometheus of kube-prometheus-stack, as installed, would silently pass over what lacks it`;
  const fix = `say { ${RELEASE}: "<name of its Helm release>" }, or {} if your Prometheus selects all of them`;
  return [warning('monitor-unselected', subject, problem, fix)];
}
