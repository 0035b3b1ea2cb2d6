import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { throwOnErrors } from '../preflight/finding';
import { chartNamespaceFindings } from '../emit/chart-namespace';
import { checkedScope } from '../emit/scope';
import { emit } from '../emit/emit';
import { DNS_LABEL } from '../shapes/kubernetes-names';
import { findingsOf, instance, matching } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { refuseDuplicateObjects } from '../emit/unique-objects';
import { dashboardObject } from './dashboard-object';
import { Dashboards } from './dashboards';
import type { Dashboard } from './grafana/dashboard';
import { fleetDashboard, gpuDashboard } from './load';
import { MAX_UID } from './uid';

/**
 * Properties of `FleetDashboards`.
 */
export interface FleetDashboardsProps {
  /**
   * How they reach Grafana.
   *
   * @default Dashboards.configMap()
   */
  readonly dashboards?: Dashboards;

  /**
   * Namespace of the objects.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: string;

  /**
   * Prefix of the names of the objects and of the uids of the dashboards: at most 34 lower-case letters, digits and "-".
   * Two `FleetDashboards` in one Grafana need two names.
   *
   * @default vllm
   */
  readonly name?: string;
}

const SUFFIX = { fleet: '-fleet', gpus: '-gpus' } as const;
const MAX_NAME = MAX_UID - Math.max(...Object.values(SUFFIX).map(({ length }) => length));

const PROPS = structOf<FleetDashboardsProps>(
  {},
  {
    dashboards: instance<Dashboards>('Dashboards', 'Dashboards, for example Dashboards.configMap()'),
    namespace: matching(DNS_LABEL, 'a namespace: at most 63 lower-case letters, digits and "-"'),
    name: matching(
      new RegExp(`^(?=.{1,${MAX_NAME}}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$`),
      `a name: at most ${MAX_NAME} lower-case letters, digits and "-"`,
    ),
  },
);

const LABELS = { 'app.kubernetes.io/name': 'vllm', 'app.kubernetes.io/managed-by': 'cdk8s' };

/**
 * Two dashboards about everything in the cluster: all vLLM stacks, and all NVIDIA GPUs. Once per Grafana is enough.
 */
export class FleetDashboards extends Construct {
  /** The object with the dashboard of all stacks, a ConfigMap or a GrafanaDashboard; undefined without dashboards. */
  public readonly fleet?: ApiObject;

  /** The object with the dashboard of all GPUs; undefined without dashboards. */
  public readonly gpus?: ApiObject;

  public constructor(scope: Construct, id: string, props: FleetDashboardsProps = {}) {
    super(checkedScope('FleetDashboards', scope, id), id);
    const subject = `FleetDashboards "${this.node.path}"`;
    throwOnErrors(subject, findingsOf(props, '', PROPS));
    throwOnErrors(subject, chartNamespaceFindings(this, props.namespace));
    const { dashboards = Dashboards.configMap(), namespace, name = 'vllm' } = props;
    const add = (childId: string, uid: string, make: (uid: string) => Dashboard): ApiObject | undefined => {
      const file = { uid, json: JSON.stringify(make(uid)) };
      const object = dashboardObject(file, dashboards, { name: uid, namespace, labels: LABELS, annotations: {} });
      return object && emit(this, childId, object);
    };
    this.fleet = add('Fleet', name + SUFFIX.fleet, fleetDashboard());
    this.gpus = add('Gpus', name + SUFFIX.gpus, gpuDashboard());
    refuseDuplicateObjects(this);
  }
}
