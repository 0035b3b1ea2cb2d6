import type { ModelRoute, ModelRoutes, ModelRoutesProps } from '../../lib';
import { ModelIngress } from '../../lib';
import { RoutedApp } from './routing';
import type { Manifest } from './stack';

/** What differs from one chat stack behind F5's controller with TLS. */
export interface IngressCase extends Partial<Omit<ModelRoutesProps, 'routes'>> {
  readonly routes?: (app: RoutedApp) => ModelRoute[];
}

/** An app whose routes enter by an Ingress. */
export function routedBy({ routes, ...props }: IngressCase = {}): { app: RoutedApp; constructed: ModelRoutes } {
  const app = new RoutedApp();
  const constructed = app.routes({
    gateway: undefined,
    ingress: ModelIngress.nginx({ tls: { secretName: 'llm-tls' }, proxyNamespace: 'gateways' }),
    routes: routes ? routes(app) : [{ to: [app.to('chat')] }],
    ...props,
  });
  return { app, constructed };
}

/** The only Ingress. */
export function ingressWith(props: IngressCase = {}): Manifest {
  const [manifest] = routedBy(props).app.manifests('Ingress');
  return manifest;
}

/** The paths of each host of an Ingress: path, type and Service. */
export const pathsByHost = ({ spec }: Manifest): Record<string, string[]> =>
  Object.fromEntries(
    spec.rules.map(({ host, http }: Manifest) => [
      host ?? 'every host',
      http.paths.map(({ path, pathType, backend }: Manifest) => `${path} ${pathType} ${backend.service.name}`),
    ]),
  );
