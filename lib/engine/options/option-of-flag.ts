import type { FlagName } from '../catalogue/flag-name';
import { OPTIONS } from './option-table';

const OPTION_OF_FLAG = new Map(Object.entries(OPTIONS).map(([option, { flag }]) => [flag, `engine.${option}`]));

/** The property for a flag, or the flag itself where it has none. */
export function optionOf(flag: FlagName): string {
  return OPTION_OF_FLAG.get(flag) ?? flag;
}
