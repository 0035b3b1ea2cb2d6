/** Where the server of an address is, as far as the name of its host shows it. */
export interface PrometheusHost {
  /** The host in lower case, without brackets of IPv6 and without the dot at the end of a full name. */
  readonly name: string;
  /** Whether pods reach only themselves by it. */
  readonly loopback: boolean;
  /** The name of the Service; undefined for a host outside of the cluster, and for an address. */
  readonly service: string | undefined;
  /** The namespace of that Service; undefined where the host has none. */
  readonly namespace: string | undefined;
  /** The host as it was probably meant; undefined for one that may be right. */
  readonly misspelt: string | undefined;
}

/** The label between the namespace and the domain of the cluster, as it is misspelt. */
const LIKE_SVC = new Set(['scv', 'svs', 'srv', 'vsc', 'svcs', 'service', 'services']);

/**
 * Last labels of names outside of a cluster. `prometheus.lan` has the form of a Service and its namespace, and nothing
 * but a list tells them apart. Two letters are a country or a namespace, so such a name is left alone.
 */
const OUTSIDE = new Set(
  'ai app biz cloud co com corp dev example home info internal intranet invalid io lan local localdomain net org test'.split(
    ' ',
  ),
);

const IPV4 = /^\d+(\.\d+){3}$/;
const LOOPBACK =
  /^(localhost|.*\.localhost|localhost\.localdomain|127(\.\d+){3}|0\.0\.0\.0|::1|::|0:0:0:0:0:0:0:[01])$/;

const NOWHERE = { service: undefined, namespace: undefined, misspelt: undefined };

/** `a.ns.svc`, `pod.a.ns.svc` and both with a domain behind. */
function ofCluster(labels: readonly string[], svc: number) {
  return { service: labels[svc - 2], namespace: labels[svc - 1], misspelt: undefined };
}

function ofName(labels: readonly string[]): Pick<PrometheusHost, 'service' | 'namespace' | 'misspelt'> {
  const [service, second = '', third = ''] = labels;
  if (labels.length === 1 || second === 'svc') return { ...NOWHERE, service };
  const svc = labels.indexOf('svc', 2);
  if (svc > 0) return ofCluster(labels, svc);
  if (labels.length === 2)
    return /^..$/.test(second) || OUTSIDE.has(second) ? NOWHERE : { ...NOWHERE, service, namespace: second };
  const isLocal = labels.slice(-2).join('.') === 'cluster.local';
  if (LIKE_SVC.has(third) && (labels.length === 3 || isLocal)) {
    const meant = labels.map((label, index) => (index === 2 ? 'svc' : label));
    return { service, namespace: second, misspelt: meant.join('.') };
  }
  if (isLocal && labels.length === 4)
    return { service, namespace: second, misspelt: `${service}.${second}.svc.cluster.local` };
  return NOWHERE;
}

/** Reads the host of a URL, which may have brackets, capitals and a dot at its end. */
export function hostOf(host: string): PrometheusHost {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  const loopback = LOOPBACK.test(name);
  const isAddress = loopback || name.includes(':') || IPV4.test(name);
  return { name, loopback, ...(isAddress ? NOWHERE : ofName(name.split('.'))) };
}
