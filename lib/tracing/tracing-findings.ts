import type { Finding } from '../preflight/finding';
import { notice, warning } from '../preflight/finding';
import { packageFindings } from '../rules/tracing-packages';
import { collectorFindings } from './collector-plan';
import { endpointFindings } from './endpoint';
import type { TracingContext, TracingPlan } from './tracing-plan';

/** Problems of how a stack is traced. */
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
  const problem = `is ${detailed.join(', ')}: vLLM documents these spans as costly and blocking`;
  return [notice('detailed-traces', 'tracing.detailed', problem, 'remove it after your investigation')];
}

function exportFindings({ exporting }: TracingContext): Finding[] {
  if (exporting === undefined) return [];
  const { exportTo, protocol, hasHeaders, sampling, samplesTail } = exporting;
  const findings = endpointFindings(exportTo, 'tracing.exportTo', protocol);
  if (exportTo.startsWith('http:') && hasHeaders) {
    const problem = 'are sent to an address without TLS: anyone on the network path can read the values';
    findings.push(warning('secret-in-clear', 'tracing.headers', problem, 'begin exportTo with https://'));
  }
  if (samplesTail && sampling < 1) {
    const problem = `is ${sampling}: the collector cannot keep slow requests that the engine does not trace`;
    findings.push(warning('sampled-twice', 'tracing.sampling', problem, 'remove it, or remove tailSampling'));
  }
  return findings;
}
