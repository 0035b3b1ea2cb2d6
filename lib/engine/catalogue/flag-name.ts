import type { FLAGS } from './data/flags';

/**
 * The full name of a flag in any release of the tables: a misspelt one does not compile. Other spellings are not names; what
 * a user wrote is a plain string until the catalogue knows it.
 */
export type FlagName = (typeof FLAGS)[number]['name'];
