import { ISTIO } from '../../defaults';
import type { Finding } from '../../preflight/finding';
import { error, notice, warning } from '../../preflight/finding';
import { quantityValue } from '../pod/quantity-value';
import { list, tree } from '../pod/tree';
import type { WorkloadPlan } from '../workload-plan';
import { conflictFindings, unknownMeshFindings } from './mesh-metadata';
import type { MeshPlan } from './mesh-plan';

const AMBIENT = 'use Mesh.istioAmbient()';

/** Problems of a stack in a service mesh. */
export function meshFindings(workload: WorkloadPlan): Finding[] {
  const { mesh } = workload;
  if (mesh === undefined) return unknownMeshFindings(workload);
  return [
    ...conflictFindings(workload, mesh),
    ...networkFindings(workload),
    ...(mesh.mode === 'istio-ambient' ? [] : sidecarFindings(workload, mesh)),
    ...trafficFindings(workload),
  ];
}

/** A pod in the network of its node joins no mesh (istio/istio:pkg/kube/inject/inject.go, injectRequired). */
function networkFindings({ podTemplateOverrides }: WorkloadPlan): Finding[] {
  if (tree(podTemplateOverrides['spec'])['hostNetwork'] !== true) return [];
  const problem = 'is true: Istio does not add a pod in the network of its node to the mesh';
  const subject = 'podTemplateOverrides.spec.hostNetwork';
  return [error('mesh-host-network', subject, problem, 'remove it, or remove mesh')];
}

function sidecarFindings(workload: WorkloadPlan, mesh: MeshPlan): Finding[] {
  // With or without a native sidecar (istio/istio.io:content/en/docs/ops/deployment/application-requirements/index.md).
  const problem =
    'without the Istio CNI plugin, injection adds a container with NET_ADMIN and NET_RAW, which runs as root: Pod Security "restricted" and "baseline" refuse the pod';
  const fix = `acknowledge this finding if the plugin is installed, or ${AMBIENT}`;
  return [
    warning('mesh-pod-security', 'mesh', problem, fix),
    ...userFindings(workload),
    ...guaranteeFindings(workload),
    ...(mesh.mode === 'istio-classic-sidecar' ? initContainerFindings(workload) : []),
  ];
}

/** Traffic of the proxy's user is not redirected, so it would bypass the mesh. */
function userFindings({ podTemplateOverrides }: WorkloadPlan): Finding[] {
  const spec = tree(podTemplateOverrides['spec']);
  const path = 'podTemplateOverrides.spec';
  const contexts = [
    { context: spec['securityContext'], subject: path },
    ...(['containers', 'initContainers'] as const).flatMap((kind) =>
      list(spec[kind]).map((each, index) => ({
        context: each['securityContext'],
        subject: `${path}.${kind}[${index}]`,
      })),
    ),
  ];
  return contexts
    .filter(({ context }) => tree(context)['runAsUser'] === ISTIO.proxyUser)
    .map(({ subject }) => {
      const problem = `is ${ISTIO.proxyUser}, the user of the sidecar: its traffic bypasses the mesh`;
      return error('mesh-user', `${subject}.securityContext.runAsUser`, problem, 'use another user');
    });
}

/** Annotations from which injection takes the resources of the proxy (istio/istio: injection-template.yaml). */
const PROXY_RESOURCES = [
  ['sidecar.istio.io/proxyCPU', 'sidecar.istio.io/proxyCPULimit'],
  ['sidecar.istio.io/proxyMemory', 'sidecar.istio.io/proxyMemoryLimit'],
] as const;

function guaranteeFindings({ plan, podAnnotations }: WorkloadPlan): Finding[] {
  if (!plan.resources.guaranteed) return [];
  const open = PROXY_RESOURCES.filter(([request, limit]) => {
    const value = quantityValue(podAnnotations[limit]);
    return value === undefined || value <= 0 || quantityValue(podAnnotations[request]) !== value;
  });
  if (open.length === 0) return [];
  const problem =
    'is true, but the requests of an injected sidecar are smaller than its limits: the pod would not be Guaranteed';
  const pairs = open.map(([request, limit]) => `${request} and ${limit}`).join(', ');
  return [
    error('mesh-guaranteed', 'resources.guaranteed', problem, `set equal podAnnotations ${pairs}, or ${AMBIENT}`),
  ];
}

/** Init containers run before a classic proxy (istio/istio.io:content/en/docs/setup/additional-setup/cni/index.md). */
function initContainerFindings({ podTemplateOverrides }: WorkloadPlan): Finding[] {
  const names = list(tree(podTemplateOverrides['spec'])['initContainers']).map(({ name }) => `"${String(name)}"`);
  if (names.length === 0) return [];
  const problem = `${names.join(', ')} run before a classic sidecar: with the Istio CNI plugin they have no network, without it their traffic bypasses the mesh`;
  const fix = 'use Mesh.istioSidecar() with a native sidecar, or acknowledge this finding if they need no network';
  return [warning('mesh-init-container', 'podTemplateOverrides.spec.initContainers', problem, fix)];
}

function trafficFindings({ plan }: WorkloadPlan): Finding[] {
  const scrape =
    'with mTLS in mode STRICT, Prometheus outside the mesh cannot scrape the engine: API and metrics share one port';
  const findings = [notice('mesh-strict-mtls', 'mesh', scrape, 'see docs/mesh.md for what to do')];
  if (!plan.https) return findings;
  const problem = 'is set: the mesh encrypts the traffic again, and sees connections instead of requests';
  const fix = 'remove the certificate, unless callers outside the mesh need it';
  return [...findings, notice('mesh-tls-twice', 'engine.sslCertfile', problem, fix)];
}
