import type { Row } from './recorder';

/** Answers of a version while the route had one weight. */
export interface Share {
  readonly weight: number;
  readonly total: number;
  /** Part of the total, from 0 to 1. */
  readonly share: number;
}

/** Seconds after a change of the weight until the gateway has it. */
const SETTLED = 1.5;

/** The share of a version for each weight, without the time in which the gateway learns of the weight. */
export function sharesOf(version: string, rows: readonly Row[]): Share[] {
  const counts = new Map<number, { total: number; own: number }>();
  let since = 0;
  rows.forEach((row, at) => {
    const before = rows[at - 1];
    if (before?.weight !== row.weight) since = row.at;
    // The answers of a row came between the row before and this one.
    if (before === undefined || before.weight !== row.weight || before.at - since < SETTLED) return;
    const count = counts.get(row.weight) ?? { total: 0, own: 0 };
    for (const [name, answers] of Object.entries(row.answers)) {
      count.total += answers;
      if (name === version) count.own += answers;
    }
    counts.set(row.weight, count);
  });
  return [...counts].map(([weight, { total, own }]) => ({ weight, total, share: own / total }));
}

/** Four standard deviations of a share: Istio draws the version of each request. */
export const margin = (share: number, count: number): number => 4 * Math.sqrt((share * (1 - share)) / count);
