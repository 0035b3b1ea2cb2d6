/**
 * Dashboards as ConfigMaps.
 */
export interface ConfigMapDashboardsOptions {
  /**
   * Folder in Grafana, as the annotation `grafana_folder`. The sidecar reads it only with `folderAnnotation:
   * grafana_folder` and `provider.foldersFromFilesStructure: true` in the values of Grafana's chart; alone it has no effect.
   *
   * @default - the sidecar's own folder
   */
  readonly folder?: string;

  /**
   * Labels that the sidecar selects by. `grafana_dashboard: "1"`, the default of the charts of Grafana,
   * kube-prometheus-stack and production-stack, is added unless you set another value.
   *
   * @default - grafana_dashboard: "1" only
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the ConfigMaps.
   *
   * @default - only the folder
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Dashboards for the Grafana Operator.
 */
export interface GrafanaOperatorDashboardsOptions {
  /**
   * Labels of the Grafana objects that show the dashboards, at least one. The API server refuses to change them later:
   * the dashboards must be deleted and created again.
   */
  readonly instanceSelector: { [key: string]: string };

  /**
   * Folder in Grafana; the operator creates it.
   *
   * @default - the operator's choice, a folder named after the namespace
   */
  readonly folder?: string;

  /**
   * Whether a Grafana in another namespace may show them, for example in the namespace of monitoring. The API server
   * refuses to withdraw this permission later.
   *
   * @default true
   */
  readonly allowCrossNamespaceImport?: boolean;

  /**
   * Labels of the GrafanaDashboards.
   *
   * @default - those of the stack
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the GrafanaDashboards.
   *
   * @default - those of the stack
   */
  readonly annotations?: { [key: string]: string };
}
