import { FindingSeverity } from '../../../lib/preflight/finding';
import { argumentFindings } from '../../support/arguments';
import VALUES from './json-values.json';

/**
 * Values of JSON keys, and whether vLLM 0.32.0 starts with them: its own configuration code was run on each. A text is a
 * dotted spelling, anything else the whole JSON of the flag.
 */
const TABLE = Object.entries(VALUES as Record<string, Record<'starts' | 'fails', unknown[]>>);

const argumentOf = (flag: string, value: unknown) =>
  typeof value === 'string' ? value : `${flag}=${JSON.stringify(value)}`;

const refused = (argument: string): boolean =>
  argumentFindings('0.32.0', argument).some(({ severity }) => severity === FindingSeverity.ERROR);

describe.each(TABLE)('%s', (flag, { starts, fails }) => {
  const given = (values: readonly unknown[]) => values.map((value) => argumentOf(flag, value));

  it('accepts the values with which vLLM starts', () => {
    expect(given(starts).filter(refused)).toEqual([]);
  });

  it('refuses the values with which vLLM fails', () => {
    expect(given(fails).filter((argument) => !refused(argument))).toEqual([]);
  });
});
