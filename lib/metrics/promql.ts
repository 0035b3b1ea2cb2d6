export { window } from '../units/promql-window';

/** Label matchers of one pool: the labels that its monitor gives to every series. */
export interface MetricScope {
  readonly namespace: string;
  /** Label `app` of the pods, copied to the series by the monitor. */
  readonly app: string;
}

/** A matcher: `=` for text, `=~` and `!~` for a regular expression. */
export type Matcher = string | { readonly matches: string } | { readonly matchesNot: string };

const quote = (text: string): string => JSON.stringify(text);

/** A selector of one pool's series: `vllm:num_requests_running{namespace="llm",app="vllm"}`. */
export function series(
  metric: string,
  { namespace, app }: MetricScope,
  more: Readonly<Record<string, Matcher>> = {},
): string {
  return selector(metric, { namespace, app, ...more });
}

/** A metric with matchers, whatever they are: `requests_total{host="llm"}`. */
export function selector(metric: string, labels: Readonly<Record<string, Matcher>>): string {
  const matchers = Object.entries(labels).map(([label, matcher]) => {
    if (typeof matcher === 'string') return `${label}=${quote(matcher)}`;
    return 'matches' in matcher ? `${label}=~${quote(matcher.matches)}` : `${label}!~${quote(matcher.matchesNot)}`;
  });
  return `${metric}{${matchers.join(',')}}`;
}

/**
 * Where the namespace of an object is, for an exporter whose own namespace may hide it: without `honorLabels` it is in
 * `exported_namespace`.
 */
export function namespaceLayouts(namespace: string): readonly Readonly<Record<string, string>>[] {
  return [{ exported_namespace: namespace }, { namespace, exported_namespace: '' }];
}

/** A series about an object, of an exporter whose own namespace may hide that of the object. */
export function ofNamespace(namespace: string, select: (labels: Readonly<Record<string, string>>) => string): string {
  return `(${namespaceLayouts(namespace).map(select).join(' or ')})`;
}
