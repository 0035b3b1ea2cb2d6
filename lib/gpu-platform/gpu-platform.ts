import type { ApiObject } from 'cdk8s';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Placement } from '../accelerator/placement';
import type { Toleration } from '../accelerator/toleration';
import { printWarnings, unacknowledged } from '../preflight/acknowledgements';
import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { chartNamespaceFindings } from '../emit/chart-namespace';
import { checkedScope } from '../emit/scope';
import { emit } from '../emit/emit';
import { brand } from '../shapes/brand';
import { DNS_LABEL } from '../shapes/kubernetes-names';
import { refuseSecondGpuPlatform } from '../emit/one-gpu-platform';
import type { Shape } from '../shapes/shape';
import { findingsOf, flag, instance, mapOf, matching, text } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { refuseDuplicateObjects } from '../emit/unique-objects';
import type { PlacementByGpu } from './common/mode-plan';
import { LABEL_KEY, VALUE } from './common/platform-shapes';
import type { GpuPlatformMode } from './gpu-platform-mode';
import type { GpuPlatformProps } from './gpu-platform-props';
import { checkBesidePlatform, modeManifests } from './modes';
import { platformFindings } from './platform-findings';
import type { PlatformPlan } from './platform-plan';

/** Names of the platform's objects begin with it. */
const PLATFORM_NAME = 'nvidia';

/** Labels that the platform sets on its parts. */
const OWNED = ['name', 'instance', 'component'].map((label) => `app.kubernetes.io/${label}`);

/** Labels of objects. */
const LABELS: Shape<Record<string, string>> = {
  allowed: mapOf(VALUE).allowed,
  check: (value, subject, findings) => {
    const before = findings.length;
    mapOf(VALUE).check(value, subject, findings);
    if (findings.length > before) return;
    for (const key of Object.keys(value as object)) LABEL_KEY.check(key, `${subject} key`, findings);
    for (const key of OWNED.filter((each) => Object.hasOwn(value as object, each))) {
      const problem = 'is a label that the platform sets to distinguish its parts';
      findings.push(error('platform-label', `${subject}.${key}`, problem, 'remove it'));
    }
  },
};

const PROPS = structOf<GpuPlatformProps>(
  {
    mode: instance<GpuPlatformMode>(
      'GpuPlatformMode',
      'a GpuPlatformMode, for example GpuPlatformMode.managed(ManagedProvider.GKE)',
    ),
  },
  {
    namespace: matching(DNS_LABEL, 'a namespace: at most 63 lower-case letters, digits and "-"'),
    createNamespace: flag,
    labels: LABELS,
    monitoringLabels: LABELS,
    acknowledge: mapOf(text),
  },
);

/** The namespace, in which DaemonSets may mount folders of the nodes; empty unless the platform emits it. */
function namespaceManifests({ createNamespace, namespace: name, labels }: PlatformPlan): object[] {
  if (!createNamespace || name === undefined) return [];
  const enforce = { 'pod-security.kubernetes.io/enforce': 'privileged' };
  return [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ...labels, ...enforce } } }];
}

/** Placements of a stack by name. */
const PLACEMENTS: Record<PlacementByGpu, () => Placement> = {
  gke: () => Placement.gke(),
  gpuFeatureDiscovery: () => Placement.gpuFeatureDiscovery(),
};

interface Identified {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** Kind and name: unique in a platform, and independent of the order of objects. */
const idOf = ({ kind, metadata }: Identified): string => `${kind}-${metadata.name}`;

/**
 * What makes the GPUs of a cluster available to pods, and their metrics to Prometheus. A cluster has one, in its own
 * chart, since stacks are deployed independently of it.
 *
 * Only the GPU Operator mode installs drivers, and no mode labels nodes. The constructor checks everything and throws
 * one error that lists all mistakes.
 */
export class GpuPlatform extends Construct {
  /** All objects, in the order in which they are written. Use `addJsonPatch` for a field without a property. */
  public readonly objects: ApiObject[];

  /** Taints of GPU nodes that stacks do not tolerate by default: pass them as `tolerations` of a stack. */
  public readonly tolerations: Toleration[];

  /** A placement that works on the platform's nodes, if one is known: pass it as `placement` of a stack. */
  public readonly placement?: Placement;

  /** Warnings and notices about this platform that are not acknowledged. */
  public readonly findings: Finding[];

  /** @internal */
  public readonly _plan: PlatformPlan;

  /** @internal */
  public readonly _acknowledged: Readonly<Record<string, string>>;

  public constructor(scope: Construct, id: string, props: GpuPlatformProps) {
    super(checkedScope('GpuPlatform', scope, id), id);
    const subject = `GpuPlatform "${this.node.path}"`;
    throwOnErrors(subject, findingsOf(props, '', PROPS));
    throwOnErrors(subject, chartNamespaceFindings(this, props.namespace));

    const { mode, createNamespace = false, monitoringLabels } = props;
    const labels = {
      'app.kubernetes.io/part-of': 'gpu-platform',
      'app.kubernetes.io/managed-by': 'cdk8s',
      ...props.labels,
    };
    const plan = mode._plan({
      name: PLATFORM_NAME,
      namespace: props.namespace ?? Chart.of(this).namespace,
      createNamespace,
      labels,
      monitoringLabels: monitoringLabels && { ...monitoringLabels },
    });
    const findings = unacknowledged(platformFindings(plan), props.acknowledge ?? {});
    throwOnErrors(subject, findings);
    printWarnings(this.node.path, findings);

    const manifests = [...namespaceManifests(plan), ...modeManifests(plan)] as Identified[];
    this.objects = manifests.map((manifest) => emit(this, idOf(manifest), manifest));
    brand(this, 'GpuPlatform');
    // In this order: two platforms have many objects with the same name, and the message about the cause comes first.
    refuseSecondGpuPlatform(this);
    refuseDuplicateObjects(this);

    this._plan = plan;
    this._acknowledged = { ...props.acknowledge };
    checkBesidePlatform()(this);
    this.tolerations = [...plan.tolerations];
    this.placement = plan.placement && PLACEMENTS[plan.placement]();
    this.findings = findings;
  }
}
