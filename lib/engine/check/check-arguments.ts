import type { Finding } from '../../preflight/finding';
import { warning } from '../../preflight/finding';
import type { Argument } from '../command-line/arguments';
import type { Catalogue } from '../catalogue/catalogue';
import type { KnownArgument } from './context';
import { checkDotted } from './dotted';
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
  const plugins = { hasParserPlugin: hasParserPlugin(known), loadFormat: loadFormat(known) };
  const context = { catalogue, set, ownImage, servedNames, ...plugins };
  return [
    ...unknown.map((argument) => unknownFlag(argument, catalogue)),
    ...known.flatMap((argument) => [...checkValues(argument, context), ...checkDeprecated(argument)]),
    ...checkDotted(known, context),
    ...checkRepeats(known),
  ];
}

/** A plugin of a flag of its own, or of a key of a JSON flag in any spelling. */
const hasParserPlugin = (known: readonly KnownArgument[]): boolean =>
  known.some(({ flag, values }) => /reasoning[-_]parser[-_]plugin/.test([flag, ...values].join(' ')));

/** Lower-cased, as the validator of vllm/config/load.py does. */
const loadFormat = (known: readonly KnownArgument[]): string =>
  known.findLast(({ spelled }) => spelled.flag.name === '--load-format')?.values[0]?.toLowerCase() ?? 'auto';

function checkDeprecated({ origin, spelled }: KnownArgument): Finding[] {
  const { name, deprecated, replacedBy } = spelled.flag;
  if (deprecated === undefined) return [];
  const fix = replacedBy === undefined ? 'remove it before a later vLLM refuses it' : `use ${replacedBy}`;
  return [warning('deprecated-flag', origin, `${name} is deprecated since vLLM ${deprecated}`, fix)];
}
