/**
 * Dashboards as ConfigMaps.
 */
export interface ConfigMapDashboardsOptions {
  /**
   * Folder in Grafana, as the annotation `grafana_folder`. The sidecar reads it only with `folderAnnotation:
   * grafana_folder` and `provider.foldersFromFilesStructure: true` in the values of Grafana's chart; alone it does nothing.
   *
   * @default - the sidecar's own folder
   */
  readonly folder?: string;

  /**
   * Labels that the sidecar looks for: what lacks them is not shown. `grafana_dashboard: "1"`, the default of the charts of
   * Grafana, kube-prometheus-stack and production-stack, is there too unless it is given another value.
   *
   * @default - grafana_dashboard: "1" alone
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the ConfigMaps.
   *
   * @default - none but the folder
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Dashboards for the Grafana Operator.
 */
export interface GrafanaOperatorDashboardsOptions {
  /**
   * Labels of the Grafana objects that shall show the dashboards, at least one. The API server refuses to change them
   * later: the dashboards must be deleted and made again.
   */
  readonly instanceSelector: { [key: string]: string };

  /**
   * Folder in Grafana; the operator makes it.
   *
   * @default - the operator's choice, a folder called after the namespace
   */
  readonly folder?: string;

  /**
   * Whether a Grafana of another namespace may show them, as it must when it runs where monitoring runs. The API server
   * refuses to take the permission back later.
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
