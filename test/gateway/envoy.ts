import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { poll } from '../cluster/poll';
import { exposedSeries } from '../support/exposed-series';
import { attachedRoutes } from '../support/routing/attachment';
import { type Gateway, namespaceOf } from '../support/routing/resources';
import { readLive } from './environment';
import { gatewayOf, type Scenario } from './scenario';

const TIMEOUT_MS = 30_000;
const LOG_CHARACTERS = 2_000;

/** A page of the admin server of the Envoy that was started `index`th. */
export async function admin(index: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: 19_000 + 10 * index, path }, (response) => resolve(text(response))).once(
      'error',
      reject,
    );
  });
}

/** Waits until Envoy has all routes of the scenario. */
export async function untilRouted(index: number, scenario: Scenario): Promise<void> {
  const gateway = gatewayOf(scenario);
  const routes = gateway.spec.listeners.flatMap((listener) =>
    attachedRoutes(scenario.manifests, gateway, listener).map(
      ({ route }) => `httproute/${namespaceOf(route)}/${route.metadata.name}/`,
    ),
  );
  let missing = routes;
  const ask = async () => {
    const config = await admin(index, '/config_dump?resource=dynamic_route_configs').catch(() => '');
    missing = routes.filter((route) => !config.includes(route));
    return missing.length === 0;
  };
  await poll(
    ask,
    TIMEOUT_MS,
    () => new Error(`scenario ${scenario.name}: ${missing.join(', ')} missing.\n${endOfLogs(gateway)}`),
  );
}

function endOfLogs({ metadata }: Gateway): string {
  const { logs } = readLive();
  return [`envoy-proxy-${metadata.name}`, 'envoy-gateway']
    .map((name) => `The end of ${name}.log:\n${readFileSync(join(logs, `${name}.log`), 'utf8').slice(-LOG_CHARACTERS)}`)
    .join('\n');
}

/** The value of each series of Envoy. */
export async function series(index: number): Promise<ReadonlyMap<string, number>> {
  return exposedSeries(await admin(index, '/stats/prometheus'));
}
