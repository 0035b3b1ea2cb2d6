import type { Catalogue } from '../catalogue/catalogue';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { FlagName } from '../catalogue/flag-name';
import type { EngineFacts } from '../facts/engine-facts';

/** Replaces the buckets of whole families of histograms; since vLLM 0.32. */
export const CUSTOM_BUCKETS: FlagName = '--custom-histogram-buckets';

/** An upper bound that a histogram must have, because something counts the observations below it. */
export interface HistogramBound {
  /** The histogram, by its name in /metrics. */
  readonly metric: string;
  readonly seconds: number;
  /** The property that needs it: `objectives[0].within`. */
  readonly subject: string;
}

/** The buckets of one histogram in a release. */
interface Buckets {
  /** Key of the flag that replaces them; undefined where the release has no such flag. */
  readonly family: string | undefined;
  readonly defaults: readonly number[];
}

function bucketsOf(metric: string, catalogue: Catalogue): Buckets | undefined {
  const { family, buckets } = catalogue.metric(metric) ?? {};
  return typeof buckets === 'object' ? { family, defaults: buckets } : undefined;
}

const merged = (bounds: readonly number[], more: readonly number[]): number[] =>
  [...new Set([...bounds, ...more])].sort((a, b) => a - b);

/** The value of the flag that adds what the bounds need; undefined when the default buckets have them all. */
export function bucketsWith(bounds: readonly HistogramBound[], catalogue: Catalogue): string | undefined {
  const families: Record<string, number[]> = {};
  for (const { metric, seconds } of bounds) {
    const { family, defaults = [] } = bucketsOf(metric, catalogue) ?? {};
    if (family === undefined || defaults.includes(seconds)) continue;
    families[family] = merged(families[family] ?? defaults, [seconds]);
  }
  return Object.keys(families).length > 0 ? JSON.stringify(families) : undefined;
}

/** The buckets of a family on the command line; undefined when they are unset or cannot be read. */
function customBuckets(
  family: string | undefined,
  { customHistogramBuckets }: EngineFacts,
): readonly number[] | undefined {
  const buckets = family === undefined ? undefined : customHistogramBuckets.value?.[family];
  if (!Array.isArray(buckets) || buckets.length === 0) return undefined;
  return buckets.every((bound) => typeof bound === 'number') ? buckets : undefined; // A finding of the argument check.
}

const seconds = (bounds: readonly number[], joined: string) => bounds.map((bound) => `${bound} s`).join(joined);

/** Refuses bounds at which no bucket ends: the requests below them could not be counted. */
export function boundFindings(
  bounds: readonly HistogramBound[],
  facts: EngineFacts,
  catalogue: Catalogue,
): readonly Finding[] {
  return bounds.flatMap(({ metric, seconds: bound, subject }) => {
    const buckets = bucketsOf(metric, catalogue);
    if (buckets === undefined) return [];
    const { family, defaults } = buckets;
    const custom = customBuckets(family, facts);
    const effective = merged(custom ?? defaults, []);
    if (effective.includes(bound)) return [];

    const nearest = [effective.findLast((each) => each < bound), effective.find((each) => each > bound)];
    const ways = nearest.filter((each) => each !== undefined);
    const where = custom ? `"${family}" of ${facts.customHistogramBuckets.origin}` : `vLLM ${catalogue.release.text}`;
    const nearestIs = ways.length === 1 ? `the nearest bound in ${where} is` : `the nearest bounds in ${where} are`;
    const problem = `is ${bound} s, and no bucket of ${metric} ends there: ${nearestIs} ${seconds(ways, ' and ')}`;
    const instead = `promise ${seconds(ways, ' or ')}`;
    const fix =
      family === undefined
        ? `${instead}, or raise vllmVersion to 0.32 or later, where the library adds the bucket`
        : `add "${family}": ${JSON.stringify(merged(effective, [bound]))} to ${facts.customHistogramBuckets.origin}, or ${instead}`;
    return [error('bound-without-bucket', subject, problem, fix)];
  });
}
