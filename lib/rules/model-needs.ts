import { RECOMMENDED } from '../engine/command-line/recommended-arguments';
import type { Fact } from '../engine/facts/fact';
import { isUsed } from '../engine/facts/fact';
import { atLeast } from '../engine/release';
import { servingOf } from '../model/serving';
import type { Serving } from '../model/serving-row';
import type { Finding } from '../preflight/finding';
import { notice, warning } from '../preflight/finding';
import type { CrossCheck, CrossCheckContext } from './cross-check';

/** Parsers that read the same text, by their names (vllm/tool_parsers, vllm/reasoning), beside the one of a recipe. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  qwen3_coder: ['qwen3_xml'],
  qwen3_xml: ['qwen3_coder'],
  hermes: ['qwen3_json'],
  // The thinking of one request may be on or off: the second then decides by it.
  deepseek_r1: ['deepseek_v3'],
  minimax_m2: ['minimax_m2_append_think'],
};

/** Reads with what the tokenizer itself describes, so it fits any model. */
const GENERIC = 'hf';

/** Tokenizer modes that vLLM chooses by itself from the class of the model, when none is set (vllm/config/model.py). */
const OWN_MODES: readonly string[] = ['deepseek_v32', 'deepseek_v4', 'inkling'];

type Needs = readonly [serving: Serving, context: CrossCheckContext];

function parserFindings(what: string, right: string | undefined, set: Fact<string>, modelId: string): Finding[] {
  const { value, origin } = set;
  if (right === undefined || value === undefined || value === '' || value === 'none') return [];
  if (value === right || value === GENERIC || ALIKE[right]?.includes(value) === true) return [];
  const problem = `is "${value}", and ${modelId} writes ${what} in another format: clients would get them as plain text`;
  return [warning('parser-of-another-model', origin, problem, `set "${right}" instead`)];
}

function tools([{ tool }, { facts, modelId }]: Needs): Finding[] {
  if (!isUsed(facts.enableAutoToolChoice) || facts.toolParserPlugin.isSet) return [];
  return parserFindings('tool calls', tool, facts.toolCallParser, modelId);
}

function reasoning([{ reasoning: right }, { facts, modelId }]: Needs): Finding[] {
  const { reasoningParser, reasoningParserPlugin, enableAutoToolChoice } = facts;
  if (reasoningParserPlugin.isSet) return [];
  if (right !== undefined && !reasoningParser.isSet && isUsed(enableAutoToolChoice)) {
    const problem = `is unset, and ${modelId} thinks before it calls a tool: clients get the thoughts as part of the answer`;
    return [notice('reasoning-parser-unset', 'engine.reasoningParser', problem, `set it to "${right}"`)];
  }
  return parserFindings('its thoughts', right, reasoningParser, modelId);
}

function tokenizer([{ args = [] }, { facts, modelId }]: Needs): Finding[] {
  const { value, origin } = facts.tokenizerMode;
  const mode = OWN_MODES.find((each) => args.includes(`--tokenizer-mode=${each}`));
  if (mode === undefined || value === undefined || value === 'auto' || value === mode) return [];
  const problem = `is "${value}": ${modelId} has no chat template, so each chat request fails`;
  return [warning('tokenizer-mode-of-another-model', origin, problem, `set "${mode}", or remove it`)];
}

/** The option for a flag of `needs`, and what is set. */
const NEEDED = {
  '--block-size': { option: 'set engine.blockSize to', fact: 'blockSize' },
  '--runner': { option: 'add to extraArgs', fact: 'runner' },
} as const;

function options([{ needs = [] }, { facts, modelId }]: Needs): Finding[] {
  return needs.flatMap((need) => {
    const [flag = '', value = ''] = need.split('=');
    const row = NEEDED[flag as keyof typeof NEEDED];
    const fact = facts[row.fact];
    if (String(fact.value ?? '') === value) return [];
    const subject = fact.isSet ? fact.origin : flag;
    const is = fact.value === undefined ? 'unset' : `"${fact.value}"`;
    const fix = `${row.option} ${flag === '--runner' ? `"${need}"` : value}`;
    return [warning('model-needs-option', subject, `is ${is}, and ${modelId} is served with ${need}`, fix)];
  });
}

function version([{ since }, { release, versionIsChecked, modelId }]: Needs): Finding[] {
  if (since === undefined || !versionIsChecked || atLeast(release, since)) return [];
  const problem = `is ${release.text}, and ${modelId} is served with vLLM ${since} or later: an older one may not know it`;
  return [warning('model-needs-newer-vllm', 'vllmVersion', problem, `set it to ${since} or later`)];
}

/** What a known model needs to be served well: parsers, modes, options, and the release. */
export const modelNeeds: CrossCheck = (context) => {
  // With a path, the user says nothing about which model it is.
  const serving = context.modelId.includes('/') ? servingOf(context.modelId) : undefined;
  if (serving === undefined) return [];
  const checks = [tools, reasoning, tokenizer, options, version];
  return checks.flatMap((check) => check([serving, context])).filter(({ subject }) => subject !== RECOMMENDED);
};
