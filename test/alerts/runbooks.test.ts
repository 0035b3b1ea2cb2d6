import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ALERT_ROWS, OBJECTIVE_ALERTS } from '../../lib/alerts/catalogue/alert-catalogue';
import { PLATFORM_ALERTS, type RunbookFacts, upToDate } from '../../scripts/runbook-index';
import { factsOf } from './runbook-facts';

const FOLDER = resolve(__dirname, '../../docs/runbooks');
const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');

const ROWS: readonly RunbookFacts[] = [...ALERT_ROWS, ...PLATFORM_ALERTS];
const NAMES = [...ROWS.map(({ name }) => name), ...OBJECTIVE_ALERTS.keys()];
const HEADINGS = ['## Impact', '## First look', '## Causes and fixes', '## False alarms'];

/** The anchors that GitHub makes from headings. */
const anchorsOf = (content: string): string[] =>
  [...content.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The alerts of all tables of the index, as links. */
const INDEX = read('README.md')
  .split('\n')
  .flatMap((line) => /^\| (\[\w+\]\(\w+\.md\))/.exec(line)?.[1] ?? []);

test('each alert has a page, and each page has an alert', () => {
  expect(readdirSync(FOLDER).sort()).toEqual([...NAMES.map((name) => `${name}.md`), 'README.md'].sort());
});

test('the index lists each alert once', () => {
  expect(INDEX.sort()).toEqual(NAMES.map((name) => `[${name}](${name}.md)`).sort());
});

test('the index is up to date', () => {
  expect(upToDate(read('README.md'))).toBe(read('README.md'));
});

describe.each(NAMES)('the page of %s', (name) => {
  const page = read(`${name}.md`);

  it('has the name of the alert and every heading', () => {
    expect(page.split('\n').filter((line) => line.startsWith('#'))).toEqual([`# ${name}`, ...HEADINGS]);
  });

  it('has commands and queries', () => {
    expect(page).toMatch(/```sh\nkubectl /);
    expect(page).toMatch(/```promql\n\S/);
  });

  it('links only to pages and headings that exist', () => {
    const links = [...page.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link = '']) => link);
    const dead = links.filter((link) => {
      const [file = '', anchor] = link.split('#');
      return !existsSync(join(FOLDER, file)) || (anchor !== undefined && !anchorsOf(read(file)).includes(anchor));
    });
    expect(dead).toEqual([]);
  });
});

test.each(ROWS)('the page of $name has its severity, time and threshold', (row) => {
  expect(read(`${row.name}.md`)).toContain(`\n${factsOf(row)}\n`);
});
