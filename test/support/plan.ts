import { Accelerator, GpuModel, Model, VllmVersion } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import type { StackPlan } from '../../lib/plan/stack-plan';
import type { PlanOptions } from '../../lib/stack/plan-stack';
import { planStack } from '../../lib/stack/plan-stack';
import { servingFindings } from '../../lib/stack/serving-findings';
import type { Finding } from '../../lib/preflight/finding';
import { findingLine, FindingSeverity } from '../../lib/preflight/finding';

export const LLAMA_8B = Model.of('meta-llama/Llama-3.1-8B-Instruct');
export const QWEN_MOE = Model.of('Qwen/Qwen3-30B-A3B');

export const SMALLEST: ServingProps = { name: 'vllm', model: LLAMA_8B, accelerator: Accelerator.gpu(GpuModel.L40S) };

export const h100 = (count: number): Accelerator => Accelerator.gpu(GpuModel.H100, count);
export const pinned = (version: string): { vllmVersion: VllmVersion } => ({ vllmVersion: VllmVersion.of(version) });

/** The plan of Llama 3.1 8B on one L40S, with the properties of a test. */
export const planOf = (props: Partial<ServingProps> = {}, metricUsers: readonly string[] = []): FoundPlan =>
  planWith({ ...SMALLEST, ...props }, { metricUsers, metrics: [] });

/** A plan, and what is found about it. */
export interface FoundPlan extends StackPlan {
  readonly findings: readonly Finding[];
}

/** The plan of these properties with its findings. */
export function planWith(props: ServingProps, options: PlanOptions): FoundPlan {
  const plan = planStack(props, options);
  return { ...plan, findings: servingFindings(plan) };
}

const lines = (findings: readonly Finding[], severity: FindingSeverity): string[] =>
  findings.filter((finding) => finding.severity === severity).map(findingLine);

/** Errors about properties, as lines of text. */
export const errorsOf = (props: Partial<ServingProps>, metricUsers: readonly string[] = []): string[] =>
  lines(planOf(props, metricUsers).findings, FindingSeverity.ERROR);

/** Warnings, without the changes of an old pinned version. */
export const warningsOf = (props: Partial<ServingProps>): string[] =>
  lines(planOf(props).findings, FindingSeverity.WARNING).filter((line) => !/-changes\]/.test(line));

/** Ids of errors and warnings, without the changes of an old pinned version. */
export const idsOf = (props: Partial<ServingProps>): string[] =>
  planOf(props)
    .findings.filter(({ severity }) => severity !== FindingSeverity.NOTICE)
    .map(({ id }) => id)
    .filter((id) => !id.endsWith('-changes'));

/** The value of a flag on the command line, `''` for a switch, undefined when it is unset. */
export function flagOf(props: Partial<ServingProps>, flag: string): string | undefined {
  const item = planOf(props).args.find((each) => each === flag || each.startsWith(`${flag}=`));
  return item?.slice(flag.length + 1);
}

/** A variable of the container: its value, or `Secret/key`. */
export function variableOf(props: Partial<ServingProps>, name: string): string | undefined {
  const variable = planOf(props).environment.find((each) => each.name === name);
  return variable?.secret ? `${variable.secret.secretName}/${variable.secret.key}` : variable?.value;
}
