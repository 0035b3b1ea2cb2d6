import { DELIVERY } from '../../defaults';
import { selector, window as promWindow } from '../../metrics/promql';
import { errorSli } from '../../plan/sli';
import { decimal } from '../../units/decimal';
import type { GuardInput, GuardPlan } from './guard-plan';
import { allowed, NO_FAILURES, podsOf } from './guard-plan';

/**
 * Hard faults, which stop the new version at once: many failed requests, or a container that restarts. Without data there is
 * no fault; whether there is enough of it is up to the guards of the steps.
 *
 * @param pods a pattern of the names of the new version's pods; undefined where names are too long to hold the hash
 */
export function planFaults(
  { watched }: GuardInput,
  { window, pods }: { readonly window: number; readonly pods: string | undefined },
): GuardPlan[] {
  const budgets = watched.objectives.filter(({ kind }) => kind.endsWith('error-rate')).map(allowed);
  const range = promWindow(window);
  const { events, bad } = errorSli(watched, { window: range, pods: podsOf(watched, 'canary') }, NO_FAILURES);
  // A stream that breaks may be counted one scrape before its request ends: a share of no requests would be infinite.
  const share = `(${bad}) / (${events} > 0) and (${window} * (${bad}) >= ${DELIVERY.badRequests})`;
  const restarts = selector('kube_pod_container_status_restarts_total', {
    namespace: watched.namespace,
    pod: { matches: pods ?? '' },
    container: watched.container,
  });
  const common = { side: 'maximum' as const, subject: 'delivery', minRequests: undefined };
  return [
    {
      ...common,
      name: 'failed-requests',
      query: `(${share}) or vector(0)`,
      // Twice what an objective allows, where that is more.
      limit: Math.min(0.9, Math.max(DELIVERY.faultShare, ...budgets.map((each) => decimal(2 * each)))),
    },
    ...(pods === undefined
      ? []
      : [
          // Not a rate: that needs two samples, and kube-state-metrics may be scraped once a minute.
          {
            ...common,
            name: 'restarts',
            query: `sum(${restarts} - ${restarts} offset ${range}) or vector(0)`,
            limit: 0,
          },
        ]),
  ];
}
