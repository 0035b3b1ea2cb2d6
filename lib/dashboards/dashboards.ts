import { throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { annotationMap, labelMap } from '../shapes/label-shapes';
import { findingsOf, flag, text } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { ConfigMapDashboardsOptions, GrafanaOperatorDashboardsOptions } from './dashboards-options';

const CONFIG_MAP = structOf<ConfigMapDashboardsOptions>(
  {},
  { folder: text, labels: labelMap(), annotations: annotationMap },
);

const OPERATOR = structOf<GrafanaOperatorDashboardsOptions>(
  { instanceSelector: labelMap({ least: 1 }) },
  { folder: text, allowCrossNamespaceImport: flag, labels: labelMap(), annotations: annotationMap },
);

/**
 * How dashboards reach Grafana. They need Grafana 10.4 or later and a Prometheus among its data sources.
 */
export class Dashboards {
  /** ConfigMaps, which the sidecar of Grafana's chart finds by their label. */
  public static configMap(options: ConfigMapDashboardsOptions = {}): Dashboards {
    throwOnErrors('Dashboards.configMap', findingsOf(options, '', CONFIG_MAP));
    return new Dashboards(FACTORY, options, undefined);
  }

  /** GrafanaDashboards, for the Grafana Operator. */
  public static grafanaOperator(options: GrafanaOperatorDashboardsOptions): Dashboards {
    throwOnErrors('Dashboards.grafanaOperator', findingsOf(options, '', OPERATOR));
    return new Dashboards(FACTORY, undefined, options);
  }

  /** No dashboards. */
  public static none(): Dashboards {
    return new Dashboards(FACTORY, undefined, undefined);
  }

  private constructor(
    caller: typeof FACTORY,
    /** Options of the ConfigMaps; undefined without ConfigMaps. */
    public readonly configMapOptions: ConfigMapDashboardsOptions | undefined,
    /** Options of the GrafanaDashboards; undefined without GrafanaDashboards. */
    public readonly grafanaOperatorOptions: GrafanaOperatorDashboardsOptions | undefined,
  ) {
    brandMade(this, 'Dashboards', caller);
  }
}
