import { AcceleratorKind } from '../accelerator/accelerator';
import { MEMORY_FIT } from '../defaults';
import { isUsed } from '../engine/facts/fact';
import type { FactName } from '../engine/facts/fact-table';
import type { Finding } from '../preflight/finding';
import { error, FindingSeverity, notice, warning } from '../preflight/finding';
import { inGibibytes, MIB_PER_GIB, wholeGib } from '../units/mebibytes';
import type { FitInput } from './fit-input';
import type { MemoryFit } from './memory-fit';
import { suggestions } from './load';
import type { MemoryContext } from './memory-context';
import type { MemoryPlan } from './memory-plan';
import { isPlausible } from './memory-plan';
import { sizeFindings } from './size-findings';
import { stateFindings } from './state-findings';

const OVERRIDE = 'unsafeMemoryFit';

/** The arithmetic of a fit, a line each. */
function arithmetic(fit: MemoryFit, { cacheMib, utilization, cacheBytes }: FitInput): string[] {
  const gib = (mib: number): string => inGibibytes(mib, 2);
  const share = cacheMib === undefined ? `, ${utilization} of ${gib(fit.total)}` : '';
  const batch = Math.max(fit.activations, fit.sampling);
  const parts = [
    `${fit.activations > fit.sampling ? 'activations' : 'logits'} ${gib(batch)}`,
    ...(fit.cudaGraphs > 0 ? [`CUDA graphs ${gib(fit.cudaGraphs)}`] : []),
    `runtime ${gib(fit.runtime)}`,
  ];
  return [
    `each device: ${gib(fit.requested)} for the engine${share}`,
    `weights: ${gib(fit.weights)}`,
    `reserve: ${gib(fit.reserve)} (${parts.join(', ')})`,
    `KV cache: ${gib(Math.max(0, fit.cache))}${cacheMib === undefined ? ' left' : ' set'}`,
    ...(fit.tokens
      ? [`one token: ${Number(fit.tokens.kibPerToken.toFixed(2))} KiB at ${cacheBytes} bytes a value`]
      : []),
  ];
}

const PART_OF_GPU: Partial<Record<AcceleratorKind, string>> = {
  [AcceleratorKind.MIG]: 'slice of',
  [AcceleratorKind.SHARED]: 'share of',
};

/** A device in words, after "each". */
function deviceWords({ accelerator: { kind, model, resourceName } }: MemoryContext): string {
  const part = PART_OF_GPU[kind];
  const name = model?.name ?? resourceName;
  return part === undefined ? name : `${part} the ${name}`;
}

/** The property about the longest context, and what it is. */
function lengthWords({ facts, model }: MemoryContext, length: number): [subject: string, is: string] {
  const { isSet, origin } = facts.maxModelLen;
  return isSet ? [origin, `is ${length}`] : ['engine.maxModelLen', `is unset, so it is the ${length} of ${model.id}`];
}

function refusal(context: MemoryContext, input: FitInput, fit: MemoryFit): Finding | undefined {
  if (input.isHost) return refusalOnCpu(context, input, fit);
  const { facts, model } = context;
  const gpu = deviceWords(context);
  const explained = (finding: Finding): Finding => {
    const instead = suggestions().alternatives(context, input, fit);
    const fix = `${finding.fix}${instead.length > 0 ? 'use a change listed below' : 'use more GPU memory'}, or set ${OVERRIDE} to what you measured`;
    return { ...finding, fix, details: [...arithmetic(fit, input), ...instead.map((each) => `fits: ${each}`)] };
  };
  if (fit.missing > 0) {
    const { numGpuBlocksOverride: blocks, kvCacheMemoryBytes } = facts;
    const [subject, is] =
      input.blocks === undefined
        ? [kvCacheMemoryBytes.origin, `is ${inGibibytes(fit.cache, 2)}`]
        : [blocks.origin, `is ${input.blocks}, which is ${inGibibytes(fit.cache, 2)}`];
    const problem = `${is}, but weights and reserve leave about ${inGibibytes(Math.max(0, fit.cache - fit.missing), 2)} of each ${gpu}`;
    return explained(error('memory-kv-cache', subject, problem, 'lower it, remove it, '));
  }
  if (fit.cache <= 0) {
    const problem = `each ${gpu} has ${inGibibytes(fit.requested)} for the engine, but its part of ${model.id} needs ${inGibibytes(fit.weights)} and the engine itself about ${inGibibytes(fit.reserve)}: nothing is left for the KV cache, and vLLM would not start`;
    return explained(error('memory-weights', 'accelerator', problem, ''));
  }
  const { tokens } = fit;
  if (tokens === undefined || input.maxModelLen === undefined || tokens.largestContext >= input.maxModelLen) return;
  const [subject, length] = lengthWords(context, input.maxModelLen);
  const problem = `${length}: a request of that length needs ${inGibibytes(tokens.perSequence, 2)} of KV cache on each ${gpu}, and about ${inGibibytes(fit.cache, 2)} are left: vLLM would not start`;
  const most = suggestions().suggestedContext(fit);
  return explained(error('memory-context', subject, problem, most > 0 ? `use at most ${most}, ` : ''));
}

/** On CPU the pod grows with the KV cache, but that has a size, and vLLM does not start if it is too small. */
function refusalOnCpu(context: MemoryContext, { maxModelLen }: FitInput, fit: MemoryFit): Finding | undefined {
  const { tokens } = fit;
  if (tokens === undefined || maxModelLen === undefined || tokens.largestContext >= maxModelLen) return undefined;
  const [subject, length] = lengthWords(context, maxModelLen);
  const problem = `${length}: a request of that length needs ${inGibibytes(tokens.perSequence, 2)} of KV cache, which has ${inGibibytes(fit.cache, 2)}: vLLM would not start`;
  const most = suggestions().suggestedContext(fit);
  const shorter = most > 0 ? `use at most ${most}, or ` : '';
  // vLLM keeps one block back.
  const space = wholeGib(tokens.perSequence * (1 + 1 / tokens.blocks)) / MIB_PER_GIB;
  const { isSet, origin } = context.facts.kvCacheMemoryBytes;
  const larger = isSet
    ? `raise ${origin} to ${space} GiB`
    : `set kvCacheSpace to Size.gibibytes(${space}) in Accelerator.cpu`;
  return error('memory-context', subject, problem, `${shorter}${larger}`);
}

/** A small KV cache is not an error, but the second long request waits for the first. */
function crowded(context: MemoryContext, { maxModelLen }: FitInput, { tokens }: MemoryFit): Finding[] {
  if (tokens === undefined || maxModelLen === undefined) return [];
  if (tokens.sequences < 1 || tokens.sequences >= MEMORY_FIT.fewSequences) return [];
  const [subject, length] = lengthWords(context, maxModelLen);
  const problem = `${length}: ${Math.floor(tokens.sequences * 10) / 10} requests of that length fit into the KV cache at once`;
  return [notice('memory-few-sequences', subject, problem, 'lower it if requests are shorter, or use more memory')];
}

const UNCOUNTED: readonly [fact: FactName, what: string][] = [
  ['enableLora', 'adapters'],
  ['speculativeConfig', 'speculative decoding'],
  ['specModel', 'speculative decoding'],
  ['specMethod', 'speculative decoding'],
];

/** What uses GPU memory that the fit does not count. */
function uncounted({ facts }: MemoryContext): Finding[] {
  const found = UNCOUNTED.find(([name]) => isUsed(facts[name]));
  if (found === undefined) return [];
  const [name, what] = found;
  const problem = `uses GPU memory that the memory fit does not count: ${what}`;
  return [notice('memory-not-counted', facts[name].origin, problem, 'keep some GPU memory free for it, and measure')];
}

/** Findings about a fit. */
function fitFindings(context: MemoryContext, input: FitInput, fit: MemoryFit): Finding[] {
  const refused = refusal(context, input, fit);
  if (refused) return [refused];
  if (input.isHost) return crowded(context, input, fit);
  const partly = input.shape === undefined ? [unchecked(context)] : [];
  return [...partly, ...stateFindings(context, input, fit), ...crowded(context, input, fit), ...uncounted(context)];
}

/** Experts are divided by more ranks than the rest: without the shape, the least that a rank can have is checked. */
function unchecked({ model, facts }: MemoryContext): Finding {
  const { enableExpertParallel, dataParallelSize } = facts;
  const ranks = [enableExpertParallel, dataParallelSize].find((fact) => isUsed(fact) && fact.value !== 1);
  if (ranks === undefined) {
    const problem = `the shape of ${model.id} is not known, so only its weights are checked against GPU memory, not its KV cache`;
    return notice('memory-kv-cache-unchecked', 'model', problem, 'set architecture in Model.of');
  }
  const problem = `divides the experts of ${model.id} between all ranks, and how large they are is not known: GPU memory is hardly checked`;
  return warning('memory-experts-unknown', ranks.origin, problem, 'set architecture in Model.of, with experts');
}

/** Findings when no fit can be calculated. An unknown size of the weights is a finding elsewhere. */
function noFitFindings({ accelerator, weights }: MemoryContext): Finding[] {
  if (weights.isBound || weights.size === undefined) return [];
  const problem = `the memory of ${accelerator.resourceName} is not known, so nothing is checked against it`;
  return [notice('memory-of-accelerator-unknown', 'accelerator', problem, 'set memory in Accelerator.resource')];
}

/** With a reason from the user, errors become warnings. */
function overridden(findings: readonly Finding[], reason: string | undefined): Finding[] {
  if (reason === undefined) return [...findings];
  const isError = ({ severity }: Finding): boolean => severity === FindingSeverity.ERROR;
  if (!findings.some(isError)) {
    const problem = 'is set, but the memory fit has no error';
    return [...findings, warning('memory-override-unused', OVERRIDE, problem, 'remove it')];
  }
  return findings.map((finding) =>
    isError(finding)
      ? { ...finding, severity: FindingSeverity.WARNING, problem: `${finding.problem} (${OVERRIDE}: ${reason})` }
      : finding,
  );
}

/** What does not fit. `reason` is why the user overrides the fit. */
export function memoryFindings(
  context: MemoryContext,
  { fitted }: Pick<MemoryPlan, 'fitted'>,
  reason: string | undefined,
): Finding[] {
  if (!isPlausible(context)) return [];
  const ofSize = sizeFindings(context);
  // A fit with a wrong size, and what it suggests, would mislead.
  if (ofSize.length > 0 && reason === undefined) return ofSize;
  const findings = fitted === undefined ? noFitFindings(context) : fitFindings(context, fitted.input, fitted.fit);
  return overridden([...ofSize, ...findings], reason);
}
