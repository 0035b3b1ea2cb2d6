import { list } from './kubectl';

interface EndpointSlice {
  readonly metadata: { readonly namespace: string; readonly labels?: Readonly<Record<string, string>> };
  readonly endpoints?: readonly { readonly addresses: readonly string[] }[];
}

/** `namespace/name` of the Services that have each address. */
export function servicesByAddress(): Map<string, string[]> {
  const services = new Map<string, string[]>();
  for (const { metadata, endpoints } of list<EndpointSlice>('endpointslices')) {
    const service = metadata.labels?.['kubernetes.io/service-name'];
    for (const address of (endpoints ?? []).flatMap(({ addresses }) => addresses)) {
      services.set(address, [...(services.get(address) ?? []), `${metadata.namespace}/${service}`]);
    }
  }
  return services;
}
