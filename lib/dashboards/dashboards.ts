import { throwOnErrors } from '../preflight/finding';
import { LABEL_VALUE, QUALIFIED_KEY } from '../private/names';
import type { Shape } from '../private/shape';
import { anyObject, findingsOf, flag, matching, shape, struct, text, wrongValue } from '../private/shape';
import type { ConfigMapDashboardsOptions, GrafanaOperatorDashboardsOptions } from './dashboards-options';

const KEY = matching(QUALIFIED_KEY, 'a key such as "team" or "example.com/team"');
const LABEL = matching(LABEL_VALUE, 'a label value: at most 63 letters, digits, "-", "_" and "."');
const ANNOTATION = shape('a string', (value) => typeof value === 'string');

/** A map of keys that Kubernetes takes, with at least `least` of them. */
function keyed(item: Shape, least = 0): Shape {
  const allowed = `a map${least > 0 ? ` of at least ${least}` : ''}, each value ${item.allowed}`;
  return {
    allowed,
    check: (value, subject, findings) => {
      const before = findings.length;
      anyObject.check(value, subject, findings);
      if (findings.length > before) return;
      const entries = Object.entries(value as object);
      if (entries.length < least) findings.push(wrongValue(subject, value, allowed));
      for (const [key, each] of entries) {
        KEY.check(key, `${subject} key`, findings);
        item.check(each, `${subject}.${key}`, findings);
      }
    },
  };
}

const CONFIG_MAP = struct({}, { folder: text, labels: keyed(LABEL, 1), annotations: keyed(ANNOTATION) });

const OPERATOR = struct(
  { instanceSelector: keyed(LABEL, 1) },
  { folder: text, allowCrossNamespaceImport: flag, labels: keyed(LABEL), annotations: keyed(ANNOTATION) },
);

/**
 * How dashboards reach Grafana. They need Grafana 10.4 or later and a Prometheus among its data sources.
 */
export class Dashboards {
  /** ConfigMaps, which the sidecar of Grafana's chart finds by their label. */
  public static configMap(options: ConfigMapDashboardsOptions = {}): Dashboards {
    throwOnErrors('Dashboards.configMap', findingsOf(options, '', CONFIG_MAP));
    return new Dashboards(options, undefined);
  }

  /** GrafanaDashboards, for the Grafana Operator. */
  public static grafanaOperator(options: GrafanaOperatorDashboardsOptions): Dashboards {
    throwOnErrors('Dashboards.grafanaOperator', findingsOf(options, '', OPERATOR));
    return new Dashboards(undefined, options);
  }

  /** No dashboards. */
  public static none(): Dashboards {
    return new Dashboards(undefined, undefined);
  }

  private constructor(
    /** Options of the ConfigMaps; undefined where there are none. */
    public readonly configMapOptions: ConfigMapDashboardsOptions | undefined,
    /** Options of the GrafanaDashboards; undefined where there are none. */
    public readonly grafanaOperatorOptions: GrafanaOperatorDashboardsOptions | undefined,
  ) {}
}
