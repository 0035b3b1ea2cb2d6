import { isCpu } from '../accelerator/accelerator-plan';
import { PATHS } from '../defaults';
import type { Finding } from '../preflight/finding';
import { error, notice, warning } from '../preflight/finding';
import { WORKLOAD_KINDS } from './kinds/workload-kinds';
import { meshFindings } from './mesh/mesh-findings';
import { nodes } from './nodes/load';
import { choosesNodes } from './nodes/requirement';
import { allOverrideFindings } from './override-findings';
import { fileFindings } from './pod/file-findings';
import { extendedResourceFindings } from './pod/extended-resources';
import { folderFindings } from './pod/folder-findings';
import { podFieldsOfPod } from './pod/pod-field-findings';
import { overrideSecrets } from './pod/override-secrets';
import { mountFindings } from './pod/mount-findings';
import type { VolumePlan } from './pod/pod-options';
import { podSecurityFindings } from './pod/pod-security';
import { podUserFindings } from './pod/pod-user-findings';
import { rdmaFindings } from './pod/rdma';
import { runtimeClassFindings } from './pod/runtime-class';
import { sidecarFindings } from './pod/sidecars';
import { tree } from './pod/tree';
import { portFindings } from './ports/port-findings';
import { withoutRefused, withoutWhole } from './same-place';
import type { WorkloadPlan } from './workload-plan';

/** Problems of the workload. */
export function workloadFindings(workload: WorkloadPlan): Finding[] {
  const { plan, volumes, rdma, podTemplateOverrides } = workload;
  const ofUser = podUserFindings(workload);
  // Where the cluster assigns the user, none may be set: what else is wrong with it does not matter.
  const ofOverrides = withoutWhole(allOverrideFindings(workload), ofUser);
  const moved = ofOverrides.filter(({ id }) => id === 'protected-override');
  return [
    ...disruptionFindings(workload),
    ...volumeFindings(volumes),
    ...folderFindings(workload),
    ...fileFindings(workload),
    ...mountFindings(workload),
    ...selectorFindings(workload),
    ...strategyFindings(workload),
    ...withoutRefused(selectedNodes(workload), ofOverrides),
    ...ofOverrides,
    ...withoutRefused(overrideSecrets(podTemplateOverrides), moved),
    ...podSecurityFindings(podTemplateOverrides),
    ...ofUser,
    ...runtimeClassFindings(workload),
    ...extendedResourceFindings(plan, rdma),
    ...rdmaFindings(rdma, plan, podTemplateOverrides),
    ...withoutRefused(sidecarFindings(podTemplateOverrides, plan), ofOverrides),
    ...podFieldsOfPod(workload),
    ...portFindings(workload),
    ...meshFindings(workload),
  ];
}

/** A tag for one architecture: which nodes the pods need follows from it too. */
const ONE_ARCHITECTURE = /x86|amd64|aarch64|arm64/;

/** Findings about the nodes that the pods may run on. */
function selectedNodes({ plan, podTemplateOverrides }: WorkloadPlan): Finding[] {
  const { nodeLabels, image, basis, release } = plan;
  // Any node has what a stack without a device needs.
  if (isCpu(basis.accelerator)) return [];
  const isOpen = Object.keys(nodeLabels).length === 0 && !choosesNodes(tree(podTemplateOverrides['spec']));
  if (isOpen && !ONE_ARCHITECTURE.test(image)) return [];
  const { nodeFindings, nodeContext } = nodes();
  const context = nodeContext(basis.accelerator, image, release);
  return nodeFindings(nodeLabels, podTemplateOverrides, context);
}

function disruptionFindings({ set, minReplicas: replicas }: WorkloadPlan): Finding[] {
  const { minAvailable, maxUnavailable } = set.disruptionBudget ?? {};
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    const problem = 'sets both minAvailable and maxUnavailable, which Kubernetes refuses';
    return [error('disruption-budget-twice', 'disruptionBudget', problem, 'remove one of them')];
  }
  if (maxUnavailable !== undefined && replicas > 1 && maxUnavailable >= replicas) {
    const problem = `is ${maxUnavailable} of ${replicas} replicas: one drain may evict all of them`;
    const fix = `use fewer than ${replicas}, or remove it`;
    return [warning('drain-outage', 'disruptionBudget.maxUnavailable', problem, fix)];
  }
  if (minAvailable === undefined || minAvailable < replicas) return [];
  const problem = `is ${minAvailable} of ${replicas} replicas: a node with one of them can never be drained`;
  return [
    error('drain-blocked', 'disruptionBudget.minAvailable', problem, `use fewer than ${replicas}, or more replicas`),
  ];
}

/** What to do instead of a mount where the stack has a volume. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  [PATHS.models, 'use another path, or set weights instead'],
  [PATHS.sharedMemory, 'remove it: resources.sharedMemory sets the size of the volume of the stack'],
]);

const OWN_VOLUMES = ['models', 'cache', 'tmp', 'shm'];

/** Two volumes at one path, and two different volumes with one name. One claim at two paths is one volume. */
function volumeFindings(volumes: readonly VolumePlan[]): Finding[] {
  const mounts = new Set<string>(Object.values(PATHS));
  const sources = new Map(OWN_VOLUMES.map((name) => [name, 'of the stack']));
  return volumes.flatMap(({ name, mountPath, source: from }, index) => {
    const subject = `extraVolumes[${index}]`;
    const source = JSON.stringify(from);
    const findings: Finding[] = [];
    if (mounts.has(mountPath)) {
      const problem = `mounts ${mountPath}, but another volume is already mounted there`;
      findings.push(error('mount-taken', subject, problem, INSTEAD.get(mountPath) ?? 'use another path'));
    } else if ((sources.get(name) ?? source) !== source) {
      const problem = `is named "${name}", and another volume of the pod has the same name`;
      findings.push(error('volume-taken', subject, problem, 'rename one of them'));
    }
    mounts.add(mountPath);
    sources.set(name, source);
    return findings;
  });
}

function selectorFindings({ set, selector, kind }: WorkloadPlan): Finding[] {
  return (['labels', 'podLabels'] as const).flatMap((property) =>
    Object.keys(selector)
      .filter((key) => set[property]?.[key] !== undefined && set[property][key] !== selector[key])
      .map((key) => {
        const problem = `is "${set[property]?.[key]}", but Service and ${WORKLOAD_KINDS[kind].facts.kind} select the pods by "${selector[key]}"`;
        return error('selector-label', `${property}.${key}`, problem, 'remove it, or rename the stack');
      }),
  );
}

function strategyFindings({ strategy: { strategy, maxSurge }, minReplicas: replicas }: WorkloadPlan): Finding[] {
  if (strategy === 'Recreate' || (maxSurge === 0 && replicas === 1)) {
    const problem = 'removes all replicas before the new ones are ready: each rollout is an outage';
    return [notice('rollout-outage', 'delivery', problem, 'use more replicas, or Delivery.rollingUpdate()')];
  }
  return [];
}
