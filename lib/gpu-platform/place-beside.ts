import type { Toleration } from '../accelerator/toleration';
import { TaintEffect } from '../accelerator/toleration';
import type { Finding } from '../preflight/finding';
import { warning } from '../preflight/finding';
import type { NodesPlan } from './nodes/gpu-nodes';
import { ManagedProvider } from './managed/managed-options';
import type { PlatformPlan } from './platform-plan';

/** Required node labels of a stack, each with its allowed values. */
export type RequiredLabels = Readonly<Record<string, readonly string[]>>;

/** A toleration as a pod has it. */
export interface PodToleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

/** Labels that only the nodes of one cloud have. */
const CLOUD_LABELS: readonly (readonly [prefix: string, cloud: string])[] = [
  ['cloud.google.com/', 'GKE'],
  ['eks.amazonaws.com/', 'AWS'],
  ['karpenter.k8s.aws/', 'AWS'],
  ['k8s.amazonaws.com/', 'AWS'],
  ['kubernetes.azure.com/', 'Azure'],
  ['karpenter.azure.com/', 'Azure'],
];
const CLOUDS: Readonly<Record<ManagedProvider, string>> = {
  [ManagedProvider.GKE]: 'GKE',
  [ManagedProvider.EKS]: 'AWS',
  [ManagedProvider.AKS]: 'Azure',
};

const cloudsOf = (keys: readonly string[]): string[] => [
  ...new Set(CLOUD_LABELS.filter(([prefix]) => keys.some((key) => key.startsWith(prefix))).map(([, cloud]) => cloud)),
];

/** The nodes that a platform selects; undefined where the provider does. */
export function nodesOf(plan: PlatformPlan): NodesPlan | undefined {
  switch (plan.mode) {
    case 'devicePlugin':
      return plan.devicePlugin.nodes;
    case 'dra':
      return plan.nodes;
    default:
      return undefined;
  }
}

function cloudsOfPlatform(plan: PlatformPlan): string[] {
  return plan.mode === 'managed'
    ? [CLOUDS[plan.provider]]
    : cloudsOf((nodesOf(plan)?.terms ?? []).flat().map(({ key }) => key));
}

/** Whether the nodes of a stack are none of the platform: a label has other values. */
export function isElsewhere(labels: RequiredLabels, plan: PlatformPlan): boolean {
  const terms = nodesOf(plan)?.terms ?? [];
  return (
    terms.length > 0 &&
    terms.every((term) =>
      term.some(({ key, values }) => labels[key] !== undefined && !labels[key].some((value) => values.includes(value))),
    )
  );
}

/** A placement of another cloud: no node of the platform's cluster has its labels. */
export function cloudFindings(labels: RequiredLabels, plan: PlatformPlan): Finding[] {
  const [placed] = cloudsOf(Object.keys(labels));
  const clouds = cloudsOfPlatform(plan);
  if (placed === undefined || clouds.length === 0 || clouds.includes(placed)) return [];
  const keys = Object.keys(labels).join(', ');
  const problem = `selects nodes of ${placed} (${keys}), but the GPU platform of this app is for ${clouds.join(' and ')}: the pods stay Pending there`;
  const fix = 'use the placement of that cloud, or a separate app for each cluster';
  return [warning('platform-cloud', 'placement', problem, fix)];
}

/** Labels that GPU feature discovery sets. */
const DISCOVERED = ['nvidia.com/gpu.product', 'nvidia.com/gpu.memory', 'nvidia.com/gpu.count', 'nvidia.com/mig.'];

function discovers(plan: PlatformPlan): boolean {
  if (plan.mode === 'devicePlugin') return plan.devicePlugin.featureDiscovery;
  return plan.mode === 'gpuOperator' || (plan.mode === 'managed' && plan.provider === ManagedProvider.AKS);
}

/** A placement by labels that no program of the platform sets. */
export function discoveryFindings(labels: RequiredLabels, plan: PlatformPlan): Finding[] {
  const key = Object.keys(labels).find((each) => DISCOVERED.some((prefix) => each.startsWith(prefix)));
  if (key === undefined || discovers(plan)) return [];
  const problem = `needs the label ${key}, which GPU feature discovery sets, and the GPU platform of this app does not run it`;
  const fix =
    plan.mode === 'devicePlugin'
      ? 'set featureDiscovery: true in GpuPlatformMode.devicePlugin'
      : 'use a placement by labels of the provider';
  return [warning('platform-labels', 'placement', problem, `${fix}, or acknowledge this if it runs otherwise`)];
}

const tolerates = ({ key, value, effect }: Toleration, by: PodToleration): boolean =>
  (by.key === undefined || by.key === key) &&
  (by.effect === undefined || effect === undefined || by.effect === effect) &&
  (by.operator === 'Exists' || by.value === value);

/** The taint in the documentation of AKS, which the mode tolerates without knowing that the nodes have it. */
const isDefault = ({ key, value }: Toleration, plan: PlatformPlan): boolean =>
  plan.mode === 'managed' && plan.provider === ManagedProvider.AKS && key === 'sku' && value === 'gpu';

/** Taints of the platform's nodes that the pods do not tolerate. */
export function taintFindings(tolerations: readonly PodToleration[], plan: PlatformPlan): Finding[] {
  const open = plan.tolerations.filter(
    (taint) =>
      taint.effect !== TaintEffect.PREFER_NO_SCHEDULE &&
      !isDefault(taint, plan) &&
      !tolerations.some((each) => tolerates(taint, each)),
  );
  if (open.length === 0) return [];
  const named = open.map(({ key, value }) => (value === undefined ? key : `${key}=${value}`)).join(', ');
  const problem = `does not tolerate ${named}, which the GPU platform of this app has as taint of its nodes: the pods stay Pending there`;
  return [warning('platform-taint', 'tolerations', problem, 'set it to the tolerations of the GpuPlatform')];
}
