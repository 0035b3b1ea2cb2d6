import { insert, table } from '../../scripts/markdown';

test('a table is padded as Prettier does', () => {
  expect(
    table([
      ['a', 'in'],
      ['`/v1`', '0.8'],
    ]),
  ).toBe('| a     | in  |\n| ----- | --- |\n| `/v1` | 0.8 |');
});

test('text outside the markers is kept', () => {
  const page = 'before\n<!-- x: written by npm run routes -->\nold\n<!-- end -->\nafter\n';
  expect(insert(page, 'x', 'npm run routes', 'new')).toBe(
    'before\n<!-- x: written by npm run routes -->\n\nnew\n\n<!-- end -->\nafter\n',
  );
});

test('fails on a page without the marker', () => {
  expect(() => insert('nothing', 'x', 'npm run routes', 'new')).toThrow(
    '<!-- x: written by npm run routes --> with <!-- end -->',
  );
});
