import { DNS_LABEL, DNS_SUBDOMAIN, LABEL_VALUE, QUALIFIED_KEY } from '../private/names';
import type { Shape } from '../private/shape';
import {
  anyObject,
  flag,
  instance,
  integer,
  listOf,
  mapOf,
  matching,
  oneOf,
  shape,
  struct,
  text,
} from '../private/shape';
import { TaintEffect } from './pod-options';

const objectName = matching(DNS_SUBDOMAIN, 'the name of an object: lower-case letters, digits, "-" and "."');
const namespaces = listOf(matching(DNS_LABEL, 'a namespace: lower-case letters, digits and "-"'));
const labelValue = matching(LABEL_VALUE, 'a label value: at most 63 letters, digits, "-", "_" and "."');

/** A map whose keys are label or annotation keys. */
function keyedMap(value: Shape): Shape {
  const values = mapOf(value);
  return {
    allowed: values.allowed,
    check: (given, subject, findings) => {
      const before = findings.length;
      values.check(given, subject, findings);
      if (findings.length > before) return;
      const key = matching(QUALIFIED_KEY, 'a key such as "team" or "example.com/team"');
      for (const each of Object.keys(given as object)) key.check(each, `${subject} key`, findings);
    },
  };
}

const annotations = keyedMap(shape('a string', (value) => typeof value === 'string'));

/** All properties of `WorkloadProps`; none is required. */
export const WORKLOAD_OPTIONAL: Readonly<Record<string, Shape>> = {
  tolerations: listOf(struct({ key: text }, { value: labelValue, effect: oneOf(...Object.values(TaintEffect)) })),
  priorityClassName: objectName,
  runtimeClassName: objectName,
  imagePullSecrets: listOf(objectName),
  topologySpread: listOf(struct({ topologyKey: text }, { maxSkew: integer(1), required: flag })),
  disruptionBudget: struct({}, { maxUnavailable: integer(1), minAvailable: integer(1) }),
  network: struct({}, { clientNamespaces: namespaces, monitoringNamespaces: namespaces, policy: flag }),
  extraVolumes: listOf(instance('ExtraVolume', 'an ExtraVolume, for example ExtraVolume.fromConfigMap(...)')),
  labels: keyedMap(labelValue),
  annotations,
  podLabels: keyedMap(labelValue),
  podAnnotations: annotations,
  serviceAccountAnnotations: annotations,
  podTemplateOverrides: anyObject,
};
