import { error } from '../preflight/finding';
import { jsonObject } from '../shapes/json-shape';
import { annotationMap, labelKey, labelMap, labelValue } from '../shapes/label-shapes';
import type { Shape } from '../shapes/shape';
import { flag, instance, integer, listOf, oneOf, struct } from '../shapes/shape';
import { OWNED_POD_LABELS } from './kinds/workload-kinds';
import type { TopologySpread } from './pod/pod-options';
import { TaintEffect } from './pod/pod-options';
import { namespace, objectName } from './pod/pod-shapes';
import { RDMA_SHAPE } from './pod/rdma';

const namespaces = listOf(namespace);
const labels = labelMap({ owned: OWNED_POD_LABELS });

const spreads = listOf(struct({ topologyKey: labelKey }, { maxSkew: integer(1), required: flag }));

/** Rules of which no two are for one key and equally strict: Kubernetes refuses those. */
const topologySpread: Shape = {
  allowed: spreads.allowed,
  check: (given, subject, findings) => {
    const before = findings.length;
    spreads.check(given, subject, findings);
    if (findings.length > before) return;
    const seen = new Set<string>();
    (given as TopologySpread[]).forEach(({ topologyKey, required = false }, index) => {
      const rule = `${topologyKey} ${required}`;
      if (seen.has(rule)) {
        const problem = `spreads over "${topologyKey}" as an earlier rule does, which Kubernetes refuses`;
        findings.push(error('topology-key-twice', `${subject}[${index}]`, problem, 'keep one of them'));
      }
      seen.add(rule);
    });
  },
};

/** All properties of `WorkloadProps`; none is required. */
export const WORKLOAD_OPTIONAL: Readonly<Record<string, Shape>> = {
  tolerations: listOf(struct({ key: labelKey }, { value: labelValue, effect: oneOf(...Object.values(TaintEffect)) })),
  priorityClassName: objectName,
  runtimeClassName: objectName,
  imagePullSecrets: listOf(objectName),
  topologySpread,
  disruptionBudget: struct({}, { maxUnavailable: integer(1), minAvailable: integer(1) }),
  network: struct(
    {},
    { clientNamespaces: namespaces, monitoringNamespaces: namespaces, ownNamespace: flag, policy: flag },
  ),
  rdma: RDMA_SHAPE,
  extraVolumes: listOf(instance('ExtraVolume', 'an ExtraVolume, for example ExtraVolume.fromConfigMap(...)')),
  labels,
  annotations: annotationMap,
  podLabels: labels,
  podAnnotations: annotationMap,
  serviceAccountAnnotations: annotationMap,
  podTemplateOverrides: jsonObject,
};
