import { isDeepStrictEqual } from 'node:util';
import { PLAUSIBLE } from '../defaults/plausible';
import type { Finding } from '../preflight/finding';
import { error, notice, warning } from '../preflight/finding';
import { implausible } from '../shapes/plausible';
import { FailureMode } from './failure-mode';
import { lengthFindings } from './length-findings';
import type { PoolPlan, PoolStack } from './pool-plan';

/** Problems of a pool. */
export function poolFindings(pool: PoolPlan): Finding[] {
  return [
    ...stackFindings(pool),
    ...namespaceFindings(pool),
    ...likeTheFirst(pool),
    ...hashingFindings(pool),
    ...lengthFindings(pool),
    ...pickerFindings(pool),
    ...failureFindings(pool),
    ...zeroFindings(pool),
  ];
}

const subjectOf = (index: number): string => `stacks[${index}]`;

function stackFindings({ stacks }: PoolPlan): Finding[] {
  return stacks.flatMap(({ path, plan, member }, index): Finding[] => {
    const earlier = stacks.findIndex((each) => each.path === path);
    if (earlier < index) {
      const problem = `is the stack "${plan.name}", as ${subjectOf(earlier)} is`;
      return [error('pool-stack-twice', subjectOf(index), problem, 'remove one of them')];
    }
    if (member !== undefined) return [];
    const problem = `is the stack "${plan.name}", which has no inferencePool: its pods have no labels of a pool`;
    return [
      error('pool-not-a-member', subjectOf(index), problem, 'set inferencePool in this stack, or remove it here'),
    ];
  });
}

function namespaceFindings({ namespace }: PoolPlan): Finding[] {
  if (namespace !== undefined) return [];
  const problem = 'has no namespace: the rights of the endpoint picker are bound in one';
  const fix = 'set namespace in the stack, or in the props of the chart';
  return [error('pool-namespace-unknown', subjectOf(0), problem, fix)];
}

/** The API key as the engine gets it: undefined for none. */
const apiKeyOf = ({ plan }: PoolStack) => plan.environment.find(({ name }) => name === 'VLLM_API_KEY')?.secret;

/** Members that differ from the first one in what a pool has once. */
function likeTheFirst({ stacks }: PoolPlan): Finding[] {
  const [first, ...others] = stacks;
  if (first === undefined) return [];
  return others.flatMap((other, at): Finding[] => {
    const subject = subjectOf(at + 1);
    const findings: Finding[] = [];
    const [name, otherName] = [first.plan.name, other.plan.name];
    if (first.member && other.member && first.member.pool !== other.member.pool) {
      const problem = `is the stack "${otherName}" of pool "${other.member.pool}", and "${name}" is of pool "${first.member.pool}"`;
      const fix = 'use the same inferencePool.pool, or a separate InferencePool';
      findings.push(error('pool-name-differs', subject, problem, fix));
    }
    if (first.plan.namespace !== other.plan.namespace) {
      const problem = `is in namespace "${other.plan.namespace}", and "${name}" is in "${first.plan.namespace}": a pool selects pods of its own namespace only`;
      findings.push(error('pool-namespace-differs', subject, problem, 'use one namespace for all members'));
    }
    if (first.plan.port !== other.plan.port) {
      const problem = `listens on port ${other.plan.port}, and "${name}" on ${first.plan.port}: a pool has one port for all pods`;
      findings.push(error('pool-port-differs', subject, problem, 'use the same port for all members'));
    }
    if (!isDeepStrictEqual([...first.models].sort(), [...other.models].sort())) {
      const problem = `serves ${other.models.join(', ')}, and "${name}" serves ${first.models.join(', ')}: vLLM answers 404 for another name, and the pool sends any request to any member`;
      const fix = 'use the same names in Model.of(…, { servedNames }) of all members, or a separate pool';
      findings.push(error('pool-models-differ', subject, problem, fix));
    }
    if (!isDeepStrictEqual(apiKeyOf(first), apiKeyOf(other))) {
      const problem = `has another apiKey than "${name}": the pool sends any request to any member, and some would answer 401`;
      findings.push(error('pool-api-keys-differ', subject, problem, 'use the same apiKey for all members'));
    }
    return findings;
  });
}

/** Members whose hashes of blocks leave the pods, and which hash in another way than the first of them. */
function hashingFindings({ stacks }: PoolPlan): Finding[] {
  const hashed = stacks.flatMap(({ plan }, index) =>
    plan.opened.hashing ? [{ index, plan, ...plan.opened.hashing }] : [],
  );
  const [first, ...others] = hashed;
  if (first === undefined) return [];
  const { name } = first.plan;
  return others.flatMap(({ index, plan, why, seed, algorithm }): Finding[] => {
    const subject = subjectOf(index);
    const needed = `all pods of a pool must hash blocks alike for ${why}`;
    if (seed !== undefined && first.seed !== undefined && seed !== first.seed) {
      const problem = `is the stack "${plan.name}" with PYTHONHASHSEED "${seed}", and "${name}" has "${first.seed}": ${needed}`;
      return [error('pool-hashes-differ', subject, problem, 'remove PYTHONHASHSEED from env, or use the same one')];
    }
    if (algorithm === first.algorithm) return [];
    const problem = `is the stack "${plan.name}", which hashes by ${algorithm}, and "${name}" by ${first.algorithm}: ${needed}`;
    return [error('pool-hashes-differ', subject, problem, 'use the same engine.prefixCachingHashAlgo')];
  });
}

function pickerFindings({ picker }: PoolPlan): Finding[] {
  const { cpu, memory, memoryLimit, config } = picker;
  const findings: Finding[] = [
    ...implausible(PLAUSIBLE['picker.resources.cpu'], 'picker.resources.cpu', cpu),
    ...implausible(PLAUSIBLE['picker.resources.memory'], 'picker.resources.memory', memory),
    ...implausible(PLAUSIBLE['picker.resources.memory'], 'picker.resources.memoryLimit', memoryLimit),
  ];
  if (memoryLimit < memory) {
    const problem = `is ${memoryLimit} MiB, and the request is ${memory} MiB: Kubernetes refuses a limit below the request`;
    const fix = 'set it to at least the request';
    findings.push(error('picker-memory-limit', 'picker.resources.memoryLimit', problem, fix));
  }
  const [profile] = config.schedulingProfiles;
  if (!profile?.plugins.some(({ pluginRef }) => pluginRef.endsWith('-scorer'))) {
    const problem = 'sets every weight to 0: the endpoint picker could not compare pods';
    findings.push(error('picker-without-scorers', 'picker.weights', problem, 'use at least one weight above 0'));
  }
  return findings;
}

function failureFindings({ failureMode, picker }: PoolPlan): Finding[] {
  if (failureMode !== FailureMode.FAIL_CLOSE || picker.replicas > 1) return [];
  const problem =
    'is 1 with FailureMode.FAIL_CLOSE: the gateway answers 500 until a lost picker is replaced, which takes minutes when its node is lost';
  const fix = 'use 2, or FailureMode.FAIL_OPEN';
  return [notice('picker-alone', 'picker.replicas', problem, fix)];
}

function zeroFindings({ stacks }: PoolPlan): Finding[] {
  return stacks.flatMap(({ scalesToZero, plan }, index) => {
    if (!scalesToZero) return [];
    const problem = `is the stack "${plan.name}", which scales to zero: the endpoint picker refuses requests for which it has no pod, and does not hold them until one starts`;
    const fix =
      'remove scaleToZero, or acknowledge this finding if clients retry and its signal counts refused requests';
    return [warning('pool-scales-to-zero', subjectOf(index), problem, fix)];
  });
}
