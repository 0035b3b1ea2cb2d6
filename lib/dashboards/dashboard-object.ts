import type { GrafanaDashboardProps } from '../../imports/grafana.integreatly.org';
import type { Watched } from '../plan/watched';
import { kubeManifest } from '../emit/kube-manifest';
import type { ObjectMeta } from '../emit/object-meta';
import { objectMetadata } from '../emit/object-meta';
import type { Dashboards } from './dashboards';
import type { ConfigMapDashboardsOptions, GrafanaOperatorDashboardsOptions } from './dashboards-options';
import { serviceDashboardJson } from './load';
import { dashboardUid } from './uid';

/** Name and place of the object that holds a dashboard. */
export interface DashboardMeta extends ObjectMeta {
  readonly name: string;
}

/** A dashboard as Grafana loads it. */
export interface DashboardFile {
  readonly uid: string;
  readonly json: string;
}

/** Annotation that the sidecar reads as the folder, once it is configured to. */
const FOLDER = 'grafana_folder';

/** Label that the sidecar of Grafana's chart selects by default. */
const SIDECAR = { grafana_dashboard: '1' } as const;

function metadata({ name, namespace, labels, annotations }: DashboardMeta, more: Partial<ObjectMeta>) {
  return objectMetadata(name, {
    namespace,
    labels: { ...labels, ...more.labels },
    annotations: { ...annotations, ...more.annotations },
  });
}

function configMap({ uid, json }: DashboardFile, options: ConfigMapDashboardsOptions, meta: DashboardMeta): object {
  const { folder, labels, annotations } = options;
  const folders: Record<string, string> = folder === undefined ? {} : { [FOLDER]: folder };
  return kubeManifest('ConfigMap', {
    metadata: metadata(meta, { labels: { ...SIDECAR, ...labels }, annotations: { ...annotations, ...folders } }),
    // The sidecar writes all files of a cluster into one folder: each of them has its own uid.
    data: { [`${uid}.json`]: json },
  });
}

function grafanaDashboard(
  { json }: DashboardFile,
  options: GrafanaOperatorDashboardsOptions,
  meta: DashboardMeta,
): object {
  const { instanceSelector, folder, allowCrossNamespaceImport = true, labels, annotations } = options;
  const spec = {
    instanceSelector: { matchLabels: { ...instanceSelector } },
    allowCrossNamespaceImport,
    folder,
    json,
  } satisfies GrafanaDashboardProps['spec'];
  return {
    apiVersion: 'grafana.integreatly.org/v1beta1',
    kind: 'GrafanaDashboard',
    metadata: metadata(meta, { labels, annotations }),
    spec,
  };
}

/** How dashboards reach Grafana, as a plan holds it. */
export type DashboardsPlan = Pick<Dashboards, 'configMapOptions' | 'grafanaOperatorOptions'>;

/** Whether any dashboard is made. */
export const isShown = ({ configMapOptions, grafanaOperatorOptions }: DashboardsPlan): boolean =>
  configMapOptions !== undefined || grafanaOperatorOptions !== undefined;

/** The object that holds a dashboard for Grafana, or undefined without dashboards. */
export function dashboardObject(
  dashboard: DashboardFile,
  dashboards: DashboardsPlan,
  meta: DashboardMeta,
): object | undefined {
  const { configMapOptions, grafanaOperatorOptions } = dashboards;
  if (configMapOptions) return configMap(dashboard, configMapOptions, meta);
  return grafanaOperatorOptions && grafanaDashboard(dashboard, grafanaOperatorOptions, meta);
}

/** The object that holds the dashboard of one stack, or undefined without dashboards. */
export function serviceDashboardObject(
  watched: Watched,
  dashboards: DashboardsPlan,
  meta: DashboardMeta,
): object | undefined {
  if (!isShown(dashboards)) return undefined;
  const uid = dashboardUid(watched);
  return dashboardObject({ uid, json: serviceDashboardJson()({ watched, uid }) }, dashboards, meta);
}
