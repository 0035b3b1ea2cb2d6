import { REFUSED } from '../../../support/refused-overrides';
import { refusalOf } from '../../../support/stack';

test.each(REFUSED.map(({ title, overrides, line }) => [title, overrides, line] as const))(
  'refuses %s, with one finding',
  (_, podTemplateOverrides, line) => {
    const lines = refusalOf({ podTemplateOverrides })
      .split('\n')
      .filter((each) => each.startsWith('  - '));
    expect(lines).toEqual([expect.stringContaining(line)]);
    expect(lines[0]).toContain('  - podTemplateOverrides.');
  },
);
