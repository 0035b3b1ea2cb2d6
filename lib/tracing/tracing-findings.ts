import type { Finding } from '../preflight/finding';
import { notice, warning } from '../preflight/finding';
import { packageFindings } from '../rules/tracing-packages';
import { collectorFindings } from './collector-plan';
import { endpointFindings } from './endpoint';
import type { TracingContext, TracingPlan } from './tracing-plan';

/** What is wrong with how a stack is traced. */
export function tracingFindings({ collector, context }: TracingPlan): Finding[] {
  const { engine, endpoint, protocol } = context;
  return [
    ...packageFindings(engine, 'tracing'),
    ...(endpoint === undefined ? [] : endpointFindings(endpoint, 'tracing.endpoint', protocol)),
    ...exportFindings(context),
    ...detailFindings(context),
    ...(collector ? collectorFindings(collector) : []),
  ];
}

function detailFindings({ detailed }: TracingContext): Finding[] {
  if (detailed === undefined) return [];
  const problem = `is ${detailed.join(', ')}: vLLM calls these spans costly and blocking`;
  return [notice('detailed-traces', 'tracing.detailed', problem, 'leave it out when you know what you wanted to know')];
}

function exportFindings({ exporting }: TracingContext): Finding[] {
  if (exporting === undefined) return [];
  const { exportTo, protocol, hasHeaders, sampling, samplesTail } = exporting;
  const findings = endpointFindings(exportTo, 'tracing.exportTo', protocol);
  if (exportTo.startsWith('http:') && hasHeaders) {
    const problem = 'goes to an address without TLS: everybody on the way can read the values';
    findings.push(warning('secret-in-clear', 'tracing.headers', problem, 'begin exportTo with https://'));
  }
  if (samplesTail && sampling < 1) {
    const problem = `is ${sampling}: what the engine leaves out, the collector can no longer keep for being slow`;
    findings.push(warning('sampled-twice', 'tracing.sampling', problem, 'leave it out, or leave tailSampling out'));
  }
  return findings;
}
