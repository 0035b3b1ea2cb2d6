import type { ApiObject } from 'cdk8s';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Placement } from '../accelerator/placement';
import type { Toleration } from '../accelerator/toleration';
import { printWarnings, unacknowledged } from '../preflight/acknowledgements';
import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { emit } from '../emit/emit';
import { kubeManifest } from '../emit/kube-manifest';
import { DNS_LABEL } from '../shapes/kubernetes-names';
import { refuseSecondGpuPlatform } from '../emit/one-gpu-platform';
import type { Shape } from '../shapes/shape';
import { findingsOf, flag, instance, mapOf, matching, struct, text } from '../shapes/shape';
import { refuseDuplicateObjects } from '../emit/unique-objects';
import { LABEL_KEY, VALUE } from './device-plugin/device-plugin-shape';
import type { GpuPlatformProps } from './gpu-platform-props';
import { unselectedFindings } from './selection-findings';

/** Labels that tell the platform's parts apart. */
const OWNED = ['name', 'instance', 'component'].map((label) => `app.kubernetes.io/${label}`);

/** Labels of objects. */
const LABELS: Shape = {
  allowed: mapOf(VALUE).allowed,
  check: (value, subject, findings) => {
    const before = findings.length;
    mapOf(VALUE).check(value, subject, findings);
    if (findings.length > before) return;
    for (const key of Object.keys(value as object)) LABEL_KEY.check(key, `${subject} key`, findings);
    for (const key of OWNED.filter((each) => Object.hasOwn(value as object, each))) {
      const problem = 'is a label by which the parts of the platform are told apart';
      findings.push(error('owned-label', `${subject}.${key}`, problem, 'leave it out'));
    }
  },
};

const PROPS = struct(
  { mode: instance('GpuPlatformMode', 'a GpuPlatformMode, for example GpuPlatformMode.managed(ManagedProvider.GKE)') },
  {
    namespace: matching(DNS_LABEL, 'a namespace: lower-case letters, digits and "-"'),
    createNamespace: flag,
    labels: LABELS,
    monitoringLabels: LABELS,
    acknowledge: mapOf(text),
  },
);

/** The platform's pods need a namespace: bindings of rights name it, and upstream's chart refuses `default` as well. */
function namespaceFindings(namespace: string | undefined): Finding[] {
  const fix = 'give namespace, for example "gpu-platform", with createNamespace: true unless it exists';
  if (namespace === undefined) {
    return [error('namespace-missing', 'namespace', 'is not given, and the chart has none', fix)];
  }
  if (namespace !== 'default') return [];
  const problem = 'is "default", where pods with access to the nodes would run beside everybody else\'s';
  return [error('namespace-default', 'namespace', problem, fix)];
}

/** The namespace, where DaemonSets may use folders of the nodes. */
function namespaceManifest(name: string, labels: Record<string, string>): object {
  const enforce = { 'pod-security.kubernetes.io/enforce': 'privileged' };
  return kubeManifest('Namespace', { metadata: { name, labels: { ...labels, ...enforce } } });
}

/** Kind and name, which is unique here, and survives another order. */
const idOf = ({ kind, metadata }: { kind: string; metadata: { name: string } }): string => `${kind}-${metadata.name}`;

/**
 * What makes the GPUs of a cluster available to pods, and their state to Prometheus. A cluster has one, in a chart of its
 * own: stacks come and go without it.
 *
 * It never installs drivers but by the GPU Operator, and never labels nodes. Everything is checked when the construct is
 * made: a mistake throws one error that lists all of them.
 */
export class GpuPlatform extends Construct {
  /** All objects, in the order in which they are written. `addJsonPatch` changes what no property says. */
  public readonly objects: ApiObject[];

  /** Taints of GPU nodes that stacks do not tolerate by themselves: their `tolerations`. */
  public readonly tolerations: Toleration[];

  /** A placement by kind of GPU that works on the platform's nodes, if there is one: the `placement` of stacks. */
  public readonly placement?: Placement;

  /** Warnings and notices about this platform that nobody has acknowledged. */
  public readonly findings: Finding[];

  public constructor(scope: Construct, id: string, props: GpuPlatformProps) {
    super(scope, id);
    const subject = `GpuPlatform "${this.node.path}"`;
    throwOnErrors(subject, findingsOf(props, '', PROPS));

    const { mode, createNamespace = false, monitoringLabels = {} } = props;
    const namespace = props.namespace ?? Chart.of(this).namespace;
    const labels = {
      'app.kubernetes.io/part-of': 'gpu-platform',
      'app.kubernetes.io/managed-by': 'cdk8s',
      ...props.labels,
    };
    const plan = mode._plan({ namespace: namespace ?? '', labels, monitoringLabels, createNamespace });
    const ownFindings = [
      ...(mode._needsNamespace || createNamespace ? namespaceFindings(namespace) : []),
      ...(props.monitoringLabels ? [] : unselectedFindings(plan.objects, labels)),
    ];
    const findings = unacknowledged([...ownFindings, ...plan.findings], props.acknowledge ?? {});
    throwOnErrors(subject, findings);
    printWarnings(this.node.path, findings);

    const own = createNamespace && namespace !== undefined ? [namespaceManifest(namespace, labels)] : [];
    const manifests = [...own, ...plan.objects] as { kind: string; metadata: { name: string } }[];
    this.objects = manifests.map((manifest) => emit(this, idOf(manifest), manifest));
    // In this order: two platforms have many objects of one name, and the reason comes first.
    refuseSecondGpuPlatform(this);
    refuseDuplicateObjects(this);

    this.tolerations = [...plan.tolerations];
    this.placement = plan.placement;
    this.findings = findings;
  }
}
