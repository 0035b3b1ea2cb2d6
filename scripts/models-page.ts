/**
 * Writes the list of known models into docs/models.md, from the table:
 *
 *     npm run models:page               # writes it
 *     npm run models:page -- --check    # changes nothing; fails when it is out of date
 */
import { knownIds, knownModel } from '../lib/model/known-models';
import { readGenerated, writeGenerated } from './generated';
import { insert } from './markdown';

const COMMAND = 'npm run models:page';
export const PAGE = 'docs/models.md';

const nameOf = (id: string): string => id.split('/').slice(1).join('/');

/** A line for each owner: the models whose shape is known. Copies in another format are counted only. */
export function modelList(): string {
  const owners = new Map<string, { names: string[]; copies: number }>();
  for (const id of knownIds()) {
    const model = knownModel(id);
    if (model?.shape === undefined) continue;
    const [owner = ''] = id.split('/');
    const row = owners.get(owner) ?? { names: [], copies: 0 };
    if (model.base === id) row.names.push(nameOf(id));
    else row.copies++;
    owners.set(owner, row);
  }
  const byOwner = [...owners].sort(([a], [b]) => a.localeCompare(b, 'en'));
  const lines = byOwner.map(([owner, { names, copies }]) => {
    const list = names.sort((a, b) => a.localeCompare(b, 'en')).map((name) => `\`${name}\``);
    if (copies > 0) list.push(copies === 1 ? 'a copy' : `${copies} copies`);
    return `- ${owner}: ${list.join(', ')}`;
  });
  return lines.join('\n');
}

/** The page with a current list. */
export const upToDate = (page: string): string => insert(page, 'known models', COMMAND, modelList());

if (require.main === module) writeGenerated(PAGE, upToDate(readGenerated(PAGE)), COMMAND);
