import { DELIVERY } from '../../defaults';
import type { ObjectMeta } from '../../emit/object-meta';
import { objectMetadata } from '../../emit/object-meta';
import type { RolloutPlan } from '../plan/rollout-plan';
import type { OwnPath, OwnVirtualService } from '../plan/router-plan';
import { Migration } from '../migration';

/** Gateways of clients inside the mesh: their sidecars. */
const MESH = 'mesh';

const uri = ({ type, value }: OwnPath) => (type === 'Exact' ? { exact: value } : { prefix: value });

/** Clients at a gateway reach the paths of the API only; those inside the mesh reach all, as through the Service. */
function matches({ gateways }: OwnVirtualService, paths: readonly OwnPath[]): object[] | undefined {
  const outside = gateways.filter((gateway) => gateway !== MESH);
  if (outside.length === 0) return undefined;
  const inside = outside.length < gateways.length ? [{ uri: { prefix: '/' }, gateways: [MESH] }] : [];
  return [...paths.map((path) => ({ uri: uri(path), gateways: outside })), ...inside];
}

/**
 * A VirtualService (istio/api networking/v1/virtual_service.proto) with one route, whose weights the Rollout sets. It has no
 * `timeout`, so that streams are not cut: Istio's default is none.
 */
export function virtualService(own: OwnVirtualService, plan: RolloutPlan, name: string, meta: ObjectMeta): object {
  const { services, port, paths, migration } = plan;
  const to = (host: string, weight: number) => ({ destination: { host, port: { number: port } }, weight });
  const isCanary = migration !== Migration.TO_DEPLOYMENT;
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: objectMetadata(name, meta),
    spec: {
      hosts: [...own.hosts],
      gateways: [...own.gateways],
      http: [
        {
          match: matches(own, paths),
          route: [to(services.stable, DELIVERY.maxWeight), ...(isCanary ? [to(services.next, 0)] : [])],
        },
      ],
    },
  };
}
