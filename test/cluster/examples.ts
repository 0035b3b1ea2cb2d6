import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import type { Manifest } from './cluster';
import type { PodSecurity } from './sandbox';

export interface ExampleFile {
  /** Folder of the example; `main` for the program at the root. */
  readonly name: string;
  readonly file: string;
}

export interface Example {
  readonly manifests: readonly Manifest[];
  readonly podSecurity: PodSecurity;
}

/** What an example's main.ts exports. */
interface ExampleModule {
  readonly build: (outdir?: string) => App;
  /** The level that the example's namespaces enforce. Restricted when not said. */
  readonly podSecurity?: PodSecurity;
}

/** The main.ts of the project and of each folder under examples/. */
export function exampleFiles(root: string): ExampleFile[] {
  const folder = join(root, 'examples');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return [
    { name: 'main', file: join(root, 'main.ts') },
    ...names.map((name) => ({ name, file: join(folder, name, 'main.ts') })),
  ].filter(({ file }) => existsSync(file));
}

/** Every object of every chart of an example, in the order in which they are written. */
export async function synthesise({ file }: ExampleFile): Promise<Example> {
  const { build, podSecurity = 'restricted' } = (await import(file)) as ExampleModule;
  return { manifests: build().charts.flatMap((chart) => chart.toJson() as Manifest[]), podSecurity };
}
