import type { Finding } from '../../lib';
import type { Monitor } from '../../lib/monitoring/monitor';
import { monitorManifest } from '../../lib/monitoring/monitor-manifests';
import type { MonitorPlan } from '../../lib/monitoring/monitor-plan';
import { planMonitor } from '../../lib/monitoring/monitor-plan';
import type { ServingProps } from '../../lib/stack/serving-props';
import { findingLine } from '../../lib/preflight/finding';
import { REVISION_LABELS } from '../../lib/workload/kinds/workload-kinds';
import { planOf } from '../support/plan';
import type { Manifest } from '../support/stack';

export const TLS = { engine: { sslCertfile: '/tls/tls.crt', sslKeyfile: '/tls/tls.key' } };
export const META = { namespace: 'llm', labels: { app: 'vllm', release: 'prometheus' }, annotations: {} };

/** The plan of a monitor of one stack, with the options of a test. */
export function monitorPlan(monitor: Monitor, props: Partial<ServingProps> = {}, model = 'meta-llama/8B'): MonitorPlan {
  const input = { plan: planOf(props), model, selector: { app: 'vllm' }, revisionLabels: REVISION_LABELS };
  return planMonitor(monitor, input);
}

export const specOf = (monitor: Monitor, props: Partial<ServingProps> = {}, model?: string): Manifest =>
  (monitorManifest(monitorPlan(monitor, props, model), META) as Manifest).spec;

export const lines = (findings: readonly Finding[]): string[] => findings.map(findingLine);
