import { tracingFindings } from '../../lib/tracing/tracing-findings';
import { VllmVersion } from '../../lib';
import type { Tracing } from '../../lib';
import { collectorObjects } from '../../lib/tracing/collector-manifests';
import type { TracingPlan } from '../../lib/tracing/tracing-plan';
import { planTracing } from '../../lib/tracing/tracing-plan';
import { findingLine } from '../../lib/preflight/finding';
import type { Manifest } from '../support/stack';

export const COLLECTOR = 'http://otel.observability:4317';

const META = {
  namespace: 'llm',
  labels: { app: 'vllm', team: 'ml', 'app.kubernetes.io/name': 'vllm', 'app.kubernetes.io/component': 'inference' },
  annotations: { contact: 'ml@example.com' },
};

/** What tracing adds to one stack. */
export function tracingPlan(tracing: Tracing, version = VllmVersion.V0_32_0, name = 'vllm'): TracingPlan {
  return planTracing(tracing, { name, version, selector: { app: name }, assignsUser: false });
}

/** Findings about tracing, as lines of text. */
export const tracingLines = (...args: Parameters<typeof tracingPlan>): string[] =>
  tracingFindings(tracingPlan(...args)).map(findingLine);

/** The objects of the stack's own collector. */
export function objectsOf(tracing: Tracing): Manifest[] {
  const { collector } = tracingPlan(tracing);
  if (collector === undefined) throw new Error('no collector');
  return collectorObjects(collector, META);
}
