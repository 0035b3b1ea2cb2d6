import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerProcess } from '../cluster/server-process';
import type { WorldApi } from './world-api';

const XDS_PORT = 15010;

/** The port of the gateway. */
export const GATEWAY_PORT = 8080;

/** The Gateway, the Service behind it, and its pod, which an Envoy of this machine plays. */
export const GATEWAY = { name: 'edge', namespace: 'gateways', app: 'edge-proxy' } as const;

/** Variables of istiod without its certificates, webhooks and deployments, and with InferencePools. */
const ENVIRONMENT = {
  POD_NAMESPACE: 'istio-system',
  ENABLE_CA_SERVER: 'false',
  PILOT_CERT_PROVIDER: 'none',
  ENABLE_GATEWAY_API_INFERENCE_EXTENSION: 'true',
  PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: 'false',
  // Filters that only Istio's own build of Envoy has.
  PILOT_ENABLE_ALPN_FILTER: 'false',
  PILOT_ENABLE_METADATA_EXCHANGE: 'false',
  INJECTION_WEBHOOK_CONFIG_NAME: '',
  VALIDATION_WEBHOOK_CONFIG_NAME: '',
};

const MESH = { enableAutoMtls: false, defaultProviders: {}, enablePrometheusMerge: false };

/** Starts istiod. */
export function startIstiod(assets: string, logs: string, api: WorldApi): ServerProcess {
  const folder = join(logs, 'istiod');
  mkdirSync(folder);
  const mesh = join(folder, 'mesh.yaml');
  writeFileSync(mesh, JSON.stringify(MESH));
  const args = [
    ...['discovery', '--kubeconfig', api.writeKubeconfig(join(folder, 'kubeconfig')), '--meshConfig', mesh],
    ...['--httpAddr', '127.0.0.1:18083', '--httpsAddr', '', '--monitoringAddr', '127.0.0.1:18084'],
    ...['--grpcAddr', `127.0.0.1:${XDS_PORT}`, '--secureGRPCAddr', '', '--ctrlz_port', '0'],
  ];
  return new ServerProcess(join(assets, 'pilot-discovery'), args, folder, ENVIRONMENT);
}

/** Starts the Envoy of the Gateway, at the address of its pod. */
export function startEnvoy(assets: string, logs: string, pod: { name: string; address: string }): ServerProcess {
  const folder = join(logs, 'envoy');
  mkdirSync(folder);
  const file = join(folder, 'bootstrap.json');
  writeFileSync(file, JSON.stringify(bootstrap(pod)));
  return new ServerProcess(join(assets, 'envoy'), ['-c', file, '--concurrency', '2', '--log-level', 'warn'], folder);
}

/** As Istio's proxies have it, in short: everything comes from istiod. */
function bootstrap({ name, address }: { name: string; address: string }): object {
  const { namespace, name: gateway, app } = GATEWAY;
  const ads = { ads: {}, initial_fetch_timeout: '0s', resource_api_version: 'V3' };
  const endpoint = { address: { socket_address: { address: '127.0.0.1', port_value: XDS_PORT } } };
  return {
    node: {
      id: `router~${address}~${name}.${namespace}~${namespace}.svc.cluster.local`,
      cluster: `${app}.${namespace}`,
      metadata: {
        NAMESPACE: namespace,
        NAME: name,
        CLUSTER_ID: 'Kubernetes',
        LABELS: { app, 'gateway.networking.k8s.io/gateway-name': gateway },
      },
    },
    admin: { address: { socket_address: { address: '127.0.0.1', port_value: 15000 } } },
    dynamic_resources: {
      lds_config: ads,
      cds_config: ads,
      ads_config: {
        api_type: 'DELTA_GRPC',
        transport_api_version: 'V3',
        grpc_services: [{ envoy_grpc: { cluster_name: 'xds-grpc' } }],
      },
    },
    static_resources: {
      clusters: [
        {
          name: 'xds-grpc',
          type: 'STATIC',
          connect_timeout: '1s',
          typed_extension_protocol_options: {
            'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
              '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
              explicit_http_config: { http2_protocol_options: {} },
            },
          },
          load_assignment: { cluster_name: 'xds-grpc', endpoints: [{ lb_endpoints: [{ endpoint }] }] },
        },
      ],
    },
  };
}

/** The Service and the pod of the proxy. */
export function proxyObjects(): object[] {
  const { name, namespace, app } = GATEWAY;
  const labels = { app };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: app, namespace },
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: GATEWAY_PORT }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: app, namespace, labels: { ...labels, 'gateway.networking.k8s.io/gateway-name': name } },
      spec: { containers: [{ name: 'envoy', image: 'envoy' }] },
    },
  ];
}

/** The Gateway of the Gateway API: for HTTPRoutes. */
export function gatewayApiGateway(): object {
  const { name, namespace, app } = GATEWAY;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name, namespace },
    spec: {
      gatewayClassName: 'istio',
      addresses: [{ type: 'Hostname', value: `${app}.${namespace}.svc.cluster.local` }],
      listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }],
    },
  };
}

/** Istio's own Gateway: for VirtualServices. */
export function istioGateway(): object {
  const { name, namespace, app } = GATEWAY;
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name, namespace },
    spec: {
      selector: { app },
      servers: [{ port: { name: 'http', number: 80, protocol: 'HTTP' }, hosts: ['*'] }],
    },
  };
}
