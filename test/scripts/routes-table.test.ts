import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openRoutes, openTable, ranges, switchList, switchOf, upToDate } from '../../scripts/routes-table';
import type { ReleasedRoute } from '../../lib/engine/catalogue/released';

const route = (path: string, when = 'always', guarded = false): ReleasedRoute => ({
  method: 'GET',
  path,
  when,
  newestWhen: when,
  guarded,
});

const ROUTES = new Map([
  ['0.9', [route('/health'), route('/score'), route('/v1/models', 'always', true), route('/sleep', 'env VLLM_DEV=1')]],
  ['0.10', [route('/health'), route('/ping'), route('/score', 'pooling model'), route('/sleep', 'env VLLM_DEV=1')]],
  [
    '0.11',
    [route('/health'), route('/ping'), route('/score', 'always', true), route('/wake', 'pooling + env VLLM_DEV=1')],
  ],
]);

describe('ranges', () => {
  const all = ['0.8', '0.9', '0.10', '0.11', '0.12'];

  test('joins minors that follow one another', () => {
    expect(ranges(['0.8', '0.9', '0.10', '0.12'], all)).toBe('0.8 to 0.10, 0.12');
  });

  test('orders minors as versions, not as text', () => {
    expect(ranges(['0.10', '0.9'], all)).toBe('0.9 to 0.10');
  });
});

describe('openRoutes', () => {
  test('leaves out guarded routes', () => {
    expect(openRoutes(ROUTES).flatMap(({ paths }) => paths)).not.toContain('/v1/models');
  });

  test('has a row for each condition of a route', () => {
    const score = openRoutes(ROUTES).filter(({ paths }) => paths.includes('/score'));
    expect(score.map(({ when, minors }) => [when, minors])).toEqual([
      ['always', ['0.9']],
      ['pooling model', ['0.10']],
    ]);
  });

  test('joins routes with the same minors and condition', () => {
    const alike = new Map([['0.8', [route('/b'), route('/a'), { ...route('/a'), method: 'POST' as const }]]]);
    expect(openRoutes(alike)).toEqual([{ paths: ['/a', '/b'], minors: ['0.8'], when: 'always' }]);
  });
});

describe('switchOf', () => {
  test.each([
    ['always', undefined],
    ['generation model', undefined],
    ['unless --disable-fastapi-docs', undefined],
    ['generation model + --tokens-only', '--tokens-only'],
    ['supervisor port (--multi-port)', '--multi-port'],
    ['env VLLM_A or VLLM_B', 'VLLM_A` or `VLLM_B'],
  ])('of "%s" is %s', (when, name) => {
    expect(switchOf(when)).toBe(name);
  });
});

describe('the page', () => {
  test('has the routes of the newest minor first', () => {
    const [, , ...rows] = openTable(ROUTES).split('\n');
    expect(
      rows.map((row) =>
        row
          .split('|')
          .slice(1, 4)
          .map((cell) => cell.trim()),
      ),
    ).toEqual([
      ['`/health`', '0.9 to 0.11', 'always'],
      ['`/ping`', '0.10 to 0.11', 'always'],
      ['`/score`', '0.9', 'always'],
      ['`/score`', '0.10', 'pooling model'],
    ]);
  });

  test('lists the routes of a flag once, whatever else they need', () => {
    expect(switchList(ROUTES)).toBe('- `VLLM_DEV=1`: `/sleep`, `/wake`');
  });

  test('docs/security.md is up to date', () => {
    const page = readFileSync(resolve(__dirname, '../../docs/security.md'), 'utf8');
    expect(upToDate(page)).toBe(page);
  });
});
