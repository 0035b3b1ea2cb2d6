import { ALERTS } from '../../defaults';
import type { AlertRow } from '../alert-row';
import { maxByPod, ofPods } from '../expressions';
import { loading } from './availability';

export const STARTUP: readonly AlertRow[] = [
  {
    name: 'VllmNoCapacity',
    severity: 'warning',
    pending: ALERTS.sustained,
    expr: (watched) => `${maxByPod(ofPods('kube_pod_status_unschedulable', watched))} == 1`,
    summary: 'A pod cannot be scheduled.',
    description: 'Pod {{ $labels.pod }} waits for a node with free devices.',
  },
  {
    name: 'VllmStartupSlow',
    severity: 'warning',
    pending: 0,
    threshold: {
      value: { of: loading, words: 'startup budget + 10 min' },
      unit: 's',
      reason: 'the budget begins with the container, and a new node pulls the image before it',
    },
    expr: (watched, threshold) => {
      const age = `time() - ${maxByPod(ofPods('kube_pod_status_scheduled_time', watched))}`;
      // A pod that was ready before has started, and a pod that is deleted need not start.
      const never = maxByPod(`max_over_time(${ofPods('kube_pod_status_ready', watched, { condition: 'true' })}[1d])`);
      const phase = ofPods('kube_pod_status_phase', watched, { phase: { matches: 'Pending|Running' } });
      const leaving = maxByPod(ofPods('kube_pod_deletion_timestamp', watched));
      return `${age} > ${threshold} and ${never} == 0 and ${maxByPod(phase)} == 1 unless ${leaving}`;
    },
    summary: 'A pod takes too long to start.',
    description: 'Pod {{ $labels.pod }} was scheduled {{ $value | humanizeDuration }} ago and is not ready yet.',
  },
];
