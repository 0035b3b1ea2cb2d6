import type { Accelerator } from '../accelerator/accelerator';
import { AcceleratorKind } from '../accelerator/accelerator';
import { MONITORING_NAMESPACE } from '../defaults';
import type { StackPlan } from '../plan/stack-plan';
import { objectLabels, selectorLabels, versionLabel } from '../plan/labels';
import type { MeshPlan } from './mesh/mesh-plan';
import { planMesh } from './mesh/mesh-plan';
import type { VolumePlan, Toleration, TopologySpread } from './pod/pod-options';
import { TaintEffect } from './pod/pod-options';
import type { WorkloadKindName } from './kinds/workload-kinds';
import type { PodUserPlan } from './pod/pod-user';
import { PodUser } from './pod/pod-user';
import type { RdmaPlan } from './pod/rdma';
import { planRdma } from './pod/rdma';
import type { WorkloadProps } from './workload-props';

/** How a rollout replaces pods. */
export interface Strategy {
  readonly strategy: string;
  readonly maxSurge: number;
  readonly maxUnavailable: number | undefined;
}

/** What the stack passes in besides its properties. */
export interface WorkloadInput {
  readonly plan: StackPlan;
  readonly kind: WorkloadKindName;
  readonly accelerator: Accelerator;
  /** Undefined while a scaler owns the number. */
  readonly replicas: number | undefined;
  /** Minimum replicas, apart from scale to zero. */
  readonly minReplicas: number;
  readonly strategy: Strategy;
  /** Clients that the stack knows itself: the proxies of its gateway, and Prometheus by its address. */
  readonly clients: {
    readonly namespaces: readonly string[];
    readonly ranges: readonly string[];
    readonly prometheus?: readonly string[];
  };
  /** What other parts of the stack add to the pods. */
  readonly added?: {
    readonly podLabels: Readonly<Record<string, string>>;
    /** Labels of pods in the same namespace that read the metrics. */
    readonly scrapers: readonly Readonly<Record<string, string>>[];
  };
}

/** Who may connect to the pods. */
export interface NetworkPlan {
  readonly ownNamespace: boolean;
  /** Namespaces that may call the API: those of clients, and those that scrape it. */
  readonly namespaces: readonly string[];
  readonly monitoringNamespaces: readonly string[];
  /** IP ranges outside of the pod network. */
  readonly ranges: readonly string[];
}

/** Everything decided about the workload: plain data. */
export interface WorkloadPlan extends Omit<WorkloadInput, 'accelerator' | 'clients'> {
  readonly selector: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of the workload, and of its pods beside their own. */
  readonly workloadLabels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  readonly topologySpread: readonly TopologySpread[];
  readonly disruption: { readonly minAvailable: number } | { readonly maxUnavailable: number };
  /** Undefined when `network.policy` is false. */
  readonly network: NetworkPlan | undefined;
  readonly mesh: MeshPlan | undefined;
  readonly rdma: RdmaPlan | undefined;
  readonly user: PodUserPlan;
  readonly volumes: readonly VolumePlan[];
  readonly priorityClassName: string | undefined;
  readonly runtimeClassName: string | undefined;
  readonly imagePullSecrets: readonly string[];
  readonly podTemplateOverrides: Readonly<Record<string, unknown>>;
  /** Labels, annotations and disruption budget that the user set, for the findings. */
  readonly set: Pick<WorkloadProps, 'labels' | 'annotations' | 'podLabels' | 'podAnnotations' | 'disruptionBudget'>;
}

/** Zones only: a replica uses whole GPUs, so spreading over nodes would leave parts of nodes unused. */
const OVER_ZONES: TopologySpread = { topologyKey: 'topology.kubernetes.io/zone' };

/** Taints of GPU nodes have the name of the resource; slices and shares are on nodes with the GPU taint. */
function tolerations({ kind, resourceName, _claim: claim }: Accelerator): Toleration[] {
  if (kind === AcceleratorKind.CPU) return [];
  const part = kind === AcceleratorKind.MIG || kind === AcceleratorKind.SHARED;
  const keys = part ? new Set(['nvidia.com/gpu', ...(claim ? [] : [resourceName])]) : [resourceName];
  return [...keys].map((key) => ({ key, effect: TaintEffect.NO_SCHEDULE }));
}

/** Decides how the pods run in the cluster. Expects properties of the right shape. */
export function planWorkload(props: WorkloadProps, input: WorkloadInput): WorkloadPlan {
  const { plan, kind, accelerator, replicas, minReplicas, clients, added } = input;
  const { strategy, maxSurge, maxUnavailable: mayBeAway } = input.strategy;
  const selector = selectorLabels(plan.name);
  const labels = { ...objectLabels(plan.name), ...props.labels };
  const workloadLabels = { ...objectLabels(plan.name), ...versionLabel(plan.version), ...props.labels };
  const { minAvailable, maxUnavailable = 1 } = props.disruptionBudget ?? {};
  const {
    clientNamespaces = [],
    clientRanges = [],
    // An address may name a server that another Prometheus writes to, so the default stays.
    monitoringNamespaces = [MONITORING_NAMESPACE, ...(clients.prometheus ?? [])],
  } = props.network ?? {};
  const { policy = true, ownNamespace = true } = props.network ?? {};
  const { labels: setLabels, annotations, podLabels, podAnnotations, disruptionBudget } = props;
  const mesh = planMesh(props.mesh, plan.timing);
  return {
    plan,
    kind,
    replicas,
    minReplicas,
    added,
    strategy: { strategy, maxSurge, maxUnavailable: mayBeAway },
    selector,
    labels,
    annotations: annotations ?? {},
    workloadLabels,
    podLabels: { ...workloadLabels, ...podLabels, ...mesh?.labels, ...added?.podLabels },
    podAnnotations: { ...annotations, ...podAnnotations, ...mesh?.annotations },
    serviceAccountAnnotations: { ...annotations, ...props.serviceAccountAnnotations },
    tolerations: [...tolerations(accelerator), ...(props.tolerations ?? [])],
    topologySpread: props.topologySpread ?? [OVER_ZONES],
    disruption: minAvailable === undefined ? { maxUnavailable } : { minAvailable },
    network: policy
      ? {
          ownNamespace,
          namespaces: [...new Set([...clientNamespaces, ...clients.namespaces, ...monitoringNamespaces])],
          monitoringNamespaces: [...new Set(monitoringNamespaces)],
          ranges: [...new Set([...clientRanges, ...clients.ranges])],
        }
      : undefined,
    mesh,
    rdma: planRdma(props.rdma),
    user: (props.podUser ?? PodUser.vllm())._plan,
    volumes: (props.extraVolumes ?? []).map(({ name, mountPath, _source }) => ({ name, mountPath, source: _source })),
    priorityClassName: props.priorityClassName,
    runtimeClassName: props.runtimeClassName,
    imagePullSecrets: props.imagePullSecrets ?? [],
    podTemplateOverrides: props.podTemplateOverrides ?? {},
    set: { labels: setLabels, annotations, podLabels, podAnnotations, disruptionBudget },
  };
}
