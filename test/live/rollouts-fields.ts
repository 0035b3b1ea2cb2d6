import type { Any, WorldApi } from '../world/world-api';

/** The label of the version in the selector of a Service. */
const HASH = 'rollouts-pod-template-hash';

/** Manifests with the selectors and weights that the Rollout has set, as long as one is there. */
export async function withRolloutsFields(api: WorldApi, manifests: readonly Any[]): Promise<Any[]> {
  const live = async (path: string, { kind, metadata }: Any): Promise<Any> =>
    api.get(`${path}/namespaces/${metadata.namespace}/${kind.toLowerCase()}s/${metadata.name}`).catch(() => undefined);
  const copies: Any[] = structuredClone([...manifests]);
  const hasRollout = copies.some(({ kind, spec }) => kind === 'Rollout' && usesServices(spec.strategy));
  for (const copy of hasRollout ? copies : []) {
    if (copy.kind === 'Service') {
      const hash = (await live('/api/v1', copy))?.spec.selector[HASH];
      if (hash !== undefined) copy.spec.selector[HASH] = hash;
    }
    if (copy.kind === 'VirtualService') {
      const route: Any[] = (await live('/apis/networking.istio.io/v1', copy))?.spec.http[0].route ?? [];
      for (const target of copy.spec.http[0].route)
        target.weight =
          route.find(({ destination }) => destination.host === target.destination.host)?.weight ?? target.weight;
    }
  }
  return copies;
}

const usesServices = ({ canary, blueGreen }: Any): boolean =>
  (canary?.stableService ?? blueGreen?.activeService) !== undefined;
