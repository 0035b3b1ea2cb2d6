import type { Accelerator } from '../accelerator/accelerator';
import { AcceleratorKind } from '../accelerator/accelerator';
import { MONITORING_NAMESPACE, PATHS } from '../defaults';
import type { StackPlan } from '../plan/stack-plan';
import type { Finding } from '../preflight/finding';
import { error, notice, warning } from '../preflight/finding';
import { objectLabels, selectorLabels } from '../plan/labels';
import type { ExtraVolume, Toleration, TopologySpread } from './pod/pod-options';
import { TaintEffect } from './pod/pod-options';
import { podSecurityFindings } from './pod/pod-security';
import type { WorkloadKindName } from './kinds/workload-kinds';
import { WORKLOAD_KINDS } from './kinds/workload-kinds';
import { overrideFindings } from './pod/pod-template-overrides';
import type { RdmaPlan } from './pod/rdma';
import { planRdma, rdmaFindings } from './pod/rdma';
import { sidecarFindings } from './pod/sidecars';
import type { WorkloadProps } from './workload-props';

/** How a rollout replaces pods. */
export interface Strategy {
  readonly strategy: string;
  readonly maxSurge: number;
  readonly maxUnavailable: number | undefined;
}

/** What the stack passes in besides its own properties. */
export interface WorkloadInput {
  readonly plan: StackPlan;
  readonly kind: WorkloadKindName;
  readonly accelerator: Accelerator;
  /** Undefined while a scaler owns the number. */
  readonly replicas: number | undefined;
  /** Fewest replicas that there ever are, apart from none. */
  readonly leastReplicas: number;
  readonly strategy: Strategy;
}

/** Everything decided about the workload: plain data. */
export interface WorkloadPlan extends WorkloadInput {
  readonly selector: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  readonly topologySpread: readonly TopologySpread[];
  readonly disruption: { readonly minAvailable: number } | { readonly maxUnavailable: number };
  /** Undefined when the user wants no NetworkPolicy. */
  readonly network: { readonly ownNamespace: boolean; readonly namespaces: readonly string[] } | undefined;
  readonly rdma: RdmaPlan | undefined;
  readonly volumes: readonly ExtraVolume[];
  readonly priorityClassName: string | undefined;
  readonly runtimeClassName: string | undefined;
  readonly imagePullSecrets: readonly string[];
  readonly podTemplateOverrides: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
}

/** Zones only: a replica takes whole GPUs, so spreading over nodes would leave parts of nodes unused. */
const OVER_ZONES: TopologySpread = { topologyKey: 'topology.kubernetes.io/zone' };

/** Taints of GPU nodes are named after the resource; slices and shares are on nodes with GPUs. */
function tolerations({ kind, resourceName, _claim: claim }: Accelerator): Toleration[] {
  const part = kind === AcceleratorKind.MIG || kind === AcceleratorKind.SHARED;
  const keys = part ? new Set(['nvidia.com/gpu', ...(claim ? [] : [resourceName])]) : [resourceName];
  return [...keys].map((key) => ({ key, effect: TaintEffect.NO_SCHEDULE }));
}

function disruptionFindings(props: WorkloadProps, replicas: number): Finding[] {
  const { minAvailable, maxUnavailable } = props.disruptionBudget ?? {};
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    const problem = 'has both minAvailable and maxUnavailable, which Kubernetes refuses';
    return [error('disruption-budget-twice', 'disruptionBudget', problem, 'keep one of them')];
  }
  if (maxUnavailable !== undefined && replicas > 1 && maxUnavailable >= replicas) {
    const problem = `is ${maxUnavailable} of ${replicas} replicas: one drain may take all of them away`;
    const fix = `use fewer than ${replicas}, or leave it out`;
    return [warning('drain-outage', 'disruptionBudget.maxUnavailable', problem, fix)];
  }
  if (minAvailable === undefined || minAvailable < replicas) return [];
  const problem = `is ${minAvailable} of ${replicas} replicas: no node with one of them could ever be drained`;
  return [
    error('drain-blocked', 'disruptionBudget.minAvailable', problem, `use fewer than ${replicas}, or more replicas`),
  ];
}

const OWN_VOLUMES = ['models', 'cache', 'tmp', 'shm'];

/** Mounts that two volumes want, and names that two different volumes have. One claim at two paths is one volume. */
function volumeFindings(volumes: readonly ExtraVolume[]): Finding[] {
  const mounts = new Set<string>(Object.values(PATHS));
  const sources = new Map(OWN_VOLUMES.map((name) => [name, 'of the stack']));
  return volumes.flatMap(({ name, mountPath, _source }, index) => {
    const subject = `extraVolumes[${index}]`;
    const source = JSON.stringify(_source);
    const findings: Finding[] = [];
    if (mounts.has(mountPath)) {
      const problem = `mounts ${mountPath}, where another volume is mounted already`;
      findings.push(error('mount-taken', subject, problem, 'use another path'));
    }
    if ((sources.get(name) ?? source) !== source) {
      const problem = `is called "${name}", as another volume of the pod is`;
      findings.push(error('volume-taken', subject, problem, 'rename one of them'));
    }
    mounts.add(mountPath);
    sources.set(name, source);
    return findings;
  });
}

function selectorFindings(props: WorkloadProps, selector: Readonly<Record<string, string>>): Finding[] {
  return (['labels', 'podLabels'] as const).flatMap((property) =>
    Object.keys(selector)
      .filter((key) => props[property]?.[key] !== undefined && props[property][key] !== selector[key])
      .map((key) => {
        const problem = `is "${props[property]?.[key]}", but Service and Deployment find the pods by "${selector[key]}"`;
        return error('selector-label', `${property}.${key}`, problem, 'leave it out, or rename the stack');
      }),
  );
}

function strategyFindings({ strategy, maxSurge }: Strategy, replicas: number): Finding[] {
  if (strategy === 'Recreate' || (maxSurge === 0 && replicas === 1)) {
    const problem = 'takes all replicas away while the new ones load: an outage for each rollout';
    return [notice('rollout-outage', 'delivery', problem, 'use more replicas, or Delivery.rollingUpdate()')];
  }
  return [];
}

/** Decides how the pods live in the cluster. Expects properties of the right shape. */
export function planWorkload(props: WorkloadProps, input: WorkloadInput): WorkloadPlan {
  const { plan, kind, accelerator, leastReplicas, strategy } = input;
  const selector = selectorLabels(plan.name);
  const labels = { ...objectLabels(plan.name, plan.version), ...props.labels };
  const { minAvailable, maxUnavailable = 1 } = props.disruptionBudget ?? {};
  const { clientNamespaces = [], monitoringNamespaces = [MONITORING_NAMESPACE] } = props.network ?? {};
  const { policy = true, ownNamespace = true } = props.network ?? {};
  const rdma = planRdma(props.rdma);
  const volumes = props.extraVolumes ?? [];
  const podTemplateOverrides = props.podTemplateOverrides ?? {};
  return {
    ...input,
    selector,
    labels,
    annotations: props.annotations ?? {},
    podLabels: { ...labels, ...props.podLabels },
    podAnnotations: { ...props.annotations, ...props.podAnnotations },
    serviceAccountAnnotations: { ...props.annotations, ...props.serviceAccountAnnotations },
    tolerations: [...tolerations(accelerator), ...(props.tolerations ?? [])],
    topologySpread: props.topologySpread ?? [OVER_ZONES],
    disruption: minAvailable === undefined ? { maxUnavailable } : { minAvailable },
    network: policy
      ? { ownNamespace, namespaces: [...new Set([...clientNamespaces, ...monitoringNamespaces])] }
      : undefined,
    rdma,
    volumes,
    priorityClassName: props.priorityClassName,
    runtimeClassName: props.runtimeClassName,
    imagePullSecrets: props.imagePullSecrets ?? [],
    podTemplateOverrides,
    findings: [
      ...disruptionFindings(props, leastReplicas),
      ...volumeFindings(volumes),
      ...selectorFindings(props, selector),
      ...strategyFindings(strategy, leastReplicas),
      ...overrideFindings(podTemplateOverrides, selector, WORKLOAD_KINDS[kind].facts),
      ...podSecurityFindings(podTemplateOverrides),
      ...rdmaFindings(rdma, plan, podTemplateOverrides),
      ...sidecarFindings(podTemplateOverrides, plan),
    ],
  };
}
