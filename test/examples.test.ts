import { join } from 'node:path';
import type { App } from 'cdk8s';
import { EXAMPLE_NAMES, EXAMPLES_FOLDER } from './support/examples';
import { goldenOf } from './support/golden';

async function build(example: string): Promise<App> {
  const program = (await import(join(EXAMPLES_FOLDER, example, 'main'))) as { build: () => App };
  return program.build();
}

describe.each(EXAMPLE_NAMES)('example %s', (example) => {
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
