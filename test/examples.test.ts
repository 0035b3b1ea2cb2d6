import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import { goldenOf } from './support/golden';

const folder = join(__dirname, '../examples');
const examples = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

interface Program {
  readonly build: () => App;
  /** Kinds that the golden shows; all by default. */
  readonly reviewed?: string[];
}

const programOf = async (example: string): Promise<Program> => (await import(join(folder, example, 'main'))) as Program;

describe.each(examples.map(({ name }) => name))('example %s', (example) => {
  test('emits what was reviewed', async () => {
    const { build, reviewed } = await programOf(example);
    expect(goldenOf(build(), { brief: true, reviewed })).toMatchSnapshot();
  });

  test('has no open warnings', async () => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    (await programOf(example)).build();
    expect(write.mock.calls).toEqual([]);
    write.mockRestore();
  });
});
