import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import { goldenOf } from './support/golden';

const folder = join(__dirname, '../examples');
const examples = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

async function build(example: string): Promise<App> {
  const program = (await import(join(folder, example, 'main'))) as { build: () => App };
  return program.build();
}

describe.each(examples.map(({ name }) => name))('example %s', (example) => {
  test('emits what was reviewed', async () => {
    expect(goldenOf(await build(example), { brief: true })).toMatchSnapshot();
  });

  test('has no open warnings', async () => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    await build(example);
    expect(write.mock.calls).toEqual([]);
    write.mockRestore();
  });
});
