import { readFileSync } from 'node:fs';
import { PAGE, upToDate } from '../../scripts/models-page';

it('the list of known models is up to date', () => {
  const page = readFileSync(PAGE, 'utf8');
  expect(upToDate(page)).toBe(page);
});
