/** The entry of a table by a key from outside. `constructor` and the like are keys of every object, and no entries. */
export const entryOf = <T>(table: Readonly<Partial<Record<string, T>>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
