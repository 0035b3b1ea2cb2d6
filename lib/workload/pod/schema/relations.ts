import type { Finding } from '../../../preflight/finding';
import { error, warning } from '../../../preflight/finding';
import { show } from '../../../shapes/show';
import type { Tree } from '../tree';
import { list, tree } from '../tree';
import { fieldsOf } from './pod-types';
import { resourcesRelation } from './resource-relation';
import { listed } from './words';

/** One object of the finished template, and what the overrides have of it. */
export interface Related {
  readonly merged: Tree;
  readonly written: Tree;
  readonly subject: string;
}

/** What is wrong with fields of one object together. */
export type Relation = (object: Related) => Finding[];

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Fields of which only one may be set. The stack may have set another one than the overrides. */
function several({ merged, written, subject }: Related, fields: readonly string[]): Finding[] {
  const set = fields.filter((field) => isSet(merged[field]));
  if (set.length < 2) return [];
  const own = set.filter((field) => !(field in written));
  const fix =
    own.length > 0
      ? `remove that of the stack with ${listed(own.map((field) => `${field}: null`))}`
      : 'keep one of them';
  return [error('pod-fields-exclude', subject, `has ${listed(set)}, and Kubernetes accepts one of them`, fix)];
}

const atMostOne =
  (...fields: readonly string[]): Relation =>
  (object) =>
    several(object, fields);

const exactlyOne =
  (...fields: readonly string[]): Relation =>
  (object) => {
    const { merged, subject } = object;
    if (fields.some((field) => isSet(merged[field]))) return several(object, fields);
    return [error('missing-pod-field', subject, `has none of ${listed(fields)}`, 'set one of them')];
  };

const SOURCES = [...fieldsOf('Volume').keys()].filter((field) => field !== 'name');

/** Kubernetes makes a volume without a source an empty one, which few people know. */
const volumeSource: Relation = (object) => {
  if (SOURCES.some((field) => isSet(object.merged[field]))) return several(object, SOURCES);
  const problem = 'has no source, so Kubernetes makes it an empty folder';
  return [warning('volume-without-source', object.subject, problem, 'set its source, or emptyDir: {}')];
};

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

const onceReady: Relation = ({ merged, subject }) =>
  (['livenessProbe', 'startupProbe'] as const).flatMap((field) => {
    const { successThreshold } = tree(merged[field]);
    if (typeof successThreshold !== 'number' || successThreshold <= 1) return [];
    const at = `${subject}.${field}.successThreshold`;
    return [error('wrong-value', at, `is ${successThreshold}`, `remove it: Kubernetes accepts 1 in a ${field}`)];
  });

const profile: Relation = ({ merged: { type, localhostProfile }, subject }) => {
  if (type === 'Localhost' && !isSet(localhostProfile)) {
    return [error('missing-pod-field', subject, 'has type Localhost and no localhostProfile', 'set localhostProfile')];
  }
  if (type === 'Localhost' || !isSet(localhostProfile)) return [];
  return [
    error('pod-fields-exclude', subject, 'has a localhostProfile without type: Localhost', 'set type: "Localhost"'),
  ];
};

const privileges: Relation = ({ merged, subject }) => {
  if (merged['allowPrivilegeEscalation'] !== false || merged['privileged'] !== true) return [];
  const problem = 'is privileged, but has allowPrivilegeEscalation: false';
  return [error('pod-fields-exclude', subject, problem, 'set allowPrivilegeEscalation: true as well')];
};

/** The kubelet starts no container as user 0 while runAsNonRoot is set. */
const rootOrNot: Relation = ({ merged, written, subject }) => {
  if (merged['runAsUser'] !== 0 || merged['runAsNonRoot'] !== true) return [];
  const own = 'runAsNonRoot' in written ? '' : ' of the stack';
  return [
    error(
      'pod-fields-exclude',
      subject,
      `has runAsUser 0 and runAsNonRoot: true${own}`,
      'set runAsNonRoot: false as well',
    ),
  ];
};

const toleration: Relation = ({ merged: { key, operator, value, effect, tolerationSeconds }, subject }) => {
  if (operator === 'Exists' && isSet(value)) {
    return [
      error('pod-fields-exclude', subject, 'has a value and operator Exists', 'remove value, or set operator: "Equal"'),
    ];
  }
  if (!isSet(key) && operator !== 'Exists') {
    return [
      error(
        'missing-pod-field',
        subject,
        'has no key and no operator Exists',
        'set key, or operator: "Exists" for all taints',
      ),
    ];
  }
  if (tolerationSeconds === undefined || tolerationSeconds === null || effect === 'NoExecute') return [];
  return [
    error('missing-pod-field', subject, 'has tolerationSeconds without effect NoExecute', 'set effect: "NoExecute"'),
  ];
};

/** Operators that compare with values, and those that do not. */
const requirement: Relation = ({ merged: { operator, values }, subject }) => {
  const count = Array.isArray(values) ? values.length : 0;
  if ((operator === 'In' || operator === 'NotIn') && count === 0) {
    return [error('missing-pod-field', subject, `has operator ${operator} and no values`, 'set values')];
  }
  if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0) {
    return [
      error(
        'pod-fields-exclude',
        subject,
        `has values and operator ${operator}`,
        'remove values, or set operator: "In"',
      ),
    ];
  }
  if ((operator !== 'Gt' && operator !== 'Lt') || (count === 1 && /^-?\d+$/.test(String((values as unknown[])[0]))))
    return [];
  const problem = count === 1 ? `has ${show((values as unknown[])[0])}` : `has ${count} values`;
  return [error('wrong-value', `${subject}.values`, problem, `give one whole number for ${operator}`)];
};

const isEmpty = (value: unknown): boolean => !isSet(value) || (Array.isArray(value) && value.length === 0);

/** An empty term beside others is ignored; alone, it selects no node. */
const terms: Relation = ({ merged: { nodeSelectorTerms }, subject }) => {
  if (!Array.isArray(nodeSelectorTerms)) return [];
  const at = `${subject}.nodeSelectorTerms`;
  if (nodeSelectorTerms.length === 0) {
    return [error('missing-pod-field', at, 'has no term, and a pod needs one', 'add a term')];
  }
  const isOpen = nodeSelectorTerms.some((term) => Object.values(tree(term)).some((value) => !isEmpty(value)));
  if (isOpen) return [];
  return [error('missing-pod-field', `${at}[0]`, 'is empty, so it selects no node', 'give it matchExpressions')];
};

const spread: Relation = ({ merged, subject }) =>
  isSet(merged['minDomains']) && merged['whenUnsatisfiable'] === 'ScheduleAnyway'
    ? [
        error(
          'pod-fields-exclude',
          subject,
          'has minDomains and whenUnsatisfiable ScheduleAnyway',
          'remove minDomains, or set whenUnsatisfiable: "DoNotSchedule"',
        ),
      ]
    : [];

/** A field that the schema does not require, and the API server does; a list needs an item. */
const required =
  (field: string): Relation =>
  ({ merged, subject }) => {
    const value = merged[field];
    return isSet(value) && !(Array.isArray(value) && value.length === 0)
      ? []
      : [error('missing-pod-field', subject, `has no ${field}`, `set ${field}`)];
  };

const keysOfSelector: Relation = ({ merged: { matchLabelKeys, labelSelector }, subject }) =>
  Array.isArray(matchLabelKeys) && matchLabelKeys.length > 0 && !isSet(labelSelector)
    ? [error('missing-pod-field', subject, 'has matchLabelKeys and no labelSelector', 'set labelSelector')]
    : [];

/** A hook that sleeps longer than the grace period is refused with the whole pod. */
const sleeps: Relation = ({ merged, subject }) => {
  const grace = merged['terminationGracePeriodSeconds'];
  return ['containers', 'initContainers'].flatMap((kind) =>
    list(merged[kind]).flatMap(({ name, lifecycle }) => {
      const { seconds } = tree(tree(tree(lifecycle)['preStop'])['sleep']);
      if (typeof seconds !== 'number' || typeof grace !== 'number' || seconds <= grace) return [];
      const problem = `has a container "${String(name)}" whose preStop hook sleeps ${seconds} s, longer than the grace period of ${grace} s`;
      return [error('wrong-value', `${subject}.${kind}`, problem, 'shorten it')];
    }),
  );
};

const MOST_NAMESERVERS = 3;

const dns: Relation = ({ merged, subject }) => {
  const { nameservers } = tree(merged['dnsConfig']);
  const count = Array.isArray(nameservers) ? nameservers.length : 0;
  if (merged['dnsPolicy'] === 'None' && count === 0) {
    return [
      error(
        'missing-pod-field',
        `${subject}.dnsPolicy`,
        'is "None", and dnsConfig has no nameservers',
        'set dnsConfig.nameservers',
      ),
    ];
  }
  if (count <= MOST_NAMESERVERS) return [];
  return [
    error('wrong-value', `${subject}.dnsConfig.nameservers`, `has ${count} items`, `give at most ${MOST_NAMESERVERS}`),
  ];
};

const hostUsers: Relation = ({ merged, subject }) =>
  ['hostPID', 'hostIPC']
    .filter((field) => merged[field] === true && merged['hostUsers'] === false)
    .map((field) =>
      error('pod-fields-exclude', `${subject}.${field}`, 'is true while hostUsers is false', 'remove it'),
    );

/** A mount that shows in the node's other mounts needs a privileged container. */
const propagation: Relation = ({ merged, subject }) => {
  if (tree(merged['securityContext'])['privileged'] === true) return [];
  return list(merged['volumeMounts'])
    .filter(({ mountPropagation }) => mountPropagation === 'Bidirectional')
    .map(({ mountPath }) => {
      const problem = `has mountPropagation Bidirectional at ${String(mountPath)} and is not privileged`;
      return error('missing-pod-field', subject, problem, 'use HostToContainer');
    });
};

/** Relations by the type that they are about (kubernetes/kubernetes v1.37.2: pkg/apis/core/validation/validation.go). */
export const RELATIONS: Readonly<Record<string, readonly Relation[]>> = {
  PodSpec: [dns, hostUsers, sleeps],
  PodDNSConfigOption: [required('name')],
  Container: [required('image'), onceReady, propagation],
  ResourceRequirements: [resourcesRelation],
  VolumeResourceRequirements: [resourcesRelation],
  Volume: [volumeSource],
  VolumeProjection: [exactlyOne(...fieldsOf('VolumeProjection').keys())],
  DownwardAPIVolumeFile: [exactlyOne('fieldRef', 'resourceFieldRef')],
  SecretVolumeSource: [required('secretName')],
  ConfigMapVolumeSource: [required('name')],
  ConfigMapProjection: [required('name')],
  SecretProjection: [required('name')],
  SecretKeySelector: [required('name')],
  ConfigMapKeySelector: [required('name')],
  SecretEnvSource: [required('name')],
  ConfigMapEnvSource: [required('name')],
  EphemeralVolumeSource: [required('volumeClaimTemplate')],
  PersistentVolumeClaimSpec: [required('accessModes'), storage],
  ImageVolumeSource: [required('reference')],
  VolumeMount: [atMostOne('subPath', 'subPathExpr')],
  Probe: [exactlyOne(...HANDLERS)],
  LifecycleHandler: [exactlyOne('exec', 'httpGet', 'tcpSocket', 'sleep')],
  ExecAction: [required('command')],
  EnvVar: [atMostOne('value', 'valueFrom')],
  EnvVarSource: [exactlyOne(...fieldsOf('EnvVarSource').keys())],
  EnvFromSource: [exactlyOne('configMapRef', 'secretRef')],
  PodResourceClaim: [exactlyOne('resourceClaimName', 'resourceClaimTemplateName')],
  SecurityContext: [privileges, rootOrNot],
  PodSecurityContext: [rootOrNot],
  SeccompProfile: [profile],
  AppArmorProfile: [profile],
  Toleration: [toleration],
  TopologySpreadConstraint: [spread, keysOfSelector],
  NodeSelector: [terms],
  NodeSelectorRequirement: [requirement],
  LabelSelectorRequirement: [requirement],
};

function storage({ merged, subject }: Related): Finding[] {
  const { requests } = tree(merged['resources']);
  if (isSet(tree(requests)['storage'])) return [];
  return [error('missing-pod-field', subject, 'has no resources.requests.storage', 'set the size of the volume')];
}
