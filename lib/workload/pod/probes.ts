import type { k8s } from 'cdk8s-plus-28';
import { TIMING } from '../../defaults';
import type { Plain } from '../../emit/kube-manifest';
import type { StackPlan } from '../../plan/stack-plan';

type Probes = Required<Pick<Plain<k8s.Container>, 'startupProbe' | 'livenessProbe' | 'readinessProbe'>>;

/**
 * The three probes. `/health` answers 200 only after the model is loaded and warmed up, so all probes use it. It does
 * not detect a hung GPU; an alert does.
 */
export function probes({ timing, https }: StackPlan): Probes {
  const httpGet: Plain<k8s.HttpGetAction> = {
    path: '/health',
    port: 'http',
    ...(https ? { scheme: 'HTTPS' } : {}),
  };
  const timeoutSeconds = TIMING.probeTimeout;
  return {
    startupProbe: {
      httpGet,
      timeoutSeconds,
      periodSeconds: TIMING.startupProbePeriod,
      failureThreshold: Math.ceil(timing.startupBudget.value / TIMING.startupProbePeriod),
      terminationGracePeriodSeconds: TIMING.failedProbeGrace,
    },
    livenessProbe: {
      httpGet,
      timeoutSeconds,
      periodSeconds: TIMING.livenessProbePeriod,
      failureThreshold: TIMING.livenessFailures,
      terminationGracePeriodSeconds: TIMING.failedProbeGrace,
    },
    readinessProbe: {
      httpGet,
      timeoutSeconds,
      periodSeconds: TIMING.readinessProbePeriod,
      failureThreshold: TIMING.readinessFailures,
    },
  };
}
