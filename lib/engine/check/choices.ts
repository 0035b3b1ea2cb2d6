import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { choicesFor, didYouMean } from '../../preflight/nearest';
import type { FlagName } from '../catalogue/flag-name';
import type { Fold, Words } from '../catalogue/rows';
import { absence, spanOfWord } from '../catalogue/span';
import type { ReleasedFlag } from '../catalogue/released';
import type { Release } from '../release';
import type { Context, KnownArgument } from './context';
import { whenItExists } from './missing';
import { showValue } from './show-value';
import { TEXT_FORMS } from './text-forms';

/** The flags whose names beyond the built-in ones must come from a plugin, and the flag that loads it. */
const PLUGINS: Readonly<Partial<Record<FlagName, FlagName>>> = {
  '--tool-call-parser': '--tool-parser-plugin',
  '--reasoning-parser': '--reasoning-parser-plugin',
};

/** Checks a value of a flag whose values vLLM lists, or reads in a form of their own. */
export function checkChoice({ origin, spelled }: KnownArgument, value: string, context: Context): Finding[] {
  const { flag } = spelled;
  const { catalogue, set } = context;
  if (isAccepted(value, flag)) return [];
  const { name } = flag;
  const is = `${name} is ${showValue(name, value)}`;
  const { problem, fix } = explain(is, value, flag, catalogue.release);
  if (flag.packaged.some((packaged) => packaged === '*' || sameChoice(packaged, value, flag.fold))) {
    return [needsPackage(origin, problem, fix, context)];
  }
  if (flag.form !== undefined && !TEXT_FORMS[flag.form].fits(value)) {
    const form = TEXT_FORMS[flag.form].allowed;
    const isInList = flag.closed || flag.choices.length === 0;
    return [error('unknown-choice', origin, problem, isInList ? `give ${form}` : `${fix}, or ${form}`)];
  }
  if (flag.closed) return [error('unknown-choice', origin, problem, fix)];
  const plugin = PLUGINS[name];
  if (plugin !== undefined && catalogue.hasFlag(plugin)) {
    const needsPlugin = error('unknown-parser', origin, problem, `${fix}, or load your own with ${plugin}`);
    return set.has(plugin) ? [] : [needsPlugin];
  }
  const others = /^\d+$/.test(value) ? ', which vLLM does not list' : '; vLLM accepts other names only from a plugin';
  return [warning('unlisted-choice', origin, problem + others, fix)];
}

/** Whether vLLM accepts a value as it is. */
function isAccepted(value: string, flag: ReleasedFlag): boolean {
  const { choices, form, default: initial } = flag;
  if (flag.also.includes(value) || value === initial) return true;
  if (form !== undefined && choices.length === 0) return TEXT_FORMS[form].fits(value);
  if (form === 'level') return TEXT_FORMS[form].fits(value);
  return isChoice(value, flag);
}

/** A name that only a Python package can add: the image of vLLM has none, one of your own may have it. */
function needsPackage(origin: string, problem: string, fix: string, { ownImage }: Context): Finding {
  if (!ownImage) {
    const own = 'use an image of your own with the package that adds it: VllmVersion.of(version, { repository })';
    return error('unknown-choice', origin, problem, `${fix}, or ${own}`);
  }
  const unlisted = `${problem}; vLLM accepts other names only from a package in the image`;
  return warning('unlisted-choice', origin, unlisted, fix);
}

/** A list of values and how they compare. */
export interface Choices {
  readonly choices: readonly string[];
  readonly fold: Fold;
  readonly allChoices?: Words;
}

/** Whether a value is one of the choices; true when there are none. */
export function isChoice(value: string, { choices, fold }: Choices): boolean {
  return choices.length === 0 || choices.some((choice) => sameChoice(choice, value, fold));
}

function sameChoice(a: string, b: string, fold: Fold): boolean {
  const folded = (text: string) => {
    if (fold === false) return text;
    return fold === 'case' ? text.toLowerCase() : text.toLowerCase().replaceAll('-', '_');
  };
  return folded(a) === folded(b);
}

/** Why a value is not one of the choices of a release, and what to do. `is` is the sentence with the value. */
export function explain(
  is: string,
  value: string,
  { choices, allChoices }: Choices,
  release: Release,
): { problem: string; fix: string } {
  const span = spanOfWord(allChoices, value);
  const allowed = `give one of ${choicesFor(value, choices)}`;
  if (span === undefined) {
    // A number is not a misspelling of another number.
    const hint = /^\d+$/.test(value) ? '' : didYouMean(value, choices);
    return { problem: is + hint, fix: allowed };
  }
  const reason = absence(span, release);
  const fix = reason.comesIn === undefined ? allowed : `raise vllmVersion to ${reason.comesIn} or later, or ${allowed}`;
  return { problem: `${is}, which ${whenItExists(reason)}, and the pinned version is ${release.text}`, fix };
}
