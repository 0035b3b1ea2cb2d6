/* eslint-disable @typescript-eslint/no-require-imports -- most programs have no query of their own, and an import
   statement would load the grammar of PromQL for all of them. */
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { oneLine } from '../preflight/one-line';
import { cut } from '../shapes/show';
import type * as ReadQuery from './query/read-query';
import type { QueryReading } from './query/reading';

/** A query that the user wrote: its errors, or what it reads. */
export type UserQuery = { readonly findings: readonly Finding[] } | { readonly reading: QueryReading };

/** A query in a message: on one line, cut when it is long. */
export const quoteQuery = (query: string): string => `"${cut(oneLine(query.replace(/\s+/g, ' ').trim()))}"`;

/**
 * Reads a query that the user wrote.
 *
 * @param subject the property as the user wrote it
 * @param filled placeholders in quotes that are filled in later, such as `args.canary`
 */
export function userQuery(query: string, subject: string, filled: readonly string[] = []): UserQuery {
  const { readQuery } = require('./query/read-query') as typeof ReadQuery;
  const result = readQuery(query, filled);
  if ('result' in result) return { reading: result };
  const findings = result.map(({ problem, fix }) =>
    error('query-syntax', subject, `has the query ${quoteQuery(query)}, which ${problem}`, fix),
  );
  return { findings };
}
