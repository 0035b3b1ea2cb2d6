/**
 * Draws which folder of lib/ imports which into docs/architecture.md:
 *
 *     npm run rooms               # writes the drawing
 *     npm run rooms -- --check    # changes nothing; fails when it is out of date
 *
 * It also fails when imports go around in a circle, between folders or between files.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { readGenerated, writeGenerated } from './generated';

/** The folders that each folder imports. */
export type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

const IMPORT = /(?:from|require\()\s*'(\.[^']+)'/g;

/** The folder of lib/ to which a file belongs; undefined for the files beside the folders. */
function roomOf(lib: string, file: string): string | undefined {
  const parts = relative(lib, file).split(/[\\/]/);
  return parts.length > 1 && parts[0] !== '..' ? parts[0] : undefined;
}

/** The file itself, without its extension: its imports go around in no circle either. */
export const fileOf = (lib: string, file: string): string => relative(lib, file).replace(/\.ts$/, '');

/** Reads the imports of all files, loaded on first use or not, of types or of values. */
export function arrowsOf(lib: string, nodeOf: (lib: string, file: string) => string | undefined = roomOf): Arrows {
  const arrows = new Map<string, Set<string>>();
  for (const name of readdirSync(lib, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = join(lib, name);
    const from = nodeOf(lib, file);
    if (!name.endsWith('.ts') || from === undefined) continue;
    const targets = arrows.get(from) ?? new Set<string>();
    arrows.set(from, targets);
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const to = nodeOf(lib, resolve(dirname(file), path));
      if (to !== undefined && to !== from) targets.add(to);
    }
  }
  return arrows;
}

/** The floor of each folder: one above the highest that it imports. Throws when imports go around in a circle. */
export function floorsOf(arrows: Arrows): Map<string, number> {
  const floors = new Map<string, number>();
  const visit = (room: string, path: readonly string[]): number => {
    if (path.includes(room)) throw new Error(`imports go around in a circle: ${[...path, room].join(' → ')}`);
    const known = floors.get(room);
    if (known !== undefined) return known;
    const below = [...(arrows.get(room) ?? [])].map((each) => visit(each, [...path, room]));
    const floor = Math.max(-1, ...below) + 1;
    floors.set(room, floor);
    return floor;
  };
  for (const room of arrows.keys()) visit(room, []);
  return floors;
}

/** The arrows without a longer path to the same room. Only these are drawn, since all arrows would hide the order. */
export function withoutDetours(arrows: Arrows): Map<string, string[]> {
  const reaches = (from: string, to: string): boolean =>
    [...(arrows.get(from) ?? [])].some((next) => next === to || reaches(next, to));
  return new Map(
    [...arrows].map(([from, targets]) => [
      from,
      [...targets].filter((to) => ![...targets].some((other) => other !== to && reaches(other, to))).sort(),
    ]),
  );
}

/** The drawing as Mermaid, top floor first. */
export function drawing(arrows: Arrows): string {
  const floors = floorsOf(arrows);
  const shown = withoutDetours(arrows);
  const rooms = [...arrows.keys()].sort((a, b) => (floors.get(b) ?? 0) - (floors.get(a) ?? 0) || (a < b ? -1 : 1));
  const lines = rooms.flatMap((room) => {
    const targets = shown.get(room) ?? [];
    return targets.length > 0 ? [`  ${room} --> ${targets.join(' & ')}`] : [];
  });
  return ['```mermaid', 'flowchart TD', ...lines, '```'].join('\n');
}

const BEGIN = '<!-- rooms: written by npm run rooms -->';
const END = '<!-- end -->';

/** The page with the current drawing. */
export function upToDate(page: string, arrows: Arrows): string {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error(`the page has no ${BEGIN} with ${END} after it`);
  return `${page.slice(0, from)}${BEGIN}\n\n${drawing(arrows)}\n\n${page.slice(to)}`;
}

if (require.main === module) {
  const file = 'docs/architecture.md';
  writeGenerated(file, upToDate(readGenerated(file), arrowsOf(resolve(__dirname, '../lib'))), 'npm run rooms');
}
