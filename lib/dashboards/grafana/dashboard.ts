import { DASHBOARD } from '../../defaults';
import type { PlacedPanel, PlacedRow, Row } from './layout';
import { layOut } from './layout';
import { DATASOURCE } from './panel';
import type { Variable } from './variables';
import { datasource } from './variables';

/** Marks on the time axis. */
export interface Annotation {
  readonly name: string;
  /** Marks each minute in which it has an element. */
  readonly expr: string;
  /** Text of a mark, with labels in braces. */
  readonly text: string;
}

export interface DashboardOptions {
  /** At most 40 characters; what links and Grafana know it by. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Besides `vllm`. */
  readonly tags: readonly string[];
  /** Besides the data source. */
  readonly variables: readonly Variable[];
  readonly annotations: readonly Annotation[];
  readonly rows: readonly Row[];
}

/** A dashboard as Grafana reads it. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly (PlacedRow | PlacedPanel)[];
  readonly [field: string]: unknown;
}

/** All dashboards of the library have it: they link to each other by it. */
const TAG = 'vllm';

const LINKS = [
  {
    title: 'vLLM',
    type: 'dashboards',
    tags: [TAG],
    asDropdown: true,
    icon: 'external link',
    includeVars: false,
    keepTime: true,
    targetBlank: false,
    tooltip: 'Other dashboards of vLLM',
    url: '',
  },
];

const annotation = ({ name, expr, text }: Annotation) => ({
  name,
  datasource: DATASOURCE,
  enable: true,
  hide: false,
  iconColor: 'blue',
  expr,
  step: '60s',
  titleFormat: name,
  textFormat: text,
});

/** A dashboard with its panels numbered and placed. */
export function dashboard({
  uid,
  title,
  description,
  tags,
  variables,
  annotations,
  rows,
}: DashboardOptions): Dashboard {
  return {
    uid,
    title,
    description,
    tags: [TAG, ...tags],
    schemaVersion: DASHBOARD.schemaVersion,
    // Provisioning refuses to save, but a reader may open a panel and try a query.
    editable: true,
    graphTooltip: 1,
    refresh: DASHBOARD.refresh,
    time: { from: DASHBOARD.from, to: 'now' },
    timezone: 'browser',
    links: LINKS,
    annotations: { list: annotations.map(annotation) },
    templating: { list: [datasource, ...variables] },
    panels: layOut(rows),
  };
}
