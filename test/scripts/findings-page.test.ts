import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { REGISTER, REGISTERED_IDS } from '../../lib/preflight/register';
import { entriesOf, findingsPage } from '../../scripts/findings-page';

const SECTION = {
  title: 'Metrics',
  docs: 'observability.md#alerts',
  errors: { 'no-metrics': 'No metrics.', 'a-problem': 'A problem.' },
  warnings: { 'no-metrics': 'No metrics.' },
};

describe('the page of findings', () => {
  const page = readFileSync(resolve(__dirname, '../../docs/findings.md'), 'utf8');

  test('is up to date with npm run findings', () => {
    expect(page).toBe(findingsPage(REGISTER));
  });

  test('has one heading for each id', () => {
    const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading.replaceAll('\\', ''));
    expect(headings.toSorted()).toEqual([...REGISTERED_IDS].sort());
  });

  test('has no two headings with the same anchor', () => {
    const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading.toLowerCase().replaceAll(' ', '-'),
    );
    expect(anchors).toHaveLength(new Set(anchors).size);
  });

  test('sorts ids, and joins the severities of one', () => {
    expect(entriesOf(SECTION)).toEqual([
      { id: 'a-problem', severities: ['error'], meaning: 'A problem.' },
      { id: 'no-metrics', severities: ['error', 'warning'], meaning: 'No metrics.' },
    ]);
    expect(findingsPage([SECTION])).toContain('### no-metrics\n\nSeverity: error or warning. No metrics.');
  });

  test('escapes a variable part, which would be an HTML tag', () => {
    const warnings = { 'vllm-<version>-changes': 'Changes.' };
    expect(findingsPage([{ title: 'Version', docs: 'README.md', warnings }])).toContain(
      '### vllm-\\<version>-changes\n',
    );
  });
});
