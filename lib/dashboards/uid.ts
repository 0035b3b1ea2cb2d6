import type { MetricScope } from '../metrics/promql';
import { digest } from '../units/digest';

/** Longest uid that Grafana accepts (pkg/util/shortid_generator.go), as does the GrafanaDashboard. */
export const MAX_UID = 40;

const HASH = 12;

/** The uid of a stack's dashboard: the same in each synth, and different for each namespace and name. */
export function dashboardUid({ namespace, app }: MetricScope): string {
  const hash = digest(`${namespace}/${app}`, HASH);
  return `${app.slice(0, MAX_UID - HASH - 1)}-${hash}`;
}
