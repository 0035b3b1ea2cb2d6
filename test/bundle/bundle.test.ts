import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import { bundle, filesOf, temporaryFolder } from '../support/bundle';

/** Together they use most public classes, and the parts of the library that are loaded on first use. */
const PROGRAMS = ['main.ts', 'examples/production/main.ts', 'examples/gpu-device-plugin/main.ts'];

describe.each(PROGRAMS)('%s, bundled by esbuild', (program) => {
  const folder = temporaryFolder();

  /** Output of the program when it runs as users run it. */
  function synthesised(minify: boolean): Record<string, string> {
    const outdir = join(folder, `dist-${minify}`);
    const file = bundle(program, folder, { minify });
    execFileSync(process.execPath, [file], { cwd: folder, env: { ...process.env, CDK8S_OUTDIR: outdir } });
    return filesOf(outdir);
  }

  /** Its output without a bundle. */
  async function expected(): Promise<Record<string, string>> {
    const outdir = join(folder, 'dist');
    const { build } = (await import(join(__dirname, '../..', program))) as { build: (outdir: string) => App };
    build(outdir).synth();
    return filesOf(outdir);
  }

  it.each([
    ['not minified', false],
    ['minified', true],
  ])('synthesises the same YAML, %s', async (_, minify) => {
    const files = await expected();
    expect(Object.keys(files)).toHaveLength(1);
    expect(synthesised(minify)).toEqual(files);
  });
});
