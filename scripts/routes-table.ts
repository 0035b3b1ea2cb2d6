/**
 * Writes the tables of HTTP routes that the API key does not guard into docs/security.md, from the engine catalogue:
 *
 *     npm run routes               # writes them
 *     npm run routes -- --check    # changes nothing; fails when they are out of date
 */
import { Catalogue } from '../lib/engine/catalogue/catalogue';
import type { ReleasedRoute } from '../lib/engine/catalogue/released';
import { KNOWN_MINORS, lastPatchOf } from '../lib/engine/release';
import { readGenerated, writeGenerated } from './generated';
import { insert, table } from './markdown';

const COMMAND = 'npm run routes';

/** All routes of each minor, oldest first. */
export type RoutesByMinor = ReadonlyMap<string, readonly ReleasedRoute[]>;

/** Paths that are open in the same minors and under the same condition. */
export interface OpenRoutes {
  readonly paths: readonly string[];
  readonly minors: readonly string[];
  /** `always`, or a condition in words. */
  readonly when: string;
}

/** Some of all minors, in words: `0.8 to 0.10, 0.12`. */
export function ranges(minors: readonly string[], all: readonly string[]): string {
  const runs: string[][] = [];
  for (const minor of all.filter((each) => minors.includes(each))) {
    const run = runs.at(-1);
    if (run && run.at(-1) === all[all.indexOf(minor) - 1]) run.push(minor);
    else runs.push([minor]);
  }
  return runs.map((run) => (run.length === 1 ? run[0] : `${run[0]} to ${run.at(-1)}`)).join(', ');
}

/** Routes without a check of the API key, sorted by path; the methods of one path count as one route. */
export function openRoutes(routesByMinor: RoutesByMinor): OpenRoutes[] {
  const minorsOf = new Map<string, string[]>();
  for (const [minor, routes] of routesByMinor) {
    const open = routes.filter(({ guarded }) => !guarded).map(({ path, when }) => `${path}|${when}`);
    for (const route of new Set(open)) minorsOf.set(route, [...(minorsOf.get(route) ?? []), minor]);
  }
  const groups = new Map<string, OpenRoutes>();
  for (const [route, minors] of [...minorsOf].sort()) {
    const [path = '', when = ''] = route.split('|');
    const key = [when, ...minors].join();
    groups.set(key, { paths: [...(groups.get(key)?.paths ?? []), path], minors, when });
  }
  return [...groups.values()];
}

/** The flag or variable that turns routes on; undefined for routes that are on by default. */
export const switchOf = (when: string): string | undefined =>
  when.startsWith('unless') ? undefined : /(--[a-z]|VLLM_)[^)]*/.exec(when)?.[0].replaceAll(' or ', '` or `');

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

/** The table of routes that are open by default; those of the newest minor first. */
export function openTable(routesByMinor: RoutesByMinor): string {
  const all = [...routesByMinor.keys()];
  const isOpenNow = ({ minors }: OpenRoutes) => minors.at(-1) === all.at(-1);
  const open = openRoutes(routesByMinor).filter(({ when }) => switchOf(when) === undefined);
  const rows = [...open.filter(isOpenNow), ...open.filter((group) => !isOpenNow(group))];
  const cells = rows.map(({ paths, minors, when }) => [code(paths), ranges(minors, all), when]);
  return table([['route', 'open in', 'when'], ...cells]);
}

/** The list of flags and variables that open more routes, each with all routes that it opens in some minor. */
export function switchList(routesByMinor: RoutesByMinor): string {
  const opened = new Map<string, string[]>();
  for (const { paths, when } of openRoutes(routesByMinor)) {
    const name = switchOf(when);
    if (name !== undefined) opened.set(name, [...(opened.get(name) ?? []), ...paths]);
  }
  return [...opened]
    .sort()
    .map(([name, paths]) => `- \`${name}\`: ${code([...new Set(paths)].sort())}`)
    .join('\n');
}

/** The page with current tables. */
export function upToDate(page: string): string {
  const catalogues = KNOWN_MINORS.map(lastPatchOf).flatMap((release) => (release ? [Catalogue.of(release)] : []));
  const routes: RoutesByMinor = new Map(catalogues.map((each) => [each.minor, each.routes()]));
  const words = catalogues.map((each) => code(each.apiKeyPrefixes()));
  const minorsWith = (each: string) => KNOWN_MINORS.filter((_, index) => words[index] === each);
  const prefixes = [...new Set(words)].map((each) => [each, ranges(minorsWith(each), KNOWN_MINORS)]);
  const withPrefixes = insert(page, 'guarded prefixes', COMMAND, table([['guarded', 'in'], ...prefixes]));
  const withRoutes = insert(withPrefixes, 'open routes', COMMAND, openTable(routes));
  return insert(withRoutes, 'switches', COMMAND, switchList(routes));
}

if (require.main === module) {
  const file = 'docs/security.md';
  writeGenerated(file, upToDate(readGenerated(file)), COMMAND);
}
