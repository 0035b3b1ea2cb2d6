import type { Finding } from '../../preflight/finding';
import { warning } from '../../preflight/finding';
import type { Argument } from '../command-line/arguments';
import type { Catalogue } from '../catalogue/catalogue';
import type { KnownArgument } from './context';
import { checkRepeats } from './repeats';
import { unknownFlag } from './unknown-flag';
import { checkValues } from './values';

/**
 * Checks arguments against what the parser of the pinned release accepts. An image that is not vLLM's own may have
 * packages that add names.
 */
export function checkArguments(args: readonly Argument[], catalogue: Catalogue, ownImage = false): Finding[] {
  const known = args.flatMap((argument): KnownArgument[] => {
    const spelled = catalogue.flag(argument.flag);
    return spelled ? [{ ...argument, spelled }] : [];
  });
  const unknown = args.filter(({ flag }) => catalogue.flag(flag) === undefined);
  const served = known.filter(({ spelled }) => spelled.flag.name === '--served-model-name');
  const servedNames = served.flatMap(({ values }) => values);
  const set = new Set(known.map(({ spelled }) => spelled.flag.name));
  return [
    ...unknown.map((argument) => unknownFlag(argument, catalogue)),
    ...known.flatMap((argument) => [
      ...checkValues(argument, { catalogue, set, ownImage, servedNames }),
      ...checkDeprecated(argument),
    ]),
    ...checkRepeats(known),
  ];
}

function checkDeprecated({ origin, spelled }: KnownArgument): Finding[] {
  const { name, deprecated, replacedBy } = spelled.flag;
  if (deprecated === undefined) return [];
  const fix = replacedBy === undefined ? 'remove it before a later vLLM refuses it' : `use ${replacedBy}`;
  return [warning('deprecated-flag', origin, `${name} is deprecated since vLLM ${deprecated}`, fix)];
}
