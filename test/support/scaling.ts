import { Scaling } from '../../lib';
import type { KedaScalingOptions, VllmInferenceStackProps } from '../../lib';
import type { GatewayCounts } from '../../lib/metrics/gateway-counts';
import type { ServingProps } from '../../lib/stack/serving-props';
import { findingLine, FindingSeverity } from '../../lib/preflight/finding';
import type { ScalerPlan } from '../../lib/scaling/scaler';
import { scalerFindings } from '../../lib/scaling/scaler-findings';
import { planScaler } from '../../lib/scaling/scaler-plan';
import { DEFAULT_KIND, scaleTarget } from '../../lib/workload/kinds/workload-kinds';
import { planOf } from './plan';
import type { Manifest } from './stack';
import { find, manifestsWith } from './stack';

/** Message of the error that a call throws. */
export function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('not refused');
}

/** The scaler's plan of Llama 3.1 8B on one L40S in the namespace `llm`, with the options of a test. */
export function scalerOf(
  options: Partial<KedaScalingOptions> = {},
  props: Partial<ServingProps> = {},
  scrapeInterval?: number,
  gateway?: GatewayCounts,
): ScalerPlan {
  const plan = planOf({ namespace: 'llm', ...props });
  const keda = { maxReplicas: 40, ...options };
  const target = scaleTarget(DEFAULT_KIND, plan.names.workload, 'llm');
  return planScaler(keda, { plan, target, scrapeInterval, gateway });
}

/** Findings about a scaler of one severity, as lines of text. */
export const linesOf = (severity: FindingSeverity, plan: ScalerPlan): string[] =>
  scalerFindings(plan)
    .filter((finding) => finding.severity === severity)
    .map(findingLine);

/** Findings about the scaler with some options. */
export const scalerLines = (
  severity: FindingSeverity,
  options: Partial<KedaScalingOptions>,
  props: Partial<ServingProps> = {},
  scrapeInterval?: number,
): string[] => linesOf(severity, scalerOf(options, props, scrapeInterval));

/** Errors of a scaler. */
export const scalerErrors = (
  options: Partial<KedaScalingOptions>,
  props?: Partial<ServingProps>,
  scrapeInterval?: number,
): string[] => scalerLines(FindingSeverity.ERROR, options, props, scrapeInterval);

/** Warnings of a scaler. */
export const scalerWarnings = (options: Partial<KedaScalingOptions>, props?: Partial<ServingProps>): string[] =>
  scalerLines(FindingSeverity.WARNING, options, props);

/** All manifests of a stack that scales with KEDA. */
export const scaledManifests = (
  options: Partial<KedaScalingOptions> = {},
  props: Partial<VllmInferenceStackProps> = {},
): Manifest[] => manifestsWith({ scaling: Scaling.keda({ maxReplicas: 40, ...options }), ...props });

/** The `spec` of the ScaledObject of such a stack. */
export const scaledSpec = (
  options: Partial<KedaScalingOptions> = {},
  props: Partial<VllmInferenceStackProps> = {},
): Manifest => find(scaledManifests(options, props), 'ScaledObject').spec;
