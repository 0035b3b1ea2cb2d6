import type { BlueGreenOptions, CanaryOptions, VllmInferenceStackProps } from '../../lib';
import { Accelerator, CanaryRouter, Delivery, GpuModel, Model, Objective, Scaling } from '../../lib';
import type { RolloutPlan } from '../../lib/delivery/plan/rollout-plan';
import type { Finding } from '../../lib/preflight/finding';
import { findingLine, FindingSeverity } from '../../lib/preflight/finding';
import { DELIVERY } from '../../lib/preflight/register/delivery';
import type { Section } from '../../lib/preflight/register/section';
import { stackFindings } from '../../lib/stack/stack-findings';
import type { StackParts } from '../../lib/stack/stack-parts';
import { planParts } from '../../lib/stack/stack-parts';
import type { Manifest } from './stack';
import { find, manifestsWith } from './stack';

/** Properties besides the delivery. */
export type Props = Partial<VllmInferenceStackProps>;

/** An objective, which most canaries need for a guard. */
export const ERRORS = Objective.errorRate({ below: 0.01 });

/** Labels by which Prometheus selects monitors and rules: without them there is a warning. */
const SELECTED = { release: 'prometheus' };

/** A canary by Istio, with the options of a test. */
export const canaryBy = (options: Partial<CanaryOptions> = {}): Delivery =>
  Delivery.canary({ router: CanaryRouter.istio(), ...options });

/** A stack with such a canary, and one objective. */
export const withCanary = (options: Partial<CanaryOptions> = {}, props: Props = {}): Props => ({
  objectives: [ERRORS],
  monitoringLabels: SELECTED,
  delivery: canaryBy(options),
  ...props,
});

/** A stack that is delivered blue-green, and one objective. */
export const withBlueGreen = (options: BlueGreenOptions = {}, props: Props = {}): Props => ({
  objectives: [ERRORS],
  monitoringLabels: SELECTED,
  delivery: Delivery.blueGreen(options),
  ...props,
});

/** A fixed number of replicas. */
export const replicas = (count: number): Props => ({ scaling: Scaling.fixed(count) });

/** All decisions about Llama 3.1 8B on one L40S in the namespace `llm`. */
export const partsOf = (props: Props): StackParts =>
  planParts(
    {
      name: 'vllm',
      model: Model.of('meta-llama/Llama-3.1-8B-Instruct'),
      accelerator: Accelerator.gpu(GpuModel.L40S),
      ...props,
    },
    props.namespace ?? 'llm',
    'test/Stack',
  );

/** The plan of a canary or blue-green rollout. */
export function rolloutOf(props: Props): RolloutPlan {
  const { rollout } = partsOf(props);
  if (rollout === undefined) throw new Error('no rollout is planned');
  return rollout;
}

/** Ids of the findings about deliveries. */
const OWN_IDS = new Set(
  (DELIVERY as readonly Section[]).flatMap(({ errors, warnings, notices }) =>
    [errors, warnings, notices].flatMap((ids) => Object.keys(ids ?? {})),
  ),
);

/** A warning that each blue-green rollout has, and that is tested on its own. */
const EACH_BLUE_GREEN = 'blue-green-forced-apply';

const findingsOf = (props: Props): Finding[] =>
  stackFindings(partsOf(props)).filter(({ id }) => id !== EACH_BLUE_GREEN);

/** All findings about the delivery of a stack, of any severity, as lines of text. */
export const deliveryLines = (props: Props): string[] =>
  findingsOf(props)
    .filter(({ id }) => OWN_IDS.has(id))
    .map(findingLine);

const linesOf = (severity: FindingSeverity, props: Props): string[] =>
  findingsOf(props)
    .filter((finding) => finding.severity === severity)
    .map(findingLine);

/** Errors about a stack, as lines of text. */
export const errorsOf = (props: Props): string[] => linesOf(FindingSeverity.ERROR, props);

/** Warnings about a stack. */
export const warningsOf = (props: Props): string[] => linesOf(FindingSeverity.WARNING, props);

/** The strategy of the emitted Rollout. */
export const strategyOf = (props: Props): Manifest => find(manifestsWith(props), 'Rollout').spec.strategy;

/** The metrics of an emitted analysis template, by name. */
export function metricsOf(props: Props, template = 'vllm-guards'): Readonly<Record<string, Manifest>> {
  const found = manifestsWith(props).find(
    ({ kind, metadata }: Manifest) => kind === 'AnalysisTemplate' && metadata.name === template,
  );
  return Object.fromEntries(found.spec.metrics.map((metric: Manifest) => [metric.name, metric]));
}
