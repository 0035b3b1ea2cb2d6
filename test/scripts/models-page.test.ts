import { readGenerated } from '../../scripts/generated';
import { PAGE, upToDate } from '../../scripts/models-page';

it('the list of known models is up to date', () => {
  const page = readGenerated(PAGE);
  expect(upToDate(page)).toBe(page);
});
