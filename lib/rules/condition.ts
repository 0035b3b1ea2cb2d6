import type { Setting, Settings } from './setting';
import { isOff, isOn, nameOf, numberOf, valueAt } from './setting';

type Word = string | number;

/** Something that holds for a command line or not, and how it reads. */
export interface Condition {
  readonly setting: Setting;
  readonly holds: (value: unknown) => boolean;
  /** The value in words: `"torch"`. */
  readonly value: string;
}

const quoted = (words: readonly Word[]): string => words.map((word) => JSON.stringify(word)).join(' or ');

const isOneOf = (value: unknown, words: readonly Word[]): boolean =>
  words.some((word) => String(word).toLowerCase() === String(value).toLowerCase());

/** A switch that is on. Variables are numbers to vLLM, which exits with any other text. */
export const on = (setting: Setting): Condition => ({
  setting,
  holds: isOn,
  value: setting.startsWith('env.') ? '"1"' : 'true',
});

/** A switch that is turned off. */
export const off = (setting: Setting): Condition => ({ setting, holds: isOff, value: 'false' });

/** Any value but null. */
export const given = (setting: Setting): Condition => ({ setting, holds: (value) => value !== undefined, value: '' });

/** Any value but null and an empty dict or list. */
export const filled = (setting: Setting): Condition => ({
  setting,
  holds: (value) => value !== undefined && !(typeof value === 'object' && Object.keys(value as object).length === 0),
  value: '',
});

/** One of these values. */
export const is = (setting: Setting, ...words: Word[]): Condition => ({
  setting,
  holds: (value) => value !== undefined && isOneOf(value, words),
  value: quoted(words),
});

/** Any value but null and these. */
export const not = (setting: Setting, ...words: Word[]): Condition => ({
  setting,
  holds: (value) => value !== undefined && !isOneOf(value, words),
  value: `anything but ${quoted(words)}`,
});

/** A number above this one. */
export const above = (setting: Setting, minimum: number): Condition => ({
  setting,
  holds: (value) => (numberOf(value) ?? minimum) > minimum,
  value: `more than ${minimum}`,
});

/** Whether a condition holds for a command line. */
export const met = ({ setting, holds }: Condition, settings: Settings): boolean => holds(valueAt(settings, setting));

/** A switch on the command line, which accepts no value: `--numa-bind`, `--no-numa-bind`; undefined for anything else. */
function switchOf({ setting, value }: Condition): string | undefined {
  const name = nameOf(setting);
  if (!/^--[a-z0-9-]+$/.test(name)) return undefined;
  if (value === 'true') return name;
  return value === 'false' ? name.replace(/^--/, '--no-') : undefined;
}

/** A condition that holds, with the value that is set in place of those that fit. */
export function asSet(condition: Condition, settings: Settings): Condition {
  const isRange = condition.value !== '' && switchOf(condition) === undefined;
  return isRange ? { ...condition, value: JSON.stringify(valueAt(settings, condition.setting)) } : condition;
}

/** What holds: `engine.eplbConfig.policy: "default"`, or `--numa-bind`. */
export function inWords(condition: Condition): string {
  const name = switchOf(condition) ?? nameOf(condition.setting);
  return condition.value === '' || switchOf(condition) !== undefined ? name : `${name}: ${condition.value}`;
}

/** How to make one of some conditions hold: `set engine.eplbConfig.policy to "default", or add --numa-bind`. */
export const toHold = (conditions: readonly Condition[]): string =>
  conditions
    .map((condition) => {
      const added = switchOf(condition);
      if (added !== undefined) return `add ${added} to extraArgs`;
      const to = condition.value === '' ? '' : ` to ${condition.value}`;
      return `set ${nameOf(condition.setting)}${to}`;
    })
    .join(', or ');
