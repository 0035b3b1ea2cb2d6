import type { PodFieldSource } from '../../engine/pod-field';
import type { Finding } from '../../preflight/finding';
import { warning } from '../../preflight/finding';
import { didYouMean } from '../../preflight/nearest';
import { REVISION_LABELS } from '../kinds/workload-kinds';
import type { WorkloadPlan } from '../workload-plan';
import { tree } from './tree';

const KEYED = /^metadata\.(labels|annotations)\['(.*)'\]$/;

/**
 * Labels that the API server copies from the node to its pods, since Kubernetes 1.35 (KEP-4742, the admission plugin
 * PodTopologyLabels).
 */
const OF_NODE = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'];

/** Labels and annotations of the pods, with those that the workload kinds add. */
function keysOf({ podLabels, podAnnotations, podTemplateOverrides }: WorkloadPlan, kind: string | undefined): string[] {
  const overrides = tree(tree(podTemplateOverrides['metadata'])[kind ?? '']);
  const set =
    kind === 'labels' ? [...Object.keys(podLabels), ...REVISION_LABELS, ...OF_NODE] : Object.keys(podAnnotations);
  const removed = Object.keys(overrides).filter((key) => overrides[key] === null);
  return [...set, ...Object.keys(overrides)].filter((key) => !removed.includes(key));
}

function missingKey(subject: string, { field }: PodFieldSource, workload: WorkloadPlan): Finding[] {
  const [, kind, key = ''] = KEYED.exec(field ?? '') ?? [];
  const keys = keysOf(workload, kind);
  if (kind === undefined || keys.includes(key)) return [];
  const what = kind === 'labels' ? 'label' : 'annotation';
  const problem = `is the ${what} "${key}", which the pod does not have${didYouMean(key, keys)}: the variable is empty`;
  const fix = `set it in pod${kind === 'labels' ? 'Labels' : 'Annotations'}, or acknowledge this finding if another tool adds it to the pods`;
  return [warning('pod-field-empty', subject, problem, fix)];
}

/** Without a limit, the kubelet gives what the node offers (k8s.io/api/core/v1, ResourceFieldSelector). */
function withoutLimit(subject: string, { resource }: PodFieldSource, { plan }: WorkloadPlan): Finding[] {
  if (resource?.name !== 'limits.cpu' || plan.resources.cpuLimit !== undefined) return [];
  const problem = 'is limits.cpu, and the container has no CPU limit: the variable has the cores of the node';
  return [warning('pod-field-of-node', subject, problem, 'use PodField.cpuRequest(), or set resources.cpuLimit')];
}

/** Variables whose field the pod does not have. */
export function podFieldsOfPod(workload: WorkloadPlan): Finding[] {
  return Object.entries(workload.plan.basis.variables.fieldEnv).flatMap(([name, source]) => [
    ...missingKey(`fieldEnv.${name}`, source, workload),
    ...withoutLimit(`fieldEnv.${name}`, source, workload),
  ]);
}
