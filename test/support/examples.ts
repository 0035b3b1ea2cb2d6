import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the examples are. */
export const EXAMPLES_FOLDER = join(__dirname, '../../examples');

/** Names of the examples that are programs of the library: folders with a main.ts. Clients have none. */
export const EXAMPLE_NAMES: readonly string[] = readdirSync(EXAMPLES_FOLDER)
  .sort()
  .filter((name) => existsSync(join(EXAMPLES_FOLDER, name, 'main.ts')));
