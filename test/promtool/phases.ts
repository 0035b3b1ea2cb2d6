import type { Series } from './series';

/** Seconds between samples. */
export const SCRAPE = 30;

/** For a while, one number: a rate per second or a value; undefined while nothing is scraped. */
export type Phase = readonly [minutes: number, value: number | undefined];

const samplesOf = (minutes: number, scrape: number): number => (minutes * 60) / scrape;
const gone = (count: number): string => `stale _x${count - 1}`;

/** A counter that starts at 1000 and grows at the rate of each phase. */
export function counts(selector: string, phases: readonly Phase[], scrape = SCRAPE): Series {
  let last = 1000;
  const values = phases.map(([minutes, perSecond]) => {
    const count = samplesOf(minutes, scrape);
    if (perSecond === undefined) return gone(count);
    const step = perSecond * scrape;
    const first = last + step;
    last += step * count;
    return `${first}+${step}x${count - 1}`;
  });
  return [selector, ['1000', ...values].join(' ')];
}

/** A gauge that holds the value of each phase. */
export function holds(selector: string, phases: readonly Phase[]): Series {
  const values = phases.map(([minutes, value]) =>
    value === undefined ? gone(samplesOf(minutes, SCRAPE)) : `${value}+0x${samplesOf(minutes, SCRAPE) - 1}`,
  );
  return [selector, ['_', ...values].join(' ')];
}

export const minutesOf = (phases: readonly (readonly [minutes: number, ...rest: unknown[]])[]): number =>
  phases.reduce((sum, [minutes]) => sum + minutes, 0);
