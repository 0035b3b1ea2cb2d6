import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { didYouMean } from '../../preflight/nearest';
import type { FlagName } from '../catalogue/flag-name';
import type { Words } from '../catalogue/rows';
import { absence, spanOfWord } from '../catalogue/span';
import type { Release } from '../release';
import type { Context, KnownArgument } from './context';
import { whenItExists } from './missing';
import { showValue } from './show-value';

/** The flags whose names beyond the built-in ones must come from a plugin, and the flag that loads it. */
const PLUGINS: Readonly<Partial<Record<FlagName, FlagName>>> = {
  '--tool-call-parser': '--tool-parser-plugin',
  '--reasoning-parser': '--reasoning-parser-plugin',
};

/** Checks a value of a flag whose values vLLM lists. */
export function checkChoice({ origin, spelled }: KnownArgument, value: string, { catalogue, set }: Context): Finding[] {
  const { flag } = spelled;
  if (isChoice(value, flag) || flag.also.includes(value)) return [];
  const { name } = flag;
  const { problem, fix } = explain(`${name} is ${showValue(name, value)}`, value, flag, catalogue.release);
  if (flag.closed) return [error('unknown-choice', origin, problem, fix)];
  const plugin = PLUGINS[name];
  if (plugin !== undefined && catalogue.hasFlag(plugin)) {
    const needsPlugin = error('unknown-parser', origin, problem, `${fix}, or load your own with ${plugin}`);
    return set.has(plugin) ? [] : [needsPlugin];
  }
  return [warning('unlisted-choice', origin, `${problem}; vLLM accepts other names only from a plugin`, fix)];
}

/** A list of values and how they compare. */
export interface Choices {
  readonly choices: readonly string[];
  readonly fold: boolean;
  readonly allChoices?: Words;
}

/** Whether a value is one of the choices; true when there are none. */
export function isChoice(value: string, { choices, fold }: Choices): boolean {
  const folded = (text: string) => (fold ? text.toLowerCase().replaceAll('-', '_') : text);
  return choices.length === 0 || choices.some((choice) => folded(choice) === folded(value));
}

/** Why a value is not one of the choices of a release, and what to do. `is` is the sentence with the value. */
export function explain(
  is: string,
  value: string,
  { choices, allChoices }: Choices,
  release: Release,
): { problem: string; fix: string } {
  const span = spanOfWord(allChoices, value);
  const allowed = `give one of ${choices.join(', ')}`;
  if (span === undefined) {
    // A number is not a misspelling of another number.
    const hint = /^\d+$/.test(value) ? '' : didYouMean(value, choices);
    return { problem: is + hint, fix: allowed };
  }
  const reason = absence(span, release);
  const fix = reason.comesIn === undefined ? allowed : `raise vllmVersion to ${reason.comesIn} or later, or ${allowed}`;
  return { problem: `${is}, which ${whenItExists(reason)}, and the pinned version is ${release.text}`, fix };
}
