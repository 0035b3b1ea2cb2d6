import type { Finding } from '../preflight/finding';
import { warning } from '../preflight/finding';
import { accepts, managedAt } from './managed-prometheus';
import type { PrometheusAddress } from './prometheus-address';
import { addressOf } from './prometheus-address';
import type { AuthenticationPlan } from './prometheus-authentication';
import type { PrometheusHost } from './prometheus-host';

/** A server that the user set, and who asks it. */
export interface AskedServer {
  /** The property, such as `scaling.prometheus`. */
  readonly subject: string;
  readonly address: string;
  readonly authentication: AuthenticationPlan | undefined;
  /** The program that sends the queries, from a namespace of its own. */
  readonly reader: 'KEDA' | 'Argo Rollouts';
}

/** Words in the place of a name that was to be filled in. RFC 2606 reserves the domains of documentation. */
const UNFILLED =
  /(^|\.)(todo|tbd|fixme|change-?me|replace-?me|placeholder|xxx+|your-[^.]*)(\.|$)|(^|\.)(example|invalid|example\.(com|net|org))$/;
const UNFILLED_PATH = /(^|[/_-])(TODO|FIXME|CHANGE_?ME|YOUR[_-]|PROJECT_ID|WORKSPACE_ID|xxx+)/;

interface OtherProgram {
  readonly what: string;
  readonly ports: readonly number[];
  readonly names: RegExp;
}

/** Programs beside Prometheus that have no query API of it, by their default ports and the usual names of their Services. */
const OTHERS: readonly OtherProgram[] = [
  { what: 'Alertmanager', ports: [9093, 9094], names: /alertmanager/ },
  { what: 'Grafana', ports: [3000], names: /^(.*-)?grafana$/ },
  { what: 'the node exporter', ports: [9100], names: /node-exporter/ },
  { what: 'the Pushgateway', ports: [], names: /pushgateway/ },
  { what: 'kube-state-metrics', ports: [], names: /kube-state-metrics/ },
  { what: 'the Prometheus Operator', ports: [], names: /prometheus-operator$/ },
  { what: 'the gRPC API of Thanos', ports: [10901], names: /^$/ },
  { what: 'the remote write of Thanos', ports: [19291], names: /thanos-receive/ },
  // Not its port: the operator of VictoriaMetrics gives a single server the same one.
  { what: 'an agent of VictoriaMetrics', ports: [], names: /^vmagent/ },
  { what: 'the writing part of VictoriaMetrics', ports: [8480], names: /^vminsert/ },
  { what: 'an OpenTelemetry collector', ports: [4317, 4318], names: /^(otel|opentelemetry)-collector/ },
];

/** Paths that may be a prefix of a server, and more often are a page of one. */
const LIKE_PAGES = /\/(query|metrics|alerts|targets|rules)$/;

/** What is probably wrong with the address of Prometheus, or with what is sent to it. The first fault is enough. */
export function prometheusFindings(asked: AskedServer): Finding[] {
  const address = addressOf(asked.address);
  const given = `is "${asked.address}"`;
  const found =
    unfilled(asked, address, given) ??
    loopback(asked, address, given) ??
    misspelt(asked, address.host, given) ??
    otherProgram(asked, address, given) ??
    page(asked, address, given);
  return [...(found ? [found] : withoutNamespace(asked, address, given)), ...(found ? [] : managed(asked, address))];
}

/** An address with another host. */
const renamed = (address: string, name: string, meant: string): string =>
  address.replace(new RegExp(`//${name}\\.?`, 'i'), `//${meant}`);

type Check = (asked: AskedServer, address: PrometheusAddress, given: string) => Finding | undefined;

const unfilled: Check = ({ subject, reader }, { host, path }, given) => {
  if (!UNFILLED.test(host.name) && !UNFILLED_PATH.test(path)) return undefined;
  const problem = `${given}, an address of documentation: ${reader} would get no answer`;
  return warning('prometheus-placeholder', subject, problem, 'set the address of your Prometheus');
};

const loopback: Check = ({ subject, reader }, { host }, given) => {
  if (!host.loopback) return undefined;
  const problem = `${given}, and ${reader} would look for Prometheus in its own pod`;
  const fix = 'use the Service, such as "http://prometheus-operated.monitoring:9090"';
  return warning('prometheus-loopback', subject, problem, fix);
};

function misspelt({ subject, address }: AskedServer, { name, misspelt: meant }: PrometheusHost, given: string) {
  if (meant === undefined) return undefined;
  const problem = `${given}, and no Service of Kubernetes has a name of this form`;
  return warning('prometheus-host', subject, problem, `use "${renamed(address, name, meant)}"`);
}

const otherProgram: Check = ({ subject }, { host, port, path }, given) => {
  // Grafana passes queries on to its data sources.
  if (path.includes('/datasources/proxy/')) return undefined;
  const { service = '' } = host;
  const other = path.startsWith('/insert/')
    ? OTHERS.find(({ ports }) => ports.includes(8480))
    : (OTHERS.find(({ names }) => service !== '' && names.test(service)) ??
      OTHERS.find(({ ports }) => port !== undefined && ports.includes(port)));
  if (other === undefined) return undefined;
  const problem = `${given}, which looks like ${other.what}, without the query API of Prometheus`;
  return warning('prometheus-other-program', subject, problem, 'use the address of Prometheus, mostly with port 9090');
};

const page: Check = ({ subject, address }, { path }, given) => {
  const [last] = LIKE_PAGES.exec(path) ?? [];
  if (last === undefined) return undefined;
  const problem = `${given}, and "${last}" is a page of Prometheus: /api/v1/query is appended to the address`;
  const fix = `use "${address.slice(0, -last.length)}", or acknowledge this finding if it is a prefix of the server`;
  return warning('prometheus-path', subject, problem, fix);
};

function withoutNamespace({ subject, address, reader }: AskedServer, { host }: PrometheusAddress, given: string) {
  const { name, service, namespace } = host;
  if (service === undefined || namespace !== undefined) return [];
  const problem = `${given}, without a namespace: ${reader} looks for the Service in its own`;
  const meant = renamed(address, name, `${service}.monitoring`);
  return [warning('prometheus-namespace', subject, problem, `add the namespace of the Service, such as "${meant}"`)];
}

/** Services of clouds that would refuse the queries. */
function managed({ subject, authentication }: AskedServer, address: PrometheusAddress): Finding[] {
  const service = managedAt(address);
  if (service === undefined) return [];
  const findings: Finding[] = [];
  const { path } = service;
  if (path && !path.pattern.test(address.path)) {
    const problem = `has the path "${address.path}", and that of ${service.name} is like ${path.example}`;
    findings.push(warning('prometheus-path', subject, problem, 'copy the query URL from the console of the cloud'));
  }
  if (!accepts(service, authentication)) {
    const sent = authentication === undefined ? 'has no authentication' : 'authenticates in another way';
    const problem = `${sent}, and ${service.name} refuses such queries`;
    findings.push(warning('prometheus-identity', subject, problem, service.fix));
  }
  return findings;
}
