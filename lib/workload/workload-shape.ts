import { error } from '../preflight/finding';
import { jsonObject } from '../shapes/json-shape';
import { annotationMap, labelKey, labelMap, labelValue } from '../shapes/label-shapes';
import type { Shape } from '../shapes/shape';
import { flag, instance, integer, listOf, oneOf } from '../shapes/shape';
import type { OptionalShapes } from '../shapes/struct';
import { structOf } from '../shapes/struct';
import { OWNED_POD_LABELS } from './kinds/workload-kinds';
import type { DisruptionBudget, ExtraVolume, NetworkAccess, Toleration, TopologySpread } from './pod/pod-options';
import { TaintEffect } from './pod/pod-options';
import { namespace, objectName } from './pod/pod-shapes';
import { RDMA_SHAPE } from './pod/rdma';
import type { WorkloadProps } from './workload-props';

const namespaces = listOf(namespace);
const labels = labelMap({ owned: OWNED_POD_LABELS });

const spreads = listOf(structOf<TopologySpread>({ topologyKey: labelKey }, { maxSkew: integer(1), required: flag }));

/** Topology rules. Kubernetes refuses two rules with the same key and the same `required`. */
const topologySpread: Shape<TopologySpread[]> = {
  allowed: spreads.allowed,
  check: (given, subject, findings) => {
    const before = findings.length;
    spreads.check(given, subject, findings);
    if (findings.length > before) return;
    const seen = new Set<string>();
    (given as TopologySpread[]).forEach(({ topologyKey, required = false }, index) => {
      const rule = `${topologyKey} ${required}`;
      if (seen.has(rule)) {
        const problem = `spreads over "${topologyKey}", as an earlier rule does, and Kubernetes refuses that`;
        findings.push(error('topology-key-twice', `${subject}[${index}]`, problem, 'remove one of them'));
      }
      seen.add(rule);
    });
  },
};

/** All properties of `WorkloadProps`; none is required. */
export const WORKLOAD_OPTIONAL: OptionalShapes<WorkloadProps> = {
  tolerations: listOf(
    structOf<Toleration>({ key: labelKey }, { value: labelValue, effect: oneOf(...Object.values(TaintEffect)) }),
  ),
  priorityClassName: objectName,
  runtimeClassName: objectName,
  imagePullSecrets: listOf(objectName),
  topologySpread,
  disruptionBudget: structOf<DisruptionBudget>({}, { maxUnavailable: integer(1), minAvailable: integer(1) }),
  network: structOf<NetworkAccess>(
    {},
    { clientNamespaces: namespaces, monitoringNamespaces: namespaces, ownNamespace: flag, policy: flag },
  ),
  rdma: RDMA_SHAPE,
  extraVolumes: listOf(
    instance<ExtraVolume>('ExtraVolume', 'an ExtraVolume, for example ExtraVolume.fromConfigMap(...)'),
  ),
  labels,
  annotations: annotationMap,
  podLabels: labels,
  podAnnotations: annotationMap,
  serviceAccountAnnotations: annotationMap,
  podTemplateOverrides: jsonObject,
};
