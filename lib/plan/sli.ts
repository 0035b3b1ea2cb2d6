import { Catalogue } from '../engine/catalogue/catalogue';
import { countsEngineErrors, isExposed, metricOf, movedBy } from '../engine/metric-roles';
import { WORK_HANDLERS } from '../engine/work-paths';
import type { Matcher } from '../metrics/promql';
import { series } from '../metrics/promql';
import type { PlannedObjective } from '../metrics/slo';
import { engineSeries } from './engine-series';
import type { Watched } from './watched';

/** The events of a promise in a window, each as one expression with one element. */
export interface Sli {
  /** Events per second; no element when nothing is scraped. */
  readonly events: string;
  /** Bad ones among them; an element whenever `events` has one. */
  readonly bad: string;
}

/** Which pods are measured, and over which time. */
export interface SliWindow {
  /** As PromQL writes it: `5m`. */
  readonly window: string;
  /** Labels that select some of the stack's pods; all of them when empty. */
  readonly pods: Readonly<Record<string, Matcher>>;
}

/** The facts about a stack that its events need. */
export type SliScope = Pick<Watched, 'namespace' | 'app' | 'release' | 'flags'>;

/** A bucket's label as vLLM's Python client writes it: a float, `1.0`. */
export function bucketLabel(bound: number): string {
  return Number.isInteger(bound) ? `${bound}.0` : String(bound);
}

/** Events of a histogram; those above the bound are bad. */
export function latencySli(
  { histogram, bound }: NonNullable<PlannedObjective['latency']>,
  scope: SliScope,
  { window, pods }: SliWindow,
): Sli {
  const rate = (part: string, more = {}): string =>
    `sum(rate(${series(histogram + part, scope, { ...more, ...pods })}[${window}]))`;
  const all = rate('_count');
  return { events: all, bad: `${all} - ${rate('_bucket', { le: bucketLabel(bound) })}` };
}

/**
 * Answered requests. Bad are those that the HTTP server counts as 5xx, and those that come after the first byte of a
 * stream, when 200 is sent already: the engine's own, and rejections.
 *
 * @param none an expression with one element, 0: the value of a series that does not exist yet
 */
export function errorSli(scope: SliScope, { window, pods }: SliWindow, none: string): Sli {
  const { release, flags } = scope;
  const rate = (selected: string): string => `sum(rate(${selected}[${window}]))`;
  const handler = { matches: WORK_HANDLERS };
  const catalogue = Catalogue.of(release);
  const failed = engineSeries('http', scope, '', { handler, status: { matches: '5..' }, ...pods });
  const counted = isExposed(metricOf('rejections', catalogue), catalogue);
  const rejects = counted && movedBy('rejections').some((flag) => flags.includes(flag));
  // Most rejections are 503 and counted as such: the larger of the two counts none twice. The label keeps them apart.
  const answered = rejects
    ? `max(sum by (app) (rate(${failed}[${window}])) or ${rate(engineSeries('rejections', scope, '', pods))})`
    : rate(failed);
  const broken = rate(engineSeries('finished', scope, '', { finished_reason: 'error', ...pods }));
  return {
    events: rate(engineSeries('http', scope, '', { handler, ...pods })),
    bad: [answered, ...(countsEngineErrors(catalogue) ? [broken] : [])]
      .map((each) => `(${each} or ${none})`)
      .join(' + '),
  };
}
