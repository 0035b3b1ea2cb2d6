import { MONITORING, SCALING } from '../defaults';
import type { MonitorPlan } from './monitor-plan';
import type { Finding } from '../preflight/finding';
import { error, notice } from '../preflight/finding';

/** Labels that vLLM puts on its own series; a label of the target would rename them to `exported_…`. */
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

/** Labels that the Prometheus Operator or this library gives to the target. */
const OWN = new Set(['container', 'endpoint', 'instance', 'job', 'model', 'namespace', 'node', 'pod', 'service']);

/** Prometheus writes `_` for what a label of its own cannot have. */
const sanitized = (key: string): string => key.replace(/[^A-Za-z0-9_]/g, '_');

/** What is wrong with how a stack is scraped. */
export function monitorFindings({ object, scrapeInterval, context }: MonitorPlan): Finding[] {
  if (object === undefined) {
    const problem =
      'is somebody else’s: without the labels namespace, app, pod and model, rules and signals find nothing';
    return [notice('monitor-elsewhere', 'monitor', problem, 'copy them to every series, or use Monitor.pods()')];
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
    const problem = `is ${interval} s: a pod exports some 600 series, and nothing here reacts that fast`;
    const fix = `use ${MONITORING.minInterval} s or more`;
    findings.push(error('scrape-interval-too-short', 'monitor.interval', problem, fix));
  }
  // With fewer than four scrapes in a window, one that is missed would empty it.
  const most = Math.floor(MONITORING.rateWindow / SCALING.scrapesPerRate);
  if (interval > most) {
    const problem = `is ${interval} s, but rules and dashboards take rates over ${MONITORING.rateWindow} s, which need four scrapes`;
    findings.push(error('scrape-interval-too-long', 'monitor.interval', problem, `use ${most} s or less`));
  }
  if (timeout > interval) {
    const problem = `is ${timeout} s, longer than the interval of ${interval} s, and the Prometheus Operator refuses that`;
    findings.push(error('scrape-timeout', 'monitor.scrapeTimeout', problem, `use at most ${interval} s`));
  }
  return findings;
}

function labelFindings(keys: readonly string[]): Finding[] {
  return keys.flatMap((key, index) => {
    const label = sanitized(key);
    const subject = `monitor.podTargetLabels[${index}]`;
    if (SCRAPED.has(label)) {
      const problem = `is "${key}", a label that vLLM's series have: theirs would be renamed, and every query would miss it`;
      return [error('label-collision', subject, problem, 'label the pods under another key')];
    }
    if (OWN.has(label)) {
      const problem = `is "${key}", a label that every scraped pod gets anyway`;
      return [error('redundant-target-label', subject, problem, 'leave it out')];
    }
    return [];
  });
}

function tlsFindings({ tlsIsSet, https }: MonitorPlan['context']): Finding[] {
  if (tlsIsSet && !https) {
    const problem = 'is said, but the engine serves plain HTTP';
    return [error('monitor-tls-unused', 'monitor.tls', problem, 'say engine.sslCertfile too, or leave it out')];
  }
  if (tlsIsSet || !https) return [];
  const problem = 'is not said: Prometheus reaches pods by address and does not verify the engine’s certificate';
  return [notice('monitor-unverified', 'monitor.tls', problem, 'say the name in the certificate, and its authority')];
}
