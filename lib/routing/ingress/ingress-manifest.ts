import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../../emit/kube-manifest';
import { kubeManifest } from '../../emit/kube-manifest';
import type { ObjectMeta } from '../../emit/object-meta';
import { objectMetadata } from '../../emit/object-meta';
import type { IngressPath, IngressPlan } from './ingress-plan';

/** `Prefix` is by segments, like `PathPrefix` of the Gateway API. */
const path = ({ path: { type, value }, backend }: IngressPath): Plain<k8s.HttpIngressPath> => ({
  path: value,
  pathType: type === 'Exact' ? 'Exact' : 'Prefix',
  backend: { service: { name: backend.name, port: { number: backend.port } } },
});

/** Certificates of the cloud are in annotations, or found by the hosts of the rules. */
function tls({ ingress, hosts }: IngressPlan): Plain<k8s.IngressTls>[] | undefined {
  if (ingress.tls === undefined || !('secretName' in ingress.tls)) return undefined;
  return [{ hosts: hosts.flatMap(({ host }) => host ?? []), secretName: ingress.tls.secretName }];
}

/** The Ingress: one object, since its annotations are the same for all routes. */
export function ingressManifest(plan: IngressPlan, meta: ObjectMeta): object {
  const { name, ingress, hosts, annotations } = plan;
  return kubeManifest('Ingress', {
    metadata: objectMetadata(name, { ...meta, annotations: { ...meta.annotations, ...annotations } }),
    spec: {
      ingressClassName: ingress.className,
      tls: tls(plan),
      rules: hosts.map(({ host, paths }) => ({ host, http: { paths: paths.map(path) } })),
    },
  });
}
