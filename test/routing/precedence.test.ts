import { covers, coversHostname, isNarrower, overlap, preferred } from '../../lib/routing/match/precedence';
import type { RouteMatch } from '../../lib/routing/match/route-match';
import { headerMatches, pathMatch } from '../../lib/routing/match/route-match';

const exact = (path: string, headers: Record<string, string> = {}, method?: string): RouteMatch => ({
  path: pathMatch(path),
  headers: headerMatches({ headers }),
  method,
});
const prefix = (value: string, headers: Record<string, string> = {}): RouteMatch => ({
  ...exact('/', headers),
  path: { type: 'PathPrefix', value },
});
const below = (contentLengthBelow: number): RouteMatch => ({
  path: pathMatch('/a'),
  headers: headerMatches({ contentLengthBelow }),
  method: undefined,
});

describe('two matches', () => {
  test.each<[title: string, one: RouteMatch, other: RouteMatch, overlaps: boolean]>([
    ['with one path', exact('/a'), exact('/a'), true],
    ['with two paths', exact('/a'), exact('/b'), false],
    ['with a path and a prefix of it', exact('/a/b'), prefix('/a'), true],
    ['with a path and a prefix that ends inside of a segment', exact('/ab'), prefix('/a'), false],
    ['with a prefix and itself as a path', exact('/a'), prefix('/a/'), true],
    ['with two prefixes, one below the other', prefix('/a'), prefix('/a/b'), true],
    ['with two values of one header', exact('/a', { x: '1' }), exact('/a', { X: '2' }), false],
    [
      'with one value of a header, in two spellings of its name',
      exact('/a', { x: '1' }),
      exact('/a', { X: '1' }),
      true,
    ],
    ['with two headers', exact('/a', { x: '1' }), exact('/a', { y: '1' }), true],
    ['with two methods', exact('/a', {}, 'GET'), exact('/a', {}, 'POST'), false],
    ['with a method and any', exact('/a', {}, 'GET'), exact('/a'), true],
    ['with two lengths', below(1000), below(10_000), true],
    ['with a length and a value below it', below(1000), exact('/a', { 'content-length': '999' }), true],
    ['with a length and a value above it', below(1000), exact('/a', { 'content-length': '1000' }), false],
  ])('%s: some request fits both, or none', (_, one, other, overlaps) => {
    expect(overlap(one, other)).toBe(overlaps);
    expect(overlap(other, one)).toBe(overlaps);
  });

  test.each<[title: string, outer: RouteMatch, inner: RouteMatch, isCovered: boolean]>([
    ['a path covers itself', exact('/a'), exact('/a'), true],
    ['a path covers itself with a header', exact('/a'), exact('/a', { x: '1' }), true],
    ['a header does not cover any', exact('/a', { x: '1' }), exact('/a'), false],
    ['a prefix covers a path', prefix('/a'), exact('/a/b'), true],
    ['a path does not cover a prefix', exact('/a'), prefix('/a'), false],
    ['a large length covers a small one', below(10_000), below(1000), true],
    ['a small length does not cover a large one', below(1000), below(10_000), false],
    ['any method covers one', exact('/a'), exact('/a', {}, 'GET'), true],
    ['one method does not cover any', exact('/a', {}, 'GET'), exact('/a'), false],
  ])('%s', (_, outer, inner, isCovered) => {
    expect(covers(outer, inner)).toBe(isCovered);
  });

  test.each<[winner: RouteMatch, loser: RouteMatch, reason: string]>([
    [exact('/a'), prefix('/a', { x: '1', y: '2' }), 'an exact path'],
    [prefix('/a/b'), prefix('/a', { x: '1' }), 'a longer path'],
    [exact('/a', {}, 'GET'), exact('/a', { x: '1', y: '2' }), 'a method'],
    [exact('/a', { x: '1', y: '2' }), exact('/a', { z: '1' }), 'more headers'],
  ])('prefer %j over %j for %s', (winner, loser, reason) => {
    expect(preferred(winner, loser)).toBe(reason);
    expect(preferred(loser, winner)).toBeUndefined();
  });

  test('with as many headers each are equal', () => {
    expect(preferred(exact('/a', { x: '1' }), exact('/a', { y: '1' }))).toBeUndefined();
    expect(preferred(exact('/a', { y: '1' }), exact('/a', { x: '1' }))).toBeUndefined();
  });
});

describe('a hostname', () => {
  test.each<[outer: string | undefined, inner: string | undefined, isCovered: boolean]>([
    ['a.b.c', 'a.b.c', true],
    ['a.b.c', 'b.b.c', false],
    ['*.b.c', 'a.b.c', true],
    ['*.b.c', 'x.a.b.c', true],
    ['*.b.c', 'b.c', false],
    ['*.b.c', '*.a.b.c', true],
    ['*.a.b.c', '*.b.c', false],
    [undefined, 'a.b.c', true],
    ['a.b.c', undefined, false],
    [undefined, undefined, true],
  ])('%j covers %j: %j', (outer, inner, isCovered) => {
    expect(coversHostname(outer, inner)).toBe(isCovered);
    expect(isNarrower(inner, outer)).toBe(isCovered && inner !== outer);
  });
});
