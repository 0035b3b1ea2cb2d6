/**
 * Writes the table of known models into lib/model/data/, and what tests compare it with into test/model/data/, from a
 * folder with facts:
 *
 *     npm run models -- ../shared/facts             # writes them
 *     npm run models -- ../shared/facts --check     # changes nothing; fails when they are out of date
 *
 * Shapes are shared by checkpoints. Both tables are text with one row in a line, so a program parses only the row of its
 * model.
 */
import { readFacts, writeGenerated } from './generated';
import type { CheckpointFacts } from './models/checkpoint-facts';
import { expectations } from './models/expectations';
import { checkpointRow, COLUMNS, shapeRow } from './models/rows';

/** The files with their contents. */
export function modelFiles(facts: readonly CheckpointFacts[]): Map<string, string> {
  const shapes = new Map<string, number>();
  const numberOf = (row: object | undefined): number | undefined => {
    if (row === undefined) return undefined;
    const text = JSON.stringify(row);
    const known = shapes.get(text) ?? shapes.size;
    shapes.set(text, known);
    return known;
  };
  const rows = facts.map((each) => checkpointRow(each, numberOf(shapeRow(each))));
  const table = (name: string, what: string, lines: readonly string[]) =>
    `/** ${what} Written by \`npm run models\`. */\nexport const ${name} = \`\n${lines.join('\n')}\n\`;\n`;
  const checkpoints = `Checkpoints: ${COLUMNS.join('|')}. Sizes are in MiB, and ">" is a lower bound.`;
  return new Map([
    ['lib/model/data/checkpoints.ts', table('CHECKPOINTS', checkpoints, rows)],
    ['lib/model/data/shapes.ts', table('SHAPES', 'Shapes of checkpoints, by their line.', [...shapes.keys()])],
    ['test/model/data/expected-models.ts', expectations(facts)],
  ]);
}

if (require.main === module) {
  const command = 'npm run models';
  const files = modelFiles(readFacts<CheckpointFacts[]>('models.json', command));
  for (const [file, content] of files) writeGenerated(file, content, command);
}
