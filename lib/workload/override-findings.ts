import type { Finding } from '../preflight/finding';
import { warning } from '../preflight/finding';
import { fullTemplate } from './kinds/full-template';
import { WORKLOAD_KINDS } from './kinds/workload-kinds';
import { overrideFindings, OVERRIDES } from './pod/pod-template-overrides';
import { referenceFindings, templateFindings } from './pod/schema/load';
import type { Tree } from './pod/tree';
import { list, tree } from './pod/tree';
import { firstOfEach } from './same-place';
import type { WorkloadPlan } from './workload-plan';

const isTolerated = (key: string, tolerations: readonly Tree[]): boolean =>
  tolerations.some((each) => each['key'] === key || (each['operator'] === 'Exists' && !each['key']));

/** A list of tolerations replaces that of the stack, and GPU nodes repel the pods. */
function tolerationFindings({ tolerations, podTemplateOverrides }: WorkloadPlan): Finding[] {
  const spec = tree(podTemplateOverrides['spec']);
  const own = spec['tolerations'];
  // null removes all of them, which is meant.
  const lost = Array.isArray(own) ? tolerations.filter(({ key }) => !isTolerated(key, list(own))) : [];
  if (lost.length === 0) return [];
  const problem = `replaces the tolerations of the stack and loses ${lost.map(({ key }) => `"${key}"`).join(', ')}`;
  const fix = 'set the property tolerations instead, which adds to them';
  return [warning('override-drops-placement', `${OVERRIDES}.spec.tolerations`, problem, fix)];
}

/** What is wrong with the overrides of the pod template. */
export function allOverrideFindings(workload: WorkloadPlan): Finding[] {
  const { podTemplateOverrides: overrides, kind, selector } = workload;
  if (Object.keys(overrides).length === 0) return [];
  const merged = fullTemplate(workload);
  return firstOfEach([
    ...overrideFindings(overrides, selector, WORKLOAD_KINDS[kind].facts),
    ...templateFindings()(overrides, merged, OVERRIDES),
    ...referenceFindings()(overrides, merged, OVERRIDES),
    ...tolerationFindings(workload),
  ]);
}
