/**
 * Names of emitted objects. They derive from the stack's `name`, so a refactoring of the construct tree does not change
 * them. No two kinds share a name, because reports of the cdk8s CLI find objects by name only.
 */

/** Suffix of each object, after the stack's name. */
export const NAME_SUFFIX = {
  workload: '',
  service: '-svc',
  serviceAccount: '-sa',
  disruptionBudget: '-pdb',
  networkPolicy: '-netpol',
  scaledObject: '-scaler',
  triggerAuthentication: '-auth',
  monitor: '-scrape',
  rules: '-rules',
  dashboard: '-board',
  collector: '-otel',
  deviceClaim: '-gpus',
  route: '-route',
  canaryService: '-canary',
  nextService: '-next',
  guards: '-guards',
  faults: '-faults',
} as const;

/** Maximum length of an object's name and of a label value: both are DNS labels in at least one place. */
const MAX_NAME = 63;

/** Maximum length of a stack name: every derived name still fits. */
export const MAX_STACK_NAME = MAX_NAME - Math.max(...Object.values(NAME_SUFFIX).map((suffix) => suffix.length));

/** Names of all objects of a stack. */
export function objectNames(stackName: string): Record<keyof typeof NAME_SUFFIX, string> {
  const entries = Object.entries(NAME_SUFFIX).map(([kind, suffix]) => [kind, stackName + suffix]);
  return Object.fromEntries(entries) as Record<keyof typeof NAME_SUFFIX, string>;
}
