import { parser } from '@prometheus-io/lezer-promql';
import { costRules } from '../../lib/cost/cost-rules';
import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import type { Release } from '../../lib/engine/release';
import type { ExporterMetric } from './exporter-metric';
import { EXPORTER_METRICS } from './exporters';
import { readQuery } from '../../lib/metrics/query/read-query';
import { gpuRules } from '../../lib/metrics/gpu-rules';
import type { RecordingRule } from '../../lib/metrics/rules';
import { gatewayRules } from '../../lib/plan/gateway-rules';
import { sloRules } from '../../lib/objectives/slo-rules';
import { everything, objectiveWith } from './dashboards';

const words = (text: string): string[] => text.split(' ');

/** Labels that the monitor of a stack adds to every series. */
const TARGET = words('namespace app model pod container instance job pod_template_hash rollouts_pod_template_hash');

/** Labels of the exporter's target, and the labels to which it renames those of the reported object. */
const MORE: Readonly<Record<ExporterMetric['exporter'], readonly string[]>> = {
  prometheus: words('instance job node'),
  dcgm: words('instance job Hostname hostname node exported_namespace exported_pod exported_container'),
  'kube-state-metrics': words('instance job'),
  keda: words('instance job exported_namespace'),
  gateway: words('namespace pod instance job gateway_envoyproxy_io_owning_gateway_name'),
  'argo-rollouts': words('instance job exported_namespace'),
};

/** Labels of a stack's own records: those of the rule, and those that its aggregation keeps. */
const RECORDED: ReadonlyMap<string, readonly string[]> = new Map(
  [28, 30]
    .map((window) => everything({ objectives: [objectiveWith({ window })] }))
    .flatMap((watched) => [...gatewayRules(watched), ...sloRules(watched), gpuRules(watched), ...costRules(watched)])
    .flatMap(({ rules }) => rules as readonly RecordingRule[])
    .map(({ record, expr, labels = {} }) => [record, [...Object.keys(labels), ...partsOf(expr).grouping]]),
);

const SUFFIX = /_(bucket|sum|count)$/;

/** A metric from the catalogue of a release, by the name of one of its series. */
export function factOf(series: string, release: Release) {
  const catalogue = Catalogue.of(release);
  const histogram = catalogue.metric(series.replace(SUFFIX, ''));
  return histogram?.type === 'histogram' && SUFFIX.test(series) ? histogram : catalogue.metric(series);
}

/** Labels of a series, or undefined when no exporter has it. */
export function labelsOf(series: string, release: Release): readonly string[] | undefined {
  const fact = factOf(series, release);
  if (fact) return [...TARGET, ...fact.labels, ...(series.endsWith('_bucket') ? ['le'] : [])];
  const exported = EXPORTER_METRICS.get(series);
  return exported ? [...exported.labels, ...MORE[exported.exporter]] : RECORDED.get(series);
}

/** Unknown names in a query: series, labels that a series does not have, and labels to group or match by. */
export function unknownIn(expr: string, release: Release): string[] {
  const { selectors, grouping, made } = partsOf(expr);
  const strangers = selectors.flatMap(({ series, labels }) => {
    const known = labelsOf(series, release);
    if (known === undefined) return [series];
    return labels.filter((label) => !known.includes(label)).map((label) => `${series}{${label}}`);
  });
  const there = new Set([...made, ...selectors.flatMap(({ series }) => labelsOf(series, release) ?? [])]);
  return [...strangers, ...grouping.filter((label) => !there.has(label)).map((label) => `${label} in ${expr}`)];
}

/** The parts of a query. */
export interface Parts {
  readonly errors: number;
  readonly selectors: readonly { readonly series: string; readonly labels: readonly string[] }[];
  /** Labels by which it aggregates or matches. */
  readonly grouping: readonly string[];
  /** Labels that it creates. */
  readonly made: readonly string[];
}

/** Reads a query with the grammar of Prometheus' own editor. */
export function partsOf(expr: string): Parts {
  let errors = 0;
  const selectors: { series: string; labels: string[] }[] = [];
  const grouping: string[] = [];
  const made = Array.from(
    expr.matchAll(/, "(\w+)", "\$1"|\bcount_values [^"]*\("(\w+)"/g),
    ([, replaced, counted]) => replaced ?? counted ?? '',
  );
  parser.parse(expr).iterate({
    enter: ({ type, from, to, node }) => {
      const text = expr.slice(from, to);
      if (type.isError) errors += 1;
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector')
        selectors.push({ series: text, labels: [] });
      if (type.name === 'LabelName') {
        if (node.parent?.name === 'GroupingLabels') grouping.push(text);
        else selectors.at(-1)?.labels.push(text);
      }
    },
  });
  return { errors, selectors, grouping, made };
}

/** What is wrong with a query, for the library's own reader of queries. */
export function problemsIn(expr: string): string[] {
  const result = readQuery(expr);
  return 'result' in result ? [] : result.map(({ problem, fix }) => `${problem}; ${fix}`);
}

/** The series that a query reads, each once. */
export const namesIn = (expr: string): string[] => [...new Set(partsOf(expr).selectors.map(({ series }) => series))];
