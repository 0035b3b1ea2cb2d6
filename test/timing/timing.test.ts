import { Duration, Size } from 'cdk8s';
import { Accelerator, Model, VllmVersion, Weights } from '../../lib';
import type { Finding } from '../../lib/preflight/finding';
import { FindingSeverity, findingLine } from '../../lib/preflight/finding';
import { errorsOf, flagOf, h100, idsOf, pinned, planOf, QWEN_MOE, variableOf, warningsOf } from '../support/plan';

const seconds = (value: number) => Duration.seconds(value);
const noticesOf = (findings: readonly Finding[]) =>
  findings.filter(({ severity }) => severity === FindingSeverity.NOTICE).map(findingLine);

const TWO_RANKS = { model: QWEN_MOE, accelerator: h100(2), engine: { dataParallelSize: 2 } };
const LLAMA_405B = Model.of('meta-llama/Llama-3.1-405B-Instruct');

describe('the start', () => {
  it('gets at least ten minutes, with the reason', () => {
    expect(planOf().timing.startupBudget).toEqual({
      value: 600,
      reason: '154 s to read 15 GiB at 100 MiB/s, 240 s to compile and capture graphs; at least 600 s',
    });
  });

  it('gets the time that huge weights from the Hub need, in whole minutes', () => {
    const { startupBudget, progressDeadline } = planOf({ model: LLAMA_405B, accelerator: h100(16) }).timing;
    expect(startupBudget.value).toBe(8040);
    expect(startupBudget.reason).toBe(
      '7742 s to read 756 GiB at 100 MiB/s, 240 s to compile and capture graphs; in whole minutes',
    );
    expect(progressDeadline.value).toBe(8040 + 600 + 155);
  });

  it('is faster from a volume, and at the rate that is set', () => {
    const weights = (gibPerSecond?: number) =>
      Weights.fromVolume({ claim: 'w', loadRatePerSecond: gibPerSecond ? Size.gibibytes(gibPerSecond) : undefined });
    const props = { model: LLAMA_405B, accelerator: h100(16) };
    expect(planOf({ ...props, weights: weights() }).timing.startupBudget.value).toBe(4140);
    expect(planOf({ ...props, weights: weights(2) }).timing.startupBudget.value).toBe(660);
  });

  it('names the minimum in the reason only when it applies', () => {
    const of = (gib: number) => Model.of('a/b', { weightsSize: Size.gibibytes(gib) });
    const reason = (gib: number) => planOf({ model: of(gib) }).timing.startupBudget.reason;
    expect(reason(29.2)).toContain('at least 600 s');
    expect(reason(30)).toContain('in whole minutes');
  });

  it('lets the engine wait as long as the kubelet', () => {
    expect(variableOf({ model: LLAMA_405B, accelerator: h100(16) }, 'VLLM_ENGINE_READY_TIMEOUT_S')).toBe('8040');
    expect(variableOf(pinned('0.13.0'), 'VLLM_ENGINE_READY_TIMEOUT_S')).toBeUndefined();
    expect(variableOf(pinned('0.14.0'), 'VLLM_ENGINE_READY_TIMEOUT_S')).toBe('600');
  });

  it('warns about an engine whose own timeout is shorter than its budget, before 0.14', () => {
    const model = Model.of('meta-llama/Llama-3.1-70B-Instruct');
    expect(warningsOf({ model, accelerator: h100(4), ...pinned('0.13.0') })).toEqual([
      'vllmVersion: this version fails if its start needs more than 600 s, but the startup budget is 1620 s (27 min); use vLLM 0.14 or later, or faster storage for the weights [ready-timeout-fixed]',
    ]);
    expect(idsOf({ model, accelerator: h100(4), ...pinned('0.14.1') })).toEqual([]);
    expect(idsOf(pinned('0.13.0'))).toEqual([]);
  });

  it('refuses an unknown size of the weights', () => {
    const vllmVersion = VllmVersion.of('0.32.0', { repository: 'vllm/vllm-openai-rocm' });
    const props = { vllmVersion, model: Model.of('a/b'), accelerator: Accelerator.resource('amd.com/gpu', 1) };
    expect(errorsOf(props)).toEqual([
      'lifecycle.startupBudget: cannot be derived: the size of the weights and the memory of the accelerator are unknown; set weightsSize in Model.of, memory in Accelerator.resource, or lifecycle.startupBudget [startup-budget-unknown]',
    ]);
    expect(errorsOf({ ...props, lifecycle: { startupBudget: seconds(900) } })).toEqual([]);
  });

  it('warns about a budget shorter than the load', () => {
    const lines = warningsOf({ model: LLAMA_405B, accelerator: h100(16), lifecycle: { startupBudget: seconds(300) } });
    expect(lines.join('\n')).toContain(
      'lifecycle.startupBudget: is 300 s, but a start takes about 7982 s (7742 s to read 756 GiB',
    );
    expect(idsOf({ lifecycle: { startupBudget: seconds(400) } })).toEqual([]);
  });

  it('refuses a budget of 0, with which no probe can succeed', () => {
    expect(errorsOf({ lifecycle: { startupBudget: seconds(0) } })).toEqual([
      'lifecycle.startupBudget: is 0 s: no pod could start; remove it [startup-budget-zero]',
    ]);
  });

  it('refuses a progress deadline within the startup budget', () => {
    const lifecycle = { startupBudget: seconds(900), progressDeadline: seconds(900) };
    expect(errorsOf({ lifecycle })).toEqual([
      'lifecycle.progressDeadline: is 900 s, but a pod may need 900 s (15 min) to start: Kubernetes would report each slow rollout as failed; make it longer than 900 s, or shorten lifecycle.startupBudget [progress-deadline-too-short]',
    ]);
    expect(errorsOf({ lifecycle: { ...lifecycle, progressDeadline: seconds(901) } })).toEqual([]);
  });
});

/** Delay before SIGTERM, shutdown timeout, grace period. */
const stops = (props: Parameters<typeof planOf>[0]) => {
  const { preStopDelay, shutdownTimeout, terminationGracePeriod } = planOf(props).timing;
  return [preStopDelay.value, shutdownTimeout.value, terminationGracePeriod.value];
};

describe('the stop', () => {
  it('lets the engine drain since 0.28, after clients have stopped sending', () => {
    expect(stops({})).toEqual([15, 120, 155]);
    expect(stops(pinned('0.28.0'))).toEqual([15, 120, 155]);
    expect(flagOf({}, '--shutdown-timeout')).toBe('120');
    expect(planOf().timing.terminationGracePeriod.reason).toBe('15 s before SIGTERM, 120 s drain, 20 s teardown');
  });

  it.each(['0.8.5', '0.17.1', '0.18.1', '0.27.1'])('waits before SIGTERM instead with %s', (version) => {
    expect(stops(pinned(version))).toEqual([135, 0, 155]);
    expect(flagOf(pinned(version), '--shutdown-timeout')).toBeUndefined();
    expect(noticesOf(planOf(pinned(version)).findings)).toContain(
      'lifecycle: this vLLM version does not drain reliably on SIGTERM: the pod waits 135 s before SIGTERM instead; nothing to do; longer answers are cut [drain-before-sigterm]',
    );
  });

  it('waits before SIGTERM with several API servers: two by default since 0.15 with two ranks', () => {
    expect(stops(TWO_RANKS)).toEqual([135, 0, 155]);
    expect(planOf(TWO_RANKS).timing.shutdownTimeout.reason).toBe('2 API servers cut streams on SIGTERM');
    expect(planOf({ ...TWO_RANKS, ...pinned('0.15.1') }).timing.shutdownTimeout.reason).toMatch(/^2 API servers/);
    expect(planOf({ ...TWO_RANKS, ...pinned('0.14.1') }).timing.shutdownTimeout.reason).toMatch(/^this vLLM version/);
  });

  it('lets one API server in front of two ranks drain', () => {
    expect(stops({ ...TWO_RANKS, engine: { dataParallelSize: 2, apiServerCount: 1 } })).toEqual([15, 120, 155]);
  });

  it('waits before SIGTERM with API servers set in extraArgs', () => {
    expect(stops({ extraArgs: ['-asc', '3'] })).toEqual([135, 0, 155]);
  });

  it('gives the trace exporter ten more seconds', () => {
    expect(stops({ engine: { otlpTracesEndpoint: 'http://otel:4317' } })).toEqual([15, 120, 165]);
  });

  it('follows a drain timeout that is set', () => {
    expect(stops({ lifecycle: { drainTimeout: seconds(600) } })).toEqual([15, 600, 635]);
    expect(stops({ lifecycle: { drainTimeout: seconds(600) }, ...pinned('0.20.0') })).toEqual([615, 0, 635]);
  });

  it('warns about answers that are cut, with a drain of 0', () => {
    expect(stops({ lifecycle: { drainTimeout: seconds(0) } })).toEqual([15, 0, 35]);
    expect(flagOf({ lifecycle: { drainTimeout: seconds(0) } }, '--shutdown-timeout')).toBeUndefined();
    expect(warningsOf({ lifecycle: { drainTimeout: seconds(0) } })).toEqual([
      'lifecycle.drainTimeout: is 0 s: each rollout and each scale-down ends running answers with finish_reason "abort"; remove it, or acknowledge this finding [streams-are-cut]',
    ]);
  });

  it('warns about no delay before SIGTERM: new requests would get 500', () => {
    expect(warningsOf({ lifecycle: { preStopDelay: seconds(0) } })).toEqual([
      'lifecycle.preStopDelay: is 0 s: clients still send to a pod that got SIGTERM, and it answers 500 while /health stays 200; remove it: the default is 15 s [no-pre-stop-delay]',
    ]);
  });

  it('refuses a grace period shorter than the waits, with both numbers', () => {
    expect(errorsOf({ lifecycle: { terminationGracePeriod: seconds(60) } })).toEqual([
      'lifecycle.terminationGracePeriod: is 60 s, but stopping takes 155 s (15 s before SIGTERM, 120 s drain, 20 s teardown): running answers would be killed; make it at least 155 s, or shorten lifecycle.preStopDelay or lifecycle.drainTimeout [grace-period-too-short]',
    ]);
    expect(errorsOf({ lifecycle: { terminationGracePeriod: seconds(155) } })).toEqual([]);
  });

  it('refuses a delay shorter than the drain that it replaces, with both numbers', () => {
    expect(errorsOf({ lifecycle: { preStopDelay: seconds(60) }, ...pinned('0.20.0') })).toEqual([
      'lifecycle.preStopDelay: is 60 s, shorter than the drain timeout of 120 s, and this vLLM version does not drain reliably on SIGTERM; make it at least 120 s, or shorten lifecycle.drainTimeout [pre-stop-too-short]',
    ]);
    expect(errorsOf({ lifecycle: { preStopDelay: seconds(120) }, ...pinned('0.20.0') })).toEqual([]);
    expect(errorsOf({ lifecycle: { preStopDelay: seconds(60) } })).toEqual([]);
  });
});
