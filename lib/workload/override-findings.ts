import type { Finding } from '../preflight/finding';
import { warning } from '../preflight/finding';
import { fullTemplate } from './kinds/full-template';
import { WORKLOAD_KINDS } from './kinds/workload-kinds';
import { ENGINE_CONTAINER, overrideFindings, OVERRIDES } from './pod/pod-template-overrides';
import { referenceFindings, templateFindings } from './pod/schema/load';
import type { Tree } from './pod/tree';
import { list, tree } from './pod/tree';
import type { WorkloadPlan } from './workload-plan';

/** A subject without the name of its item: `spec.volumes[0] (models)`. */
const placeOf = ({ subject }: Finding): string => subject.replace(/ \([^)]*\)$/, '');

/** Whether a finding is about the same place as an earlier one, or about a part of what that one refuses as a whole. */
function isKnown(finding: Finding, earlier: readonly Finding[]): boolean {
  return earlier.some((each) => {
    const place = placeOf(each);
    if (place === finding.subject) return true;
    const whole = each.id === 'protected-override' || each.id === 'wrong-value';
    return whole && (finding.subject.startsWith(`${place}.`) || finding.subject.startsWith(`${place}[`));
  });
}

/** One mistake has one finding: the first one, which knows more about it. */
function firstOfEach(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of findings) if (!isKnown(finding, kept)) kept.push(finding);
  return kept;
}

const isTolerated = (key: string, tolerations: readonly Tree[]): boolean =>
  tolerations.some((each) => each['key'] === key || (each['operator'] === 'Exists' && !each['key']));

/** Lists without names replace those of the stack, and the pods lose the way to their GPU nodes. */
function placementFindings({ plan, tolerations, podTemplateOverrides }: WorkloadPlan): Finding[] {
  const spec = tree(podTemplateOverrides['spec']);
  const own = spec['tolerations'];
  const lost = Array.isArray(own) ? tolerations.filter(({ key }) => !isTolerated(key, list(own))) : [];
  const affinity = tree(tree(spec['affinity'])['nodeAffinity']);
  const { nodeSelectorTerms } = tree(affinity['requiredDuringSchedulingIgnoredDuringExecution']);
  const several = Object.entries(plan.nodeLabels).filter(([, values]) => values.length > 1);
  const written = JSON.stringify(nodeSelectorTerms);
  const labels = Array.isArray(nodeSelectorTerms) ? several.filter(([key]) => !written.includes(`"${key}"`)) : [];
  return [
    ...lost.slice(0, 1).map(() => {
      const problem = `replaces the tolerations of the stack and loses ${lost.map(({ key }) => `"${key}"`).join(', ')}`;
      const fix = 'set the property tolerations instead, which adds to them';
      return warning('override-drops-placement', `${OVERRIDES}.spec.tolerations`, problem, fix);
    }),
    ...labels.map(([key, values]) => {
      const at = `${OVERRIDES}.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`;
      const problem = `replaces the terms of the stack and loses ${key} in ${values.join(', ')}`;
      return warning('override-drops-placement', at, problem, 'repeat this expression in each term');
    }),
  ];
}

/** What is wrong with the overrides of the pod template. */
export function allOverrideFindings(workload: WorkloadPlan): Finding[] {
  const { podTemplateOverrides: overrides, plan, kind, selector } = workload;
  if (Object.keys(overrides).length === 0) return [];
  const merged = fullTemplate(workload);
  const engine = { name: ENGINE_CONTAINER, port: plan.port };
  return firstOfEach([
    ...overrideFindings(overrides, selector, WORKLOAD_KINDS[kind].facts),
    ...templateFindings()(overrides, merged, OVERRIDES),
    ...referenceFindings()(overrides, merged, OVERRIDES, engine),
    ...placementFindings(workload),
  ]);
}
