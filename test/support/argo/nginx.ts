import type { Manifest } from '../stack';

/** utils/ingress/ingress.go, GetCanaryIngressName. */
export const canaryIngressName = (rollout: string, ingress: string): string =>
  `${`${rollout}-${ingress}`.slice(0, 253 - '-canary'.length)}-canary`;

export function stableIngresses(rollout: Manifest): string[] {
  const { stableIngress, stableIngresses: several } = rollout.spec.strategy.canary.trafficRouting.nginx;
  return several ?? (stableIngress === undefined ? [] : [stableIngress]);
}

const paths = ({ spec }: Manifest): Manifest[] => spec.rules.flatMap(({ http }: Manifest) => http?.paths ?? []);

/** Complaints about Ingresses (ValidateRolloutNginxIngressesConfig, validateNginxIngress). */
export function ingressComplaints(rollout: Manifest, objects: readonly Manifest[]): string[] {
  const { stableService, trafficRouting } = rollout.spec.strategy.canary;
  const { stableIngress, stableIngresses: several } = trafficRouting.nginx;
  if ((stableIngress === undefined) === (several === undefined)) {
    return ['either stableIngress or stableIngresses must be set'];
  }
  return stableIngresses(rollout).flatMap((name) => {
    const found = objects.find(
      ({ kind, metadata }) =>
        kind === 'Ingress' && metadata.name === name && metadata.namespace === rollout.metadata.namespace,
    );
    if (found === undefined) return [`Ingress ${name} not found`];
    const reaches = paths(found).some(({ backend }) => backend.service.name === stableService);
    return reaches ? [] : [`Ingress ${name} has no rules using service ${stableService} backend`];
  });
}

/** The Ingress that the Rollout makes beside one (rollout/trafficrouting/nginx/nginx.go, buildCanaryIngress). */
export function canaryIngress(rollout: Manifest, stable: Manifest, weight: number): Manifest {
  const { stableService, canaryService, trafficRouting } = rollout.spec.strategy.canary;
  const prefix = trafficRouting.nginx.annotationPrefix ?? 'nginx.ingress.kubernetes.io';
  const isStable = ({ backend }: Manifest): boolean => backend.service.name === stableService;
  const copy = (path: Manifest): Manifest =>
    isStable(path) ? { ...path, backend: { service: { ...path.backend.service, name: canaryService } } } : path;
  const rules = stable.spec.rules.filter(({ http }: Manifest) => http.paths.some(isStable));
  return {
    apiVersion: stable.apiVersion,
    kind: 'Ingress',
    metadata: {
      name: canaryIngressName(rollout.metadata.name, stable.metadata.name),
      namespace: rollout.metadata.namespace,
      annotations: { [`${prefix}/canary`]: 'true', [`${prefix}/canary-weight`]: `${weight}` },
    },
    spec: {
      ingressClassName: stable.spec.ingressClassName,
      tls: stable.spec.tls,
      rules: rules.map((rule: Manifest) => ({ ...rule, http: { paths: rule.http.paths.map(copy) } })),
    },
  };
}
