import { join } from 'node:path';
import type { App } from 'cdk8s';
import { EXAMPLE_NAMES, EXAMPLES_FOLDER } from './support/examples';
import { goldenOf } from './support/golden';

interface Program {
  readonly build: () => App;
  /** What the golden shows: `Deployment`, or only one of them, `Deployment llama`. Everything by default. */
  readonly reviewed?: string[];
}

const programOf = async (example: string): Promise<Program> =>
  (await import(join(EXAMPLES_FOLDER, example, 'main'))) as Program;

describe.each(EXAMPLE_NAMES)('example %s', (example) => {
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
