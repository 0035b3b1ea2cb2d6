import { MONITORING, SCALING } from '../defaults';
import type { MonitorPlan } from './monitor-plan';
import type { Finding } from '../preflight/finding';
import { error, notice } from '../preflight/finding';

/** Labels of vLLM's own series; a target label of the same name would rename them to `exported_…`. */
const SCRAPED = new Set([
  'engine',
  'finished_reason',
  'handler',
  'le',
  'method',
  'model_name',
  'reason',
  'source',
  'status',
]);

/** Labels that the Prometheus Operator or this library adds to the target. */
const OWN = new Set(['container', 'endpoint', 'instance', 'job', 'model', 'namespace', 'node', 'pod', 'service']);

/** Prometheus writes `_` for each character that its labels cannot have. */
const sanitized = (key: string): string => key.replace(/[^A-Za-z0-9_]/g, '_');

/** Problems of how a stack is scraped. */
export function monitorFindings({ object, scrapeInterval, context }: MonitorPlan): Finding[] {
  if (object === undefined) {
    const problem =
      'is Monitor.none(): rules and signals find no series without the labels namespace, app, pod and model';
    return [notice('monitor-elsewhere', 'monitor', problem, 'add them to every series, or use Monitor.pods()')];
  }
  return [
    ...intervalFindings(scrapeInterval.value, object.scrapeTimeout),
    ...labelFindings(context.podTargetLabels),
    ...tlsFindings(context),
  ];
}

function intervalFindings(interval: number, timeout: number): Finding[] {
  const findings: Finding[] = [];
  if (interval < MONITORING.minInterval) {
    const problem = `is ${interval} s: a pod exports about 600 series, and no rule or scaler reacts that fast`;
    const fix = `use ${MONITORING.minInterval} s or more`;
    findings.push(error('scrape-interval-too-short', 'monitor.interval', problem, fix));
  }
  // With fewer than four scrapes in a window, one missed scrape would leave no rate.
  const max = Math.floor(MONITORING.rateWindow / SCALING.scrapesPerRate);
  if (interval > max) {
    const problem = `is ${interval} s, but rules and dashboards use rates over ${MONITORING.rateWindow} s, which need four scrapes`;
    findings.push(error('scrape-interval-too-long', 'monitor.interval', problem, `use ${max} s or less`));
  }
  if (timeout > interval) {
    const problem = `is ${timeout} s, longer than the interval of ${interval} s: the Prometheus Operator refuses that`;
    findings.push(error('scrape-timeout', 'monitor.scrapeTimeout', problem, `use at most ${interval} s`));
  }
  return findings;
}

function labelFindings(keys: readonly string[]): Finding[] {
  return keys.flatMap((key, index) => {
    const label = sanitized(key);
    const subject = `monitor.podTargetLabels[${index}]`;
    if (SCRAPED.has(label)) {
      const problem = `is "${key}", a label of vLLM's own series: Prometheus would rename theirs, and queries would not find it`;
      return [error('label-collision', subject, problem, 'use another label key on the pods')];
    }
    if (OWN.has(label)) {
      const problem = `is "${key}", a label that every scraped pod already has`;
      return [error('redundant-target-label', subject, problem, 'remove it')];
    }
    return [];
  });
}

function tlsFindings({ tlsIsSet, https }: MonitorPlan['context']): Finding[] {
  if (tlsIsSet && !https) {
    const problem = 'is set, but the engine serves plain HTTP';
    return [error('monitor-tls-unused', 'monitor.tls', problem, 'set engine.sslCertfile too, or remove it')];
  }
  if (tlsIsSet || !https) return [];
  const problem = 'is unset: Prometheus connects to pod IP addresses and does not verify the engine’s certificate';
  return [
    notice('monitor-unverified', 'monitor.tls', problem, 'set serverName to the name in the certificate, and ca'),
  ];
}
