import type { Finding } from '../../preflight/finding';
import type { RolloutPlan } from '../plan/rollout-plan';
import { analysisFindings } from './analysis-findings';
import { guardFindings } from './guard-findings';
import { migrationFindings } from './migration-findings';
import { replicaFindings } from './replica-findings';
import { routerFindings } from './router-findings';
import { scalerFindings } from './scaler-findings';

/** All findings about a canary or a blue-green rollout. */
export function rolloutFindings(plan: RolloutPlan): Finding[] {
  return [
    ...routerFindings(plan),
    ...replicaFindings(plan),
    ...guardFindings(plan),
    ...analysisFindings(plan),
    ...scalerFindings(plan),
    ...migrationFindings(plan),
  ];
}
