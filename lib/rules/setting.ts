import type { FlagName } from '../engine/catalogue/flag-name';
import type { FactName } from '../engine/facts/fact-table';
import { FACTS } from '../engine/facts/fact-table';
import { optionOf } from '../engine/options/option-of-flag';
import { isJsonObject } from '../shapes/json-object';
import type { CrossCheckContext } from './cross-check';

/** A flag by its fact, a key of a JSON flag with dots, or a variable of the container: `env.X`. */
export type Setting = FactName | `${FactName}.${string}` | `env.${string}`;

/** Where a setting can be read. */
export type Settings = Pick<CrossCheckContext, 'facts' | 'environment'>;

const VARIABLE = 'env.';

interface Place {
  readonly fact: FactName;
  readonly path: readonly string[];
}

/** Settings are few and read for every stack. */
const places = new Map<Setting, Place>();

function split(setting: Setting): Place {
  const known = places.get(setting);
  if (known !== undefined) return known;
  const [fact = '', ...path] = setting.split('.');
  const place = { fact: fact as FactName, path };
  places.set(setting, place);
  return place;
}

const isVariable = (setting: Setting): boolean => setting.startsWith(VARIABLE);

/** What the command line or the environment has there; undefined where it is unset, null or empty. */
export function valueAt({ facts, environment }: Settings, setting: Setting): unknown {
  if (isVariable(setting)) return environment.get(setting.slice(VARIABLE.length));
  const { fact, path } = split(setting);
  const { value: whole } = facts[fact];
  if (whole === undefined) return undefined;
  const value = path.reduce<unknown>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), whole);
  return value === null || value === '' ? undefined : value;
}

/** The property, argument or variable that has it. */
export function originOf({ facts }: Settings, setting: Setting): string {
  return isVariable(setting) ? setting : facts[split(setting).fact].origin;
}

/** The flag that has it; undefined for a variable. */
export const flagOf = (setting: Setting): FlagName | undefined =>
  isVariable(setting) ? undefined : FACTS[split(setting).fact].flag;

/** What a user sets to change it: `engine.asyncScheduling`, `--numa-bind`, `engine.eplbConfig.policy`. */
export function nameOf(setting: Setting): string {
  if (isVariable(setting)) return setting;
  const { fact, path } = split(setting);
  return [optionOf(FACTS[fact].flag), ...path].join('.');
}

/** The value that is set, after the name as the user wrote it; the subject of the finding is not repeated. */
export function valueInWords(settings: Settings, setting: Setting): string {
  const subject = originOf(settings, setting);
  const is = `is ${JSON.stringify(valueAt(settings, setting))}`;
  if (isVariable(setting)) return is;
  const { fact, path } = split(setting);
  // An item of `extraArgs` has only a number.
  const name = [subject.startsWith('extraArgs[') ? FACTS[fact].flag : optionOf(FACTS[fact].flag), ...path].join('.');
  if (name === subject) return is;
  return `${name.startsWith(`${subject}.`) ? name.slice(subject.length + 1) : name} ${is}`;
}

/** Whether a key has a value: null is Python's None, as if it were unset. */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** A boolean as vLLM reads it: Python words and numbers count too. */
export const isOn = (value: unknown): boolean =>
  value === true || value === 1 || (typeof value === 'string' && /^(1|true|t|yes|y|on)$/i.test(value));

/** The opposite, where it is written; an unset switch is neither on nor off. */
export const isOff = (value: unknown): boolean =>
  value === false || value === 0 || (typeof value === 'string' && /^(0|false|f|no|n|off)$/i.test(value));

/** A number, also as text; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}
