import { error } from '../preflight/finding';
import { LABEL_VALUE, QUALIFIED_KEY } from '../private/names';
import { jsonObject } from '../private/json-shape';
import type { Shape } from '../private/shape';
import { flag, instance, integer, listOf, mapOf, matching, oneOf, shape, struct } from '../private/shape';
import type { TopologySpread } from './pod-options';
import { TaintEffect } from './pod-options';
import { ENDS, namespace, objectName } from './pod-shapes';
import { RDMA_SHAPE } from './rdma';

const namespaces = listOf(namespace);
const labelValue = matching(LABEL_VALUE, `a label value: at most 63 letters, digits, "-", "_" and ".", ${ENDS}`);

/** Longest part of a key before its slash. */
const MAX_PREFIX = 253;

/** Key of a label, an annotation or a taint. */
const key = shape(
  `a key such as "team" or "example.com/team", at most ${MAX_PREFIX} characters before the "/" and 63 after it`,
  (value) => typeof value === 'string' && QUALIFIED_KEY.test(value) && value.indexOf('/') <= MAX_PREFIX,
);

/** A map whose keys are label or annotation keys; `owned` ones belong to Kubernetes. */
function keyedMap(value: Shape, owned: readonly string[] = []): Shape {
  const values = mapOf(value);
  return {
    allowed: values.allowed,
    check: (given, subject, findings) => {
      const before = findings.length;
      values.check(given, subject, findings);
      if (findings.length > before) return;
      for (const each of Object.keys(given as object)) {
        key.check(each, `${subject} key`, findings);
        if (!owned.includes(each)) continue;
        const problem = 'is a label that Kubernetes sets by itself, another one for each revision';
        findings.push(error('owned-label', `${subject}.${each}`, problem, 'leave it out'));
      }
    },
  };
}

const labels = keyedMap(labelValue, ['pod-template-hash']);
const annotations = keyedMap(shape('a string', (value) => typeof value === 'string'));

const spreads = listOf(struct({ topologyKey: key }, { maxSkew: integer(1), required: flag }));

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
  tolerations: listOf(struct({ key }, { value: labelValue, effect: oneOf(...Object.values(TaintEffect)) })),
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
  annotations,
  podLabels: labels,
  podAnnotations: annotations,
  serviceAccountAnnotations: annotations,
  podTemplateOverrides: jsonObject,
};
