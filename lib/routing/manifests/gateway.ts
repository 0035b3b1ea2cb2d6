import type { GatewayProps, GatewaySpecListeners } from '../../../imports/gateway.networking.k8s.io';
import type { ObjectMeta } from '../../emit/object-meta';
import { objectMetadata } from '../../emit/object-meta';
import type { GatewayKind } from '../gateway/gateway-facts';
import { listenerHostnames, listenerName } from '../gateway/listeners';
import type { RoutesPlan } from '../routes-plan';
import { isIpAddress } from '../routing-shapes';
import { referenceGrant } from './reference-grant';

type Managed = NonNullable<RoutesPlan['gateway']['managed']>;

function listener(hostname: string | undefined, { tls }: Managed, plan: RoutesPlan): GatewaySpecListeners {
  const { gateway, namespace } = plan;
  const scheme = tls ? 'https' : 'http';
  const elsewhere = gateway.namespace !== undefined && gateway.namespace !== namespace;
  const selector = { matchLabels: { 'kubernetes.io/metadata.name': namespace ?? 'default' } };
  return {
    name: listenerName(hostname, scheme),
    hostname,
    port: tls ? 443 : 80,
    protocol: tls ? 'HTTPS' : 'HTTP',
    tls: tls && {
      mode: 'Terminate',
      certificateRefs: [
        {
          group: '',
          kind: 'Secret',
          name: tls.secretName,
          namespace: tls.namespace === gateway.namespace ? undefined : tls.namespace,
        },
      ],
    },
    allowedRoutes: {
      namespaces: elsewhere ? { from: 'Selector', selector } : { from: 'Same' },
      kinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }],
    },
  } as GatewaySpecListeners;
}

/** A name is a hostname. At GKE it is that of a reserved address (docs.cloud.google.com, Deploying Gateways, NamedAddress). */
function addressType(value: string, kind: GatewayKind): string {
  if (isIpAddress(value)) return 'IPAddress';
  return kind === 'gke' ? 'NamedAddress' : 'Hostname';
}

/** The Gateway that is emitted with the routes, and the grant for a certificate in another namespace. */
export function managedGateway(plan: RoutesPlan, managed: Managed, meta: ObjectMeta): object[] {
  const { gateway } = plan;
  const own = {
    namespace: gateway.namespace ?? meta.namespace,
    labels: { ...meta.labels, ...managed.labels },
    annotations: { ...meta.annotations, ...managed.annotations },
  };
  const { tls, className, addresses } = managed;
  const props: GatewayProps = {
    metadata: objectMetadata(gateway.name, own),
    spec: {
      gatewayClassName: className,
      listeners: listenerHostnames(plan).map((hostname) => listener(hostname, managed, plan)),
      addresses:
        addresses.length === 0
          ? undefined
          : addresses.map((value) => ({ type: addressType(value, gateway.kind), value })),
    },
  };
  const objects: object[] = [{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', ...props }];
  if (tls?.namespace !== undefined && tls.namespace !== own.namespace) {
    const from = { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: own.namespace };
    const to = [{ group: '', kind: 'Secret', name: tls.secretName }];
    objects.push(
      referenceGrant(`${gateway.name}-certificate-${own.namespace}`, from, to, { ...own, namespace: tls.namespace }),
    );
  }
  return objects;
}
