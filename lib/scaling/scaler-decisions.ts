import type { Decision } from '../defaults/decision';
import type { Pace, ScalerPlan } from './scaler';

function pace({ window, pods, percent, period }: Pace): string {
  const share = percent > 0 ? ` or ${percent} %` : '';
  return `${pods.value} ${pods.value === 1 ? 'pod' : 'pods'}${share} per ${period.value} s, window ${window} s`;
}

/** The decided numbers of a scaler in words. */
export function scalerDecisions({ min, max, triggers, up, down }: ScalerPlan): Decision[] {
  return [
    { what: 'minimum replicas', value: String(min.value), reason: min.reason },
    { what: 'maximum replicas', value: String(max), reason: 'set in scaling.maxReplicas' },
    ...triggers.flatMap((trigger) =>
      trigger.type === 'cron'
        ? []
        : [{ what: `target of ${trigger.name}`, value: String(trigger.threshold), reason: trigger.reason }],
    ),
    { what: 'scaling up', value: pace(up), reason: `${up.pods.reason}; ${up.period.reason}` },
    { what: 'scaling down', value: pace(down), reason: down.pods.reason },
  ];
}
