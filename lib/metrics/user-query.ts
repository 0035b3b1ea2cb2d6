/* eslint-disable @typescript-eslint/no-require-imports -- most programs have no query of their own, and an import
   statement would load the grammar of PromQL for all of them. */
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import type { LabelMatcher } from './query/expr';
import type * as ReadQuery from './query/read-query';

/** Series that a query selects. */
export interface SeriesSelector {
  /** Undefined if it selects by other labels only. */
  readonly metric?: string;
  /** Without that of the metric's name. */
  readonly matchers: readonly LabelMatcher[];
}

/** What is known about a query that is PromQL, as plain data. */
export interface QueryReading {
  /** `scalar` for a number, which a query API returns without an element. */
  readonly result: 'scalar' | 'vector';
  /** At most one element, whatever series there are. False if that is unknown. */
  readonly single: boolean;
  /** May be NaN while nothing is counted: a division, a percentile. */
  readonly mayBeNan: boolean;
  /** Metrics each of which must have a series: without one of them, the result is empty. */
  readonly required: readonly string[];
  /** Every selector, in the order of the text. */
  readonly selectors: readonly SeriesSelector[];
}

/** A query that the user wrote: its errors, or what it reads. */
export type UserQuery = { readonly findings: readonly Finding[] } | { readonly reading: QueryReading };

/** A query in a message: on one line. */
export const quoteQuery = (query: string): string => `"${query.replace(/\s+/g, ' ').trim()}"`;

/**
 * Reads a query that the user wrote.
 *
 * @param subject the property as the user wrote it
 */
export function userQuery(query: string, subject: string): UserQuery {
  const { readQuery } = require('./query/read-query') as typeof ReadQuery;
  const result = readQuery(query);
  if ('result' in result) return { reading: result };
  const findings = result.map(({ problem, fix }) =>
    error('query-syntax', subject, `has the query ${quoteQuery(query)}, which ${problem}`, fix),
  );
  return { findings };
}
