import type { Model } from '../../model/model';
import { recommendedFlags, servingOf } from '../../model/serving';
import type { Catalogue } from '../catalogue/catalogue';
import type { EngineFacts } from '../facts/engine-facts';
import type { Argument } from './arguments';

/** Where arguments of a recipe come from, in messages. */
export const RECOMMENDED = 'Model.recommended';

/** The switch that a `--no-` form turns off. */
const positive = (flag: string): string => flag.replace(/^--no-/, '--');

/** What the recipe of a `Model.recommended` sets where the user set nothing. */
export function recommendedArguments(model: Model, set: EngineFacts, catalogue: Catalogue): Argument[] {
  const serving = model._recommended ? servingOf(model.id) : undefined;
  if (serving === undefined) return [];
  // Off is the flag's absence, so it is not among those that are set.
  const refused = model.options.trustRemoteCode === false ? ['--trust-remote-code'] : [];
  // A key of a JSON flag that the user set belongs to the user, whole.
  const isSet = (flag: string): boolean => {
    const [name = ''] = positive(flag).split('.');
    const known = catalogue.flag(name)?.flag.name ?? name;
    return set.flags.some((each) => each === known) || refused.includes(name);
  };
  return recommendedFlags(serving)
    .filter(([flag]) => !isSet(flag))
    .map(([flag, value]) => ({
      origin: RECOMMENDED,
      flag,
      values: value === undefined ? [] : [value],
      isDefault: true,
    }));
}
