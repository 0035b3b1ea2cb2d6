import type { Catalogue } from '../engine/catalogue/catalogue';
import type { ReleasedMetric } from '../engine/catalogue/released';
import { isExposed, METRIC_ROLES } from '../engine/metric-roles';
import type { QueryReading } from '../metrics/query/reading';
import type { SeriesUse } from '../metrics/query/series-use';
import { quoteQuery } from '../metrics/user-query';
import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import { distance, nearest } from '../preflight/nearest';
import { isGaugeOfRouter, isOfRouter } from './router-series';
import { entryOf } from '../shapes/entry-of';

/** What the findings about the series of a query depend on. */
export interface QuerySeriesInput {
  /** Undefined for a release about which nothing is known. */
  readonly checked: Catalogue | undefined;
  /** Seconds between two scrapes of the pods. */
  readonly scrapeInterval: number;
}

/** One series of a metric of vLLM: a histogram has several. */
interface Series {
  readonly metric: ReleasedMetric;
  readonly type: 'counter' | 'gauge';
  readonly part: string;
}

/** Series of a metric, by what stands behind its name. `_created` is the time of a start, since 0.11. */
const PARTS: Readonly<Record<ReleasedMetric['type'], readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['_sum', '_count'],
};

/** Functions that take a fall of the value for a restart: of a gauge they are wrong. */
const OF_COUNTERS = ['rate', 'irate', 'increase', 'resets'];
/** Functions that take a restart for a fall of the value: of a counter they are wrong. */
const OF_GAUGES = ['delta', 'idelta', 'deriv', 'predict_linear', 'double_exponential_smoothing'];
/** Functions without a result for a single sample. */
const OF_TWO_SAMPLES = [...OF_COUNTERS, ...OF_GAUGES];

/** Names of labels that are often written for one of vLLM's. */
const LABEL_ALIASES: Readonly<Record<string, string>> = {
  model_id: 'model_name',
  served_model_name: 'model_name',
  engine_id: 'engine',
  finish_reason: 'finished_reason',
};

/** What is wrong with the series that a query of the user reads. `subject` is the property as the user wrote it. */
export function querySeriesFindings(
  query: string,
  { uses }: Pick<QueryReading, 'uses'>,
  subject: string,
  input: QuerySeriesInput,
): Finding[] {
  const has = `has the query ${quoteQuery(query)}, which`;
  const found = uses.flatMap((use) => {
    const { metric } = use;
    if (metric === undefined) return [];
    const findings = ofVllm(metric) && input.checked ? vllmFindings(use, metric, input.checked, input) : [];
    return findings.length > 0 ? findings : bareCounter(use, metric, input.checked);
  });
  const unique = found.filter(({ problem }, at) => found.findIndex((each) => each.problem === problem) === at);
  return unique.map((each) =>
    'error' in each
      ? error(each.error, subject, `${has} ${each.problem}`, each.fix)
      : warning(each.warning, subject, `${has} ${each.problem}`, each.fix),
  );
}

/** A finding before its subject is known. */
type Found = { readonly problem: string; readonly fix: string } & (
  | { readonly error: 'query-metric-missing' | 'query-function' }
  | { readonly warning: 'query-metric-unknown' | 'query-counter' | 'query-label' | 'query-range-short' }
);

/** Names of vLLM and those that look like them, but not a router's. A name with two colons is a recording rule. */
const ofVllm = (name: string): boolean => /^vllm[:_]/i.test(name) && name.split(':').length <= 2 && !isOfRouter(name);

function seriesOf(name: string, catalogue: Catalogue): Series | undefined {
  const exact = catalogue.metric(name);
  if (exact && PARTS[exact.type].includes('')) {
    return { metric: exact, type: exact.type === 'gauge' ? 'gauge' : 'counter', part: '' };
  }
  const [, base = '', part = ''] = /^(.+)(_bucket|_sum|_count)$/.exec(name) ?? [];
  const metric = catalogue.metric(base);
  if (metric && PARTS[metric.type].includes(part)) return { metric, type: 'counter', part };
  const [, created] = /^(.+)_created$/.exec(name) ?? [];
  const of = created === undefined ? undefined : (catalogue.metric(created) ?? catalogue.metric(`${created}_total`));
  return of && of.type !== 'gauge' ? { metric: of, type: 'gauge', part: '_created' } : undefined;
}

function vllmFindings(use: SeriesUse, name: string, catalogue: Catalogue, input: QuerySeriesInput): Found[] {
  const series = seriesOf(name, catalogue);
  if (series?.metric.hidden) return [hiddenMetric(name, series.metric, catalogue)];
  if (series === undefined) return [unknownMetric(name, catalogue)];
  return [...functionFindings(use, name, series), ...rangeFindings(use, input), ...labelFindings(use, name, series)];
}

/** A name that the release does not expose. */
function unknownMetric(name: string, catalogue: Catalogue): Found {
  const exact = catalogue.metric(name);
  if (exact) {
    const problem = `reads ${name}, a ${exact.type}: its series end in ${PARTS[exact.type].join(', ')}`;
    const fix =
      exact.type === 'histogram' ? `read ${name}_bucket for a percentile` : `read ${name}_sum or ${name}_count`;
    return { error: 'query-metric-missing', problem, fix };
  }
  const absence = catalogue.missingMetric(name.replace(/_(bucket|sum|count)$/, ''));
  const problem = `reads ${name}, which vLLM ${catalogue.release.text} does not expose`;
  const instead = absence ? (absence.replacedBy ?? otherName(name, catalogue)) : meantSeries(name, catalogue);
  if (instead !== undefined) return { error: 'query-metric-missing', problem, fix: `read ${instead}` };
  if (absence !== undefined) return { error: 'query-metric-missing', problem, fix: 'read another metric' };
  const fix = 'read another metric, or acknowledge this finding if a rule or a plugin makes it';
  return { warning: 'query-metric-unknown', problem, fix };
}

/** The name that the release has for the same thing. */
function otherName(name: string, catalogue: Catalogue): string | undefined {
  const role = Object.values(METRIC_ROLES).find(({ names }) => (names as readonly string[]).includes(name));
  return role?.names.find((each) => isExposed(each, catalogue));
}

/** A name that the release exposes with a flag only. */
function hiddenMetric(name: string, { replacedBy }: ReleasedMetric, catalogue: Catalogue): Found {
  const problem = `reads ${name}, which vLLM ${catalogue.release.text} exposes only with --show-hidden-metrics-for-version`;
  const fix = replacedBy === undefined ? 'read another metric, or acknowledge' : `read ${replacedBy}, or acknowledge`;
  return { warning: 'query-metric-unknown', problem, fix: `${fix} this finding if the flag is set` };
}

/** The series of the release that was probably meant. */
function meantSeries(name: string, catalogue: Catalogue): string | undefined {
  const wanted = name.toLowerCase().replace(/^vllm_+/, 'vllm:');
  const known = catalogue
    .metrics()
    .filter((metric) => metric.name.startsWith('vllm:') && !metric.hidden)
    .flatMap((metric) => PARTS[metric.type].map((part) => metric.name + part));
  const bare = wanted.replace(/_total$/, '');
  return [wanted, `${bare}_total`, bare].find((each) => known.includes(each)) ?? nearest(wanted, known);
}

/** Functions that do not fit the type of a metric. */
function functionFindings({ over, isBucket }: SeriesUse, name: string, { type, part }: Series): Found[] {
  if (isBucket && part !== '_bucket') {
    const problem = `takes a percentile of ${name}, which is not the buckets of a histogram: there is no result`;
    return [{ error: 'query-function', problem, fix: 'read a series that ends in _bucket' }];
  }
  if (over === undefined) return [];
  if (type === 'gauge' && OF_COUNTERS.includes(over)) {
    const problem = `has ${over}(…) of ${name}, a gauge: each fall of it counts as a restart`;
    const fix =
      over === 'resets' ? 'use changes(…)' : 'use avg_over_time(…) or max_over_time(…), or deriv(…) for its slope';
    return [{ error: 'query-function', problem, fix }];
  }
  if (type === 'counter' && OF_GAUGES.includes(over)) {
    const problem = `has ${over}(…) of ${name}, a counter: it falls to 0 when a pod restarts`;
    return [{ warning: 'query-counter', problem, fix: over === 'delta' ? 'use increase(…)' : 'use rate(…)' }];
  }
  return [];
}

/** A range with fewer than two samples. */
function rangeFindings({ over, seconds }: SeriesUse, { scrapeInterval }: QuerySeriesInput): Found[] {
  if (over === undefined || seconds === undefined || !OF_TWO_SAMPLES.includes(over)) return [];
  if (seconds >= 2 * scrapeInterval) return [];
  const problem = `has ${over}(…) over ${seconds} s, and the pods are scraped every ${scrapeInterval} s: with fewer than two samples there is no result`;
  return [{ warning: 'query-range-short', problem, fix: `use ${4 * scrapeInterval} s or more` }];
}

/** Whether a long name differs by a letter or two. */
const isSlip = (label: string, known: string): boolean => label.length > 4 && distance(label, known) <= 2;

/** Labels that were meant to be one of the metric's. Others may come from Prometheus. */
function labelFindings({ matchers, grouped }: SeriesUse, name: string, { metric, part }: Series): Found[] {
  const own = [...metric.labels, ...(part === '_bucket' ? ['le'] : [])];
  const named = [...new Set([...matchers.map(({ label }) => label), ...grouped])];
  const slips = named.flatMap((label) => {
    if (own.includes(label)) return [];
    const meant = own.find((each) => each === entryOf(LABEL_ALIASES, label)) ?? own.find((each) => isSlip(label, each));
    if (meant === undefined) return [];
    const problem = `names the label ${label} of ${name}, which has ${own.join(', ')}`;
    return [{ warning: 'query-label', problem, fix: `write ${meant}` } as const];
  });
  const values = matchers.flatMap(({ label, operator, value }) => {
    const known = entryOf(metric.labelValues, label);
    if (operator !== '=' || value === '' || known === undefined || known.includes(value)) return [];
    const problem = `selects ${name} with ${label}="${value}", a value that it never has`;
    return [{ warning: 'query-label', problem, fix: `use one of ${known.join(', ')}` } as const];
  });
  return [...slips, ...values];
}

/** A counter that only rises, where a value that rises and falls is needed. */
function bareCounter({ over, isValue }: SeriesUse, name: string, checked: Catalogue | undefined): Found[] {
  const isCounter =
    checked?.metric(name)?.type === 'counter' || (/_total$/.test(name) && !ofVllm(name) && !isGaugeOfRouter(name));
  if (!isCounter || over !== undefined || !isValue) return [];
  const problem = `reads ${name} without its rate: a counter rises until the pod restarts`;
  return [{ warning: 'query-counter', problem, fix: `write rate(${name}[5m])` }];
}
