import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Arrows } from '../../scripts/rooms';
import { arrowsOf, drawing, fileOf, floorsOf, upToDate, withoutDetours } from '../../scripts/rooms';

const house = (rooms: Readonly<Record<string, string[]>>): Arrows =>
  new Map(Object.entries(rooms).map(([room, targets]) => [room, new Set(targets)]));

const THREE = house({ stack: ['plan', 'base'], plan: ['base'], base: [] });

describe('arrowsOf', () => {
  const lib = mkdtempSync(join(tmpdir(), 'cdk8s-vllm-'));
  afterAll(() => rmSync(lib, { recursive: true }));

  test('reads imports, re-exports and what is loaded on first use', () => {
    const files = {
      'a/one.ts': "import type { B } from '../b/two';\nexport { c } from '../c/three';\nimport fs from 'node:fs';\n",
      'a/deep/four.ts': "const d = () => require('../../d/five');\nimport { one } from '../one';\n",
      'b/two.ts': "import type { Generated } from '../../imports/keda';\n",
      'index.ts': "export * from './a/one';\n",
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(lib, name)), { recursive: true });
      writeFileSync(join(lib, name), text);
    }
    const arrows = arrowsOf(lib);
    expect([...arrows.keys()]).toEqual(['a', 'b']);
    expect([...(arrows.get('a') ?? [])].sort()).toEqual(['b', 'c', 'd']);
    expect([...(arrows.get('b') ?? [])]).toEqual([]);
  });
});

test('no file of lib/ imports itself over others', () => {
  const files = arrowsOf(join(__dirname, '../../lib'), fileOf);
  expect(files.size).toBeGreaterThan(100);
  expect(() => floorsOf(files)).not.toThrow();
});

describe('floorsOf', () => {
  test('puts each folder above all that it imports', () => {
    expect(Object.fromEntries(floorsOf(THREE))).toEqual({ base: 0, plan: 1, stack: 2 });
  });

  test('refuses a circle of imports, and names it', () => {
    expect(() => floorsOf(house({ a: ['b'], b: ['c'], c: ['a'] }))).toThrow('a → b → c → a');
  });
});

test('an arrow with a longer path is not drawn', () => {
  expect(Object.fromEntries(withoutDetours(THREE))).toEqual({ stack: ['plan'], plan: ['base'], base: [] });
});

test('the drawing begins with the top floor', () => {
  expect(drawing(THREE).split('\n')).toEqual([
    '```mermaid',
    'flowchart TD',
    '  stack --> plan',
    '  plan --> base',
    '```',
  ]);
});

describe('upToDate', () => {
  test('replaces the drawing of a page, and keeps the rest', () => {
    const page = 'a\n<!-- rooms: written by npm run rooms -->\nold\n<!-- end -->\nb\n';
    const written = upToDate(page, THREE);
    expect(written).toContain('stack --> plan');
    expect(written).not.toContain('old');
    expect(written).toMatch(/^a\n[^]*<!-- end -->\nb\n$/);
    expect(upToDate(written, THREE)).toBe(written);
  });

  test('fails for a page without the markers', () => {
    expect(() => upToDate('text', THREE)).toThrow('<!-- rooms');
  });
});
