import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DELIVERY } from '../../../lib/preflight/register/delivery';
import type { Section } from '../../../lib/preflight/register/section';

const FOLDER = resolve(__dirname, '..');

/** The tests of this folder. A message has the id of its finding. */
const TESTED = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(FOLDER, file), 'utf8'))
  .join('\n');

const IDS = (DELIVERY as readonly Section[]).flatMap(({ errors, warnings, notices }) =>
  [errors, warnings, notices].flatMap((each) => Object.keys(each ?? {})),
);

it.each(IDS)('%s is tested', (id) => {
  expect(new RegExp(`[^-a-z]${id}[^-a-z]`).test(TESTED)).toBe(true);
});
