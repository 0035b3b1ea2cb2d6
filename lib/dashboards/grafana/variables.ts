import { DATASOURCE } from './panel';

/** A choice of the reader at the top of a dashboard. */
export interface Variable {
  readonly name: string;
  readonly type: 'datasource' | 'query';
  readonly label: string;
  readonly [field: string]: unknown;
}

/** The Prometheus to ask; the first one by default. */
export const datasource: Variable = {
  name: 'datasource',
  type: 'datasource',
  label: 'Data source',
  query: DATASOURCE.type,
  hide: 0,
  includeAll: false,
  multi: false,
  refresh: 1,
  regex: '',
};

interface Choice {
  readonly name: string;
  readonly label: string;
  /** A series whose label gives the choices. */
  readonly series: string;
  /** That label. */
  readonly of: string;
}

const query = ({ name, label, series, of }: Choice) => ({
  name,
  type: 'query' as const,
  label,
  datasource: DATASOURCE,
  query: { query: `label_values(${series}, ${of})`, refId: `Variable-${name}` },
  hide: 0,
  // Pods come and go while the dashboard is open.
  refresh: 2,
  regex: '',
  sort: 1,
});

/** One value of a label; `value` when the dashboard opens. */
export function oneOf(choice: Choice, value: string): Variable {
  return { ...query(choice), includeAll: false, multi: false, current: { selected: true, text: value, value } };
}

/** Any values of a label; all of them when the dashboard opens, which is `all` as a pattern. */
export function anyOf(choice: Choice, all: string): Variable {
  const current = { selected: true, text: ['All'], value: ['$__all'] };
  return { ...query(choice), includeAll: true, multi: true, allValue: all, current };
}
