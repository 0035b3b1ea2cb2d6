/**
 * Writes docs/findings.md, one heading for each id, from the register of findings:
 *
 *     npm run findings               # writes it
 *     npm run findings -- --check    # changes nothing; fails when it is out of date
 */
import { REGISTER } from '../lib/preflight/register';
import type { Section } from '../lib/preflight/register/section';
import { writeGenerated } from './generated';

const HEAD = `<!-- Written by npm run findings from lib/preflight/register. Do not edit. -->

# Findings

A message of a check ends with an id in brackets, such as \`[cpu-limit]\`. This page has all ids. The message itself has the value and the fix. [Preflight](preflight.md) explains severities and acknowledgements.`;

/** An id of a section, with all its severities. */
export interface Entry {
  readonly id: string;
  readonly severities: readonly string[];
  readonly meaning: string;
}

/** The ids of a section, sorted. */
export function entriesOf({ errors = {}, warnings = {}, notices = {} }: Section): Entry[] {
  const lists = { error: errors, warning: warnings, notice: notices };
  const meanings = { ...notices, ...warnings, ...errors };
  return Object.entries(meanings)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, meaning]) => {
      const severities = Object.entries(lists).filter(([, list]) => Object.hasOwn(list, id));
      return { id, severities: severities.map(([severity]) => severity), meaning };
    });
}

/** An id with a variable part has a `<`, which would start an HTML tag. */
const heading = (id: string): string => `### ${id.replaceAll('<', '\\<')}`;

const entryText = ({ id, severities, meaning }: Entry): string =>
  `${heading(id)}\n\nSeverity: ${severities.join(' or ')}. ${meaning}`;

const sectionText = (section: Section): string =>
  [`## ${section.title}`, `See [${section.docs}](${section.docs}).`, ...entriesOf(section).map(entryText)].join('\n\n');

/** The page of all findings. */
export const findingsPage = (sections: readonly Section[]): string =>
  `${[HEAD, ...sections.map(sectionText)].join('\n\n')}\n`;

if (require.main === module) writeGenerated('docs/findings.md', findingsPage(REGISTER), 'npm run findings');
