import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import { didYouMean } from '../../preflight/nearest';
import type { Argument } from '../command-line/arguments';
import type { Catalogue } from '../catalogue/catalogue';
import { normalise } from '../catalogue/spellings';
import { missing } from './missing';

/** Explains a flag that the pinned release does not have under this full spelling. */
export function unknownFlag(argument: Argument, catalogue: Catalogue): Finding {
  const [name = ''] = normalise(argument.flag).split('.');
  const meant = abbreviated(name, catalogue);
  const reason = catalogue.missingFlag(argument.flag);
  if (reason) {
    const finding = missing('flag', argument.origin, argument.flag, reason, catalogue);
    const taken = meant.length === 1 ? `; vLLM's parser would read it as ${meant[0]}` : '';
    return { ...finding, problem: finding.problem + taken };
  }
  return (
    withoutKeys(argument, name, catalogue) ??
    withoutNegative(argument, name, catalogue) ??
    other(argument, name, meant, catalogue)
  );
}

/** The spellings that begin with this one: vLLM's parser accepts an unambiguous abbreviation of a flag. */
function abbreviated(name: string, catalogue: Catalogue): string[] {
  return /^--?[a-z]/i.test(name) ? catalogue.spellings().filter((each) => each.startsWith(name)) : [];
}

function withoutKeys({ origin, flag }: Argument, name: string, catalogue: Catalogue): Finding | undefined {
  if (name === flag || catalogue.flag(name) === undefined) return undefined;
  return error(
    'unknown-flag',
    origin,
    `${flag} has a key after the dot, and ${name} does not accept JSON`,
    `write ${name} and its value`,
  );
}

function withoutNegative({ origin, flag }: Argument, name: string, catalogue: Catalogue): Finding | undefined {
  const positive = catalogue.flag(name.replace(/^--no-/, '--'))?.flag;
  if (!name.startsWith('--no-') || positive === undefined) return undefined;
  const problem = `vLLM ${catalogue.release.text} has ${positive.name} without a --no- form`;
  return error('unknown-flag', origin, problem, `remove ${flag}`);
}

function other({ origin, flag }: Argument, name: string, meant: readonly string[], catalogue: Catalogue): Finding {
  if (meant.length === 0) {
    const problem = `vLLM ${catalogue.release.text} has no flag ${flag}${didYouMean(name, catalogue.spellings())}`;
    return error('unknown-flag', origin, problem, 'correct the name or remove it');
  }
  const [only = ''] = meant;
  const shown = meant.slice(0, 5).join(', ') + (meant.length > 5 ? `, ... (${meant.length} flags)` : '');
  const taken =
    meant.length === 1 ? `vLLM's parser would read it as ${only}` : `vLLM's parser cannot choose between ${shown}`;
  const fix = meant.length === 1 ? `write ${only}` : 'write the full name';
  return error('abbreviated-flag', origin, `${flag} is not the full name of a flag: ${taken}`, fix);
}
