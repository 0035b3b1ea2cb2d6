import type { Server } from 'node:http';
import { type Gateway, type Manifest, namespaceOf } from '../support/routing/resources';
import { readLive } from './environment';
import { untilRouted } from './envoy';
import { apply, kubectl } from './kubectl';
import { startPods } from './pods';
import { startProxy } from './proxy';
import { gatewayOf, placed } from './scenario';
import { SCENARIOS } from './scenarios';
import { certificates, labelNodes } from './stand-ins';

/** Groups of the kinds that run or route. The API server here has no others. */
const GROUPS = /^(v1|apps\/|policy\/|gateway\.networking\.k8s\.io\/|gateway\.envoyproxy\.io\/)/;

/** Applies all scenarios and starts the Envoy of each, before any test. */
export default async function globalSetup(): Promise<void> {
  readLive();
  (globalThis as { gatewayTestPods?: Server }).gatewayTestPods = await startPods();

  const objects = SCENARIOS.flatMap((scenario) => placed(SCENARIOS, scenario)).filter(({ apiVersion }) =>
    GROUPS.test(apiVersion),
  );
  apply(namespacesOf(objects));
  labelNodes(objects);
  apply(certificates(objects.filter(({ kind }) => kind === 'Gateway') as Gateway[]));
  const routing = ({ apiVersion }: Manifest) => apiVersion.startsWith('gateway.');
  apply(objects.filter((object) => object.kind !== 'Namespace' && !routing(object)));
  // Endpoints first: without them Envoy Gateway answers 503 itself until it hears of them.
  kubectl(['wait', '--for=condition=Available', 'deployment', '--all', '--all-namespaces', '--timeout=60s']);
  // Between equal matches the oldest route wins, by the second, and then the name. In the order of names both agree.
  apply(objects.filter(routing).sort((a, b) => (fullName(a) < fullName(b) ? -1 : 1)));

  for (const [index, scenario] of SCENARIOS.entries()) {
    startProxy(gatewayOf(scenario));
    await untilRouted(index, scenario);
  }
}

/** The declared namespaces, and those that objects are only in. */
function namespacesOf(objects: readonly Manifest[]): Manifest[] {
  const declared = objects.filter(({ kind }) => kind === 'Namespace');
  const names = new Set(objects.filter((object) => object.kind !== 'Namespace').map(namespaceOf));
  for (const { metadata } of declared) names.delete(metadata.name);
  return [...declared, ...[...names].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))];
}

function fullName(manifest: Manifest): string {
  return `${namespaceOf(manifest)}/${manifest.metadata.name}`;
}
