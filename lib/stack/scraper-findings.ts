import type { RolloutPlan } from '../delivery/plan/rollout-plan';
import { scraperNamespaces } from '../metrics/prometheus-scraper';
import type { Finding } from '../preflight/finding';
import { warning } from '../preflight/finding';
import type { ScalerPlan } from '../scaling/scaler';
import type { NetworkPlan, WorkloadPlan } from '../workload/workload-plan';
import type { Watch } from './watch';

interface Asking {
  readonly watch: Watch;
  readonly workload: WorkloadPlan;
  readonly scaler: ScalerPlan | undefined;
  readonly rollout: RolloutPlan | undefined;
}

/** A server that must have the series of vLLM. */
interface Asked {
  readonly reader: string;
  readonly subject: string;
  readonly address: string;
}

/** A NetworkPolicy that blocks Prometheus, which may run in the stack's own namespace. */
export function scraperFindings({ watch, workload, scaler, rollout }: Asking): Finding[] {
  const { network, plan } = workload;
  if (network === undefined || watch.monitor.object === undefined) return [];
  if (network.monitoringNamespaces.length === 0 && !network.ownNamespace) {
    const problem = 'is [], and network.ownNamespace is false: Prometheus cannot scrape the pods';
    const fix = 'add the namespace of Prometheus, or acknowledge this finding if it is one of clientNamespaces';
    return [warning('monitor-shut-out', 'network.monitoringNamespaces', problem, fix)];
  }
  return asked(scaler, rollout).flatMap((each) => shutOut(each, network, plan.namespace));
}

function asked(scaler: ScalerPlan | undefined, rollout: RolloutPlan | undefined): Asked[] {
  const reads = scaler?.context.specs.some(({ of }) => of === 'engine') === true;
  const ofScaler = { reader: 'KEDA', subject: 'scaling.prometheus', address: scaler?.server ?? '' };
  const ofRollout = {
    reader: 'Argo Rollouts',
    subject: 'delivery.prometheus',
    address: rollout?.prometheus.address ?? '',
  };
  const isSame = reads && ofRollout.address === ofScaler.address;
  return [...(reads ? [ofScaler] : []), ...(rollout && !isSame ? [ofRollout] : [])];
}

function shutOut({ reader, subject, address }: Asked, network: NetworkPlan, own: string | undefined): Finding[] {
  const { ownNamespace, namespaces, monitoringNamespaces } = network;
  const [scraper, ...others] = scraperNamespaces(address);
  const isAdmitted = (name: string) => namespaces.includes(name) || (ownNamespace && name === own);
  if (scraper === undefined || [scraper, ...others].some(isAdmitted)) return [];
  const listed = monitoringNamespaces.map((name) => `'${name}'`).join(', ');
  const problem = `is [${listed}], and ${reader} asks the Prometheus in "${scraper}" (${address}): it cannot scrape the pods`;
  const fix = `add '${scraper}', or set ${subject} to the Prometheus that scrapes them`;
  return [warning('monitor-shut-out', 'network.monitoringNamespaces', problem, fix)];
}
