import { isIP } from 'node:net';
import { labelKey, labelValue } from '../../../shapes/label-shapes';
import { DNS_LABEL, DNS_SUBDOMAIN } from '../../../shapes/kubernetes-names';
import { ENDS, objectName } from '../../../shapes/object-names';
import type { Shape } from '../../../shapes/shape';
import { integer, matching, oneOf, shape } from '../../../shapes/shape';
import { quantityValue } from '../quantity-value';

/**
 * What the API server requires of single values, besides their types (kubernetes/kubernetes v1.37.2:
 * pkg/apis/core/validation/validation.go). A key is `Type.field`, or `field` for all types. A rule of a list is about
 * each of its items. An empty text counts as unset.
 */

const MODE = 0o777;
const MAX_ID = 2 ** 31 - 1;

const label = matching(DNS_LABEL, `a name of at most 63 lower-case letters, digits and "-", ${ENDS}`);
const subdomain = objectName;

const portNumber = integer(1, 65535);

/** IANA service name, as Services, probes and ingress controllers refer to a port. */
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
const portName = matching(
  PORT_NAME,
  'a port name: at most 15 lower-case letters, digits and single "-", with a letter, beginning and ending with a letter or digit',
);
const portOrName = shape<string | number>('a port from 1 to 65535, or the name of a port', (value) =>
  typeof value === 'number' ? value >= 1 && value <= 65535 : PORT_NAME.test(String(value)),
);

/** `644` for `0644`: YAML reads a number that begins with 0 as octal, JavaScript needs 0o. */
const mode = shape<number>(
  `a number from 0 to ${MODE}: 0o644 in JavaScript, 420 in JSON`,
  (value) => typeof value === 'number' && value >= 0 && value <= MODE,
);

const id = integer(0, MAX_ID);
const ip = shape<string>('an IP address', (value) => typeof value === 'string' && isIP(value) !== 0);
const hostname = matching(DNS_SUBDOMAIN, 'a host name in lower case');
const absolute = matching(/^\//, 'an absolute path');
const noDots = (value: unknown): boolean => !String(value).split('/').includes('..');
const hostPath = shape<string>('a path without ".."', noDots);
const relative = shape<string>(
  'a relative path without ".."',
  (value) => !String(value).startsWith('/') && noDots(value),
);
const variable = matching(/^[\x20-\x3c\x3e-\x7e]+$/, 'a name of printable characters without "="');
const notNegative = integer(0);
/** Fields that a variable or a file may have; a file may also have all labels or annotations. */
const IN_POD =
  /^(metadata\.(name|namespace|uid|(annotations|labels)(\['.+'\])?)|spec\.(nodeName|serviceAccountName)|status\.(host|pod)IPs?)$/;

const dataKey = matching(/^[-._a-zA-Z0-9]+$/, 'a key of letters, digits, "-", "_" and "."');
const header = matching(/^[-A-Za-z0-9]+$/, 'the name of a header: letters, digits and "-"');
const sysctl = matching(/^[a-z0-9]([-_./a-z0-9]*[a-z0-9])?$/, 'the name of a sysctl in lower case');
const driver = matching(
  /^[A-Za-z0-9]([-.A-Za-z0-9]*[A-Za-z0-9])?$/,
  'the name of a driver, for example csi.example.com',
);
const searchDomain = matching(
  /^(\.|[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?(\.[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?)*\.?)$/,
  'a domain in lower case',
);
const resourceOfContainer = matching(
  /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-\S+)$/,
  'limits.cpu, limits.memory, requests.cpu, requests.memory or the like',
);
const size = shape<unknown>('a quantity of at least 0', (value) => (quantityValue(value) ?? 0) >= 0);

const RULES: Readonly<Record<string, Shape>> = {
  'Container.name': label,
  'Volume.name': label,
  'PodResourceClaim.name': label,
  'ContainerPort.name': portName,
  'ContainerPort.containerPort': portNumber,
  'ContainerPort.hostPort': integer(0, 65535),
  'ContainerPort.hostIP': ip,
  'HTTPGetAction.port': portOrName,
  'TCPSocketAction.port': portOrName,
  'GRPCAction.port': portNumber,
  'EnvVar.name': variable,
  'ObjectFieldSelector.fieldPath': matching(
    IN_POD,
    "metadata.name, metadata.namespace, metadata.uid, metadata.labels['key'], metadata.annotations['key'], spec.nodeName, spec.serviceAccountName, status.hostIP or status.podIP",
  ),
  'PodSpec.hostname': label,
  'PodSpec.subdomain': label,
  'PodSpec.nodeName': subdomain,
  'PodSpec.serviceAccountName': subdomain,
  'PodSpec.priorityClassName': subdomain,
  'PodSpec.runtimeClassName': subdomain,
  'PodSchedulingGate.name': labelKey,
  'PodReadinessGate.conditionType': labelKey,
  'PodOS.name': oneOf('linux'),
  'HostAlias.ip': ip,
  'HostAlias.hostnames': hostname,
  'PodDNSConfig.nameservers': ip,
  'PodDNSConfig.searches': searchDomain,
  'Toleration.key': labelKey,
  'Toleration.value': labelValue,
  'TopologySpreadConstraint.matchLabelKeys': labelKey,
  'TopologySpreadConstraint.topologyKey': labelKey,
  'TopologySpreadConstraint.maxSkew': integer(1),
  'TopologySpreadConstraint.minDomains': integer(1),
  'PodAffinityTerm.topologyKey': labelKey,
  'NodeSelectorRequirement.key': labelKey,
  'LabelSelectorRequirement.key': labelKey,
  'LabelSelectorRequirement.operator': oneOf('In', 'NotIn', 'Exists', 'DoesNotExist'),
  'WeightedPodAffinityTerm.weight': integer(1, 100),
  'PreferredSchedulingTerm.weight': integer(1, 100),
  'Probe.terminationGracePeriodSeconds': integer(1),
  'NFSVolumeSource.path': absolute,
  'HostPathVolumeSource.path': hostPath,
  'VolumeMount.subPath': relative,
  'VolumeMount.subPathExpr': relative,
  'VolumeMount.recursiveReadOnly': oneOf('Disabled', 'IfPossible', 'Enabled'),
  'KeyToPath.path': relative,
  'KeyToPath.key': dataKey,
  'DownwardAPIVolumeFile.path': relative,
  'ServiceAccountTokenProjection.path': relative,
  'SeccompProfile.localhostProfile': relative,
  'SecretKeySelector.key': dataKey,
  'ConfigMapKeySelector.key': dataKey,
  'HTTPHeader.name': header,
  'Sysctl.name': sysctl,
  'CSIVolumeSource.driver': driver,
  'EmptyDirVolumeSource.sizeLimit': size,
  'ResourceFieldSelector.resource': resourceOfContainer,
  'ResourceClaim.request': label,
  'PersistentVolumeClaimSpec.storageClassName': subdomain,
  'PersistentVolumeClaimVolumeSource.claimName': subdomain,
  'SecretVolumeSource.secretName': subdomain,
  'ConfigMapVolumeSource.name': subdomain,
  'SecretKeySelector.name': subdomain,
  'ConfigMapKeySelector.name': subdomain,
  'SecretEnvSource.name': subdomain,
  'ConfigMapEnvSource.name': subdomain,
  'SecretProjection.name': subdomain,
  'ConfigMapProjection.name': subdomain,
  'LocalObjectReference.name': subdomain,
  'PodResourceClaim.resourceClaimName': subdomain,
  'PodResourceClaim.resourceClaimTemplateName': subdomain,
  'EmptyDirVolumeSource.medium': matching(
    /^(Memory|HugePages(-\S+)?)$/,
    'Memory or HugePages, or nothing for the disk',
  ),
  'ServiceAccountTokenProjection.expirationSeconds': integer(600),
  'ContainerResizePolicy.resourceName': oneOf('cpu', 'memory'),
  'ContainerResizePolicy.restartPolicy': oneOf('NotRequired', 'RestartContainer'),
  'Container.restartPolicy': oneOf('Always', 'OnFailure', 'Never'),
  'PodSecurityContext.seLinuxChangePolicy': oneOf('Recursive', 'MountOption'),
  'SleepAction.seconds': notNegative,
  initialDelaySeconds: notNegative,
  timeoutSeconds: notNegative,
  periodSeconds: notNegative,
  successThreshold: notNegative,
  failureThreshold: notNegative,
  mode,
  defaultMode: mode,
  runAsUser: id,
  runAsGroup: id,
  fsGroup: id,
  supplementalGroups: id,
};

/** Maps whose keys, and values where there is a second rule, are labels or the like. */
const MAPS: Readonly<Record<string, readonly [key: Shape, value?: Shape]>> = {
  'ObjectMeta.labels': [labelKey, labelValue],
  'ObjectMeta.annotations': [shape<string>(labelKey.allowed, (key) => isAnnotation(String(key)))],
  'PodSpec.nodeSelector': [labelKey, labelValue],
  'LabelSelector.matchLabels': [labelKey, labelValue],
};

/** Unlike those of labels, keys of annotations may have upper-case letters before the slash. */
function isAnnotation(key: string): boolean {
  const findings: never[] = [];
  labelKey.check(key.toLowerCase(), '', findings);
  return findings.length === 0;
}

export const ruleOf = (type: string, field: string): Shape | undefined => RULES[`${type}.${field}`] ?? RULES[field];

export const mapRulesOf = (type: string, field: string): readonly [key: Shape, value?: Shape] | undefined =>
  MAPS[`${type}.${field}`];
