import type { RouteBackend } from './route-backend';

/** The Service of the new version of a canary that HTTPRoutes divide; undefined for other backends. */
function canaryService({ kind, stacks }: RouteBackend): string | undefined {
  const canary = kind === 'Service' ? stacks[0]?.canary : undefined;
  return canary?.router === 'gatewayApi' ? canary.service : undefined;
}

/**
 * The backends that a route names. One with a canary is two: the Rollout finds both by their names, and sets their weights
 * (rollouts-plugin-trafficrouter-gatewayapi pkg/plugin/httproute.go).
 */
export function backendRefs(backend: RouteBackend): readonly RouteBackend[] {
  const name = canaryService(backend);
  return name === undefined
    ? [backend]
    : [
        { ...backend, weight: 100 },
        { ...backend, name, weight: 0 },
      ];
}
