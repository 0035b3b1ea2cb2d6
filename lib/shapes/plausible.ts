import type { PlausibleRange, QuantityUnit } from '../defaults/plausible';
import type { Finding } from '../preflight/finding';
import { FindingSeverity, warning } from '../preflight/finding';
import { decimal } from '../units/decimal';

/** A number as people write it. */
const digits = (value: number): string => String(value >= 100 ? Math.round(value) : Number(value.toPrecision(4)));

const SIZES = [
  [1024 ** 2, 'TiB', 'tebibytes'],
  [1024, 'GiB', 'gibibytes'],
  [1, 'MiB', 'mebibytes'],
  [1 / 1024, 'KiB', 'kibibytes'],
] as const;

const TIMES = [
  [86_400, 'd', 'days'],
  [3600, 'h', 'hours'],
  [60, 'min', 'minutes'],
  [1, 's', 'seconds'],
  [0.001, 'ms', 'millis'],
] as const;

type Step = readonly [factor: number, unit: string, factory: string];
type Scale = readonly Step[];

/** The unit in which people write a value: the largest in which it is a whole number of at least `least`. */
function unitOf(scale: Scale, value: number, least: number): Step {
  const whole = scale.filter(([factor]) => Number.isInteger(decimal(value / factor)));
  const smallest = scale[scale.length - 1] as Step;
  return (
    whole.find(([factor]) => value >= (factor > 1 ? least : 1) * factor) ??
    whole[0] ??
    scale.find(([factor]) => value >= factor) ??
    smallest
  );
}

/** A value that may have been meant, with words for when. */
type Meant = readonly [value: number, when?: string];

/** A kind of quantity: how it is written in text and in code, and what a wrong value may have meant, the likely first. */
interface Kind {
  readonly text: (value: number) => string;
  readonly code: (value: number) => string;
  readonly meant: (value: number) => readonly Meant[];
}

/** Quantities with units: a wrong one is likely the next smaller or larger unit, with the same number. */
function scaled(scale: Scale, className: string, least: number): Kind {
  const written = (value: number, [factor]: Step): string => digits(decimal(value / factor));
  return {
    text: (value) => {
      const unit = unitOf(scale, value, least);
      return `${written(value, unit)} ${unit[1]}`;
    },
    code: (value) => {
      const unit = unitOf(scale, value, least);
      return `${className}.${unit[2]}(${written(value, unit)})`;
    },
    meant: (value) => {
      const unit = unitOf(scale, value, least);
      const at = scale.indexOf(unit);
      const near = (other: number): number => Math.abs(other - at);
      const others = scale.map((_, index) => index).filter((index) => index !== at);
      return others.sort((a, b) => near(a) - near(b)).map((index) => [(value / unit[0]) * (scale[index]?.[0] ?? 1)]);
    },
  };
}

const plain = (suffix: string, meant: readonly (readonly [factor: number, when: string])[] = []): Kind => ({
  text: (value) => `${digits(value)}${suffix}`,
  code: digits,
  meant: (value) => meant.map(([factor, when]) => [value * factor, when]),
});

const KINDS: Readonly<Record<QuantityUnit, Kind>> = {
  MiB: scaled(SIZES, 'Size', 1),
  // 60 s and 24 h rather than one minute and one day.
  s: scaled(TIMES, 'Duration', 2),
  cores: plain(' cores', [[1 / 1000, 'if it is in millicores']]),
  dollars: plain(' dollars per hour', [
    [1 / 8, 'if it is the price of a node of 8 GPUs'],
    [1 / 730, 'if it is the price of a month'],
    [1 / 8760, 'if it is the price of a year'],
    [1 / (8 * 730), 'if it is the price of a month of a node of 8 GPUs'],
    [3600, 'if it is the price of a second'],
  ]),
  share: plain('', [[1 / 100, 'if it is in percent']]),
  tokens: plain(' tokens', [[1024, 'if it is in thousands']]),
  ratio: plain('', [[1 / 100, 'if it is in percent']]),
  'per second': plain(' per second', [
    [1 / 60, 'if it is per minute'],
    [1 / 86_400, 'if it is per day'],
  ]),
  count: plain(''),
};

function usual({ least = -Infinity, most = Infinity }: PlausibleRange, { text }: Kind, value: number): string {
  return value > most ? `more than ${text(most)}` : `less than ${text(least)}`;
}

/** Whether a value is one that is usual. */
const fits = ({ least = -Infinity, most = Infinity }: PlausibleRange, value: number): boolean =>
  value >= least && value <= most;

/** What was probably meant, as code; undefined when no other unit gives a usual value. */
function meantBy(range: PlausibleRange, { code, meant }: Kind, value: number): string | undefined {
  const found = meant(value).find(([each]) => fits(range, each));
  if (found === undefined) return undefined;
  const [likely, when = 'if that is meant'] = found;
  return `write ${code(likely)} ${when}`;
}

/** The fix of a quantity that no other unit makes usual. */
const WITHOUT_UNIT = 'correct it, or acknowledge this finding';

/** A warning about a quantity that is probably in the wrong unit; nothing for a usual or an unset one. */
export function implausible(range: PlausibleRange, subject: string, value: number | undefined): Finding[] {
  if (value === undefined || fits(range, value)) return [];
  const kind = KINDS[range.unit];
  const problem = `is ${kind.text(value)}, which is ${usual(range, kind, value)}: ${range.why}`;
  const fix = meantBy(range, kind, value) ?? WITHOUT_UNIT;
  return [warning('implausible-quantity', subject, problem, fix)];
}

/** Whether a finding is about a quantity. */
const isQuantity = ({ id }: Finding): boolean => id === 'implausible-quantity';

/** Errors about the memory of a GPU, and quantities from which they follow. */
const OF_MEMORY = /^memory-(weights|kv-cache|context)$/;
const IN_MEMORY = /^(model\.weightsSize|accelerator\.memory|engine\.(kvCacheMemory|maxModelLen|cpuOffload))$/;

/** An error about the memory, with the quantity from which it likely follows: warnings are not printed beside errors. */
function withCause(finding: Finding, quantities: readonly Finding[]): Finding {
  const cause = OF_MEMORY.test(finding.id) && quantities.find(({ subject }) => IN_MEMORY.test(subject));
  if (!cause || finding.severity !== FindingSeverity.ERROR) return finding;
  const line = `first look at ${cause.subject}: it ${cause.problem}; ${cause.fix}`;
  return { ...finding, details: [line, ...(finding.details ?? [])] };
}

/**
 * The findings, of which an error has the unit that was probably meant as a further fix: one mistake is one finding.
 */
export function withUnits(findings: readonly Finding[]): Finding[] {
  const quantities = findings.filter(isQuantity);
  if (quantities.length === 0) return [...findings];
  const refused = (subject: string): boolean =>
    findings.some((each) => each.subject === subject && each.severity === FindingSeverity.ERROR);
  return findings.flatMap((finding) => {
    if (isQuantity(finding)) return refused(finding.subject) ? [] : [finding];
    const unit = quantities.find(({ subject }) => subject === finding.subject);
    if (unit === undefined || finding.severity !== FindingSeverity.ERROR) return [withCause(finding, quantities)];
    return [unit.fix === WITHOUT_UNIT ? finding : { ...finding, fix: `${finding.fix}; ${unit.fix}` }];
  });
}
