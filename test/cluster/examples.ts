import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { App } from 'cdk8s';
import { parse } from 'yaml';
import type { Manifest } from './cluster';
import type { PodSecurity } from './sandbox';

export interface ExampleFile {
  /** Folder of the example; `main` for the program at the root. */
  readonly name: string;
  readonly file: string;
}

export interface Example {
  readonly manifests: readonly Manifest[];
  /** Objects of the APIs of gateways, which the server does not have. */
  readonly foreign: readonly Manifest[];
  readonly podSecurity: PodSecurity;
  /** Minimum minor, whose API has all kinds of the example; undefined for any. */
  readonly minKubernetes: string | undefined;
}

/** Exports of an example's main.ts. */
interface ExampleModule {
  readonly build: (outdir?: string) => App;
  /** Pod Security level of the example's namespaces. Default: restricted. */
  readonly podSecurity?: PodSecurity;
  /** Minimum minor, which has all kinds of the example, such as `1.34`. Default: any. */
  readonly minKubernetes?: string;
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

/** APIs that come with a gateway. `npm run test:gateway` has those of Envoy Gateway. */
const GATEWAY_APIS = [
  'gateway.envoyproxy.io',
  'gateway.kgateway.dev',
  'gateway.nginx.org',
  'networking.gke.io',
  'networking.istio.io',
];

/** The Argo CD Application beside an example, if it has one. */
function applications(file: string): Manifest[] {
  const application = join(dirname(file), 'application.yaml');
  return existsSync(application) ? [parse(readFileSync(application, 'utf8')) as Manifest] : [];
}

/** Every object of every chart of an example, in the order in which they are written, and its Application. */
export async function synthesise({ file }: ExampleFile): Promise<Example> {
  const { build, podSecurity = 'restricted', minKubernetes } = (await import(file)) as ExampleModule;
  const emitted = build().charts.flatMap((chart) => chart.toJson() as Manifest[]);
  const all = [...emitted, ...applications(file)];
  const isForeign = ({ apiVersion }: Manifest): boolean => GATEWAY_APIS.some((api) => apiVersion.startsWith(`${api}/`));
  return {
    manifests: all.filter((each) => !isForeign(each)),
    foreign: all.filter(isForeign),
    podSecurity,
    minKubernetes,
  };
}

/** Whether a server, such as `v1.33.13`, is older than a minor, such as `1.34`. */
export function isOlder(server: string, minor: string): boolean {
  const [major = 0, minMinor = 0] = minor.split('.').map(Number);
  const [, ownMajor = 0, ownMinor = 0] = (/^v?(\d+)\.(\d+)/.exec(server) ?? []).map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minMinor);
}
