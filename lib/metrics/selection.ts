import type { Finding } from '../preflight/finding';
import { warning } from '../preflight/finding';

/** The label that the Prometheus of kube-prometheus-stack selects by; its value is the name of the Helm release. */
const RELEASE = 'release';

/**
 * Objects that Prometheus may ignore: kube-prometheus-stack selects monitors and rules by the label `release`.
 *
 * @param labels the labels of the objects, those of the stack included
 * @param kinds what is emitted: `PodMonitor`, `PrometheusRule`
 * @param subject the property that sets the labels
 */
export function selectionFindings(
  labels: Readonly<Record<string, string>>,
  kinds: readonly string[],
  subject: string,
): Finding[] {
  if (kinds.length === 0 || labels[RELEASE] !== undefined) return [];
  const named = kinds.join(' and ');
  const problem = `has no "${RELEASE}" for ${named}: by default, the Prometheus of kube-prometheus-stack ignores objects without this label`;
  const fix = `set { ${RELEASE}: "<name of its Helm release>" }, or {} if your Prometheus selects all of them`;
  return [warning('monitor-unselected', subject, problem, fix)];
}
