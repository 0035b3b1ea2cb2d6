import { Duration } from 'cdk8s';
import type { AlertOptions } from '../../lib';
import { AlertSeverity } from '../../lib';
import { alertFindings, planAlerts } from '../../lib/alerts/alert-plan';
import { ALERT_ROWS } from '../../lib/alerts/catalogue/alert-catalogue';
import { parseRelease } from '../../lib/engine/release';
import type { Alert, AlertingRule } from '../../lib/metrics/rules';
import type { Watched } from '../../lib/plan/watched';
import { findingLine } from '../../lib/preflight/finding';
import { AS_ROLLOUT, watchedWith } from '../support/watched';

const BURN: Alert = {
  name: 'VllmAvailabilityBurnFast',
  severity: 'critical',
  expr: 'slo:sli_error:ratio_rate1h > 0.07',
  for: 120,
  labels: { sloth_id: 'llm-vllm-availability' },
  summary: 'Availability is lost.',
  description: 'The budget is gone soon.',
};

const rulesOf = (options: AlertOptions = {}, more: Partial<Watched> = {}, others: readonly Alert[] = []) =>
  planAlerts(watchedWith(more), options, others).groups.flatMap(({ rules }) => rules) as AlertingRule[];

const ruleOf = (name: string, options: AlertOptions = {}, more: Partial<Watched> = {}, others: readonly Alert[] = []) =>
  rulesOf(options, more, others).find(({ alert }) => alert === name);

const linesOf = (options: AlertOptions, more: Partial<Watched> = {}, others: readonly Alert[] = []): string[] =>
  alertFindings(watchedWith(more), planAlerts(watchedWith(more), options, others)).map(findingLine);

describe('an alert', () => {
  it('has the labels of its stack and the address of its runbook', () => {
    expect(ruleOf('VllmOomKilled')).toMatchObject({
      for: 0,
      labels: { severity: 'warning', namespace: 'llm', app: 'vllm', model: 'meta-llama/Llama-3.1-8B-Instruct' },
      annotations: {
        runbook_url: 'https://github.com/cdk8s-vllm/cdk8s-vllm/blob/main/docs/runbooks/VllmOomKilled.md',
      },
    });
  });

  it('has the labels and addresses that the user sets', () => {
    const options = {
      labels: { team: 'ml' },
      dashboardUrl: 'https://grafana/d/vllm',
      runbookBaseUrl: 'https://wiki/runbooks',
    };
    expect(ruleOf('VllmOomKilled', options)).toMatchObject({
      labels: { team: 'ml' },
      annotations: { dashboard_url: 'https://grafana/d/vllm', runbook_url: 'https://wiki/runbooks/VllmOomKilled.md' },
    });
  });

  it('escapes braces in the name of its model: Prometheus reads labels of alerts as templates', () => {
    expect(ruleOf('VllmOomKilled', {}, { model: 'a{{b}}' })?.labels.model).toBe('a{{"{{"}}b}}');
  });

  it('has no address of a dashboard by default', () => {
    expect(ruleOf('VllmOomKilled')?.annotations).not.toHaveProperty('dashboard_url');
  });

  it('uses the threshold, time and severity that the user sets', () => {
    const tune = {
      VllmQueueTimeHigh: { threshold: 7, pending: Duration.minutes(1), severity: AlertSeverity.CRITICAL },
    };
    const rule = ruleOf('VllmQueueTimeHigh', { tune });
    expect(rule).toMatchObject({ for: 60, labels: { severity: 'critical' } });
    expect(rule?.expr).toMatch(/ > 7$/);
  });

  it('is left out when it is not enabled', () => {
    expect(ruleOf('VllmOomKilled', { tune: { VllmOomKilled: { enabled: false } } })).toBeUndefined();
  });

  it('is left out when alerts are not enabled', () => {
    expect(rulesOf({ enabled: false }, {}, [BURN])).toEqual([]);
    expect(rulesOf({ enabled: true })).toEqual(rulesOf());
  });

  it('of an objective keeps its labels, and is tuned like the others', () => {
    const tune = { VllmAvailabilityBurnFast: { severity: AlertSeverity.WARNING } };
    expect(ruleOf(BURN.name, { tune }, {}, [BURN])).toMatchObject({
      for: 120,
      labels: { severity: 'warning', app: 'vllm', sloth_id: 'llm-vllm-availability' },
    });
    expect(ruleOf(BURN.name, { tune: { [BURN.name]: { enabled: false } } }, {}, [BURN])).toBeUndefined();
  });

  it('about the start uses the startup budget of the stack', () => {
    expect(ruleOf('VllmStartupSlow', {}, { startupBudget: 1234 })?.expr).toContain('> 1834 and');
    expect(ruleOf('VllmReplicasMismatch', {}, { startupBudget: 1234 })?.for).toBe(1834);
  });

  it('about a growing queue waits longer in a stack with a scaler', () => {
    expect(ruleOf('VllmQueueGrowing')?.for).toBe(600);
    expect(ruleOf('VllmQueueGrowing', {}, { scaler: undefined })?.for).toBe(300);
  });
});

describe('groups', () => {
  it('have distinct names and at least one rule', () => {
    const { groups } = planAlerts(
      watchedWith({ device: { nvidia: false, resourceName: 'amd.com/gpu', perPod: 1 } }),
      {},
    );
    expect(groups.every(({ rules }) => rules.length > 0)).toBe(true);
    expect(groups.map(({ name }) => name)).toEqual(
      ['availability', 'startup', 'engine', 'queue', 'kv-cache', 'scaling', 'rollout'].map(
        (topic) => `vllm-alerts-${topic}`,
      ),
    );
  });
});

describe('a stack does not have', () => {
  const AMD = { nvidia: false, resourceName: 'amd.com/gpu', perPod: 8 };

  it.each<[name: string, more: Partial<Watched>, options?: AlertOptions]>([
    ['VllmTargetAbsent', { replicas: { min: 0, max: 4 } }],
    ['VllmRequestsRefused', {}],
    ['VllmRequestsRefused', { flags: ['--max-num-queued-reqs'], release: parseRelease('0.31.0') }],
    ['VllmScalerErrors', { scaler: undefined }],
    ['VllmScalerBlind', { scaler: undefined }],
    ['VllmScalingInactive', { scaler: undefined }],
    ['VllmAtMaxReplicas', { scaler: undefined }],
    ['VllmAtMaxReplicas', { replicas: { min: 4, max: 4 } }],
    ['VllmGpuHot', { device: AMD }],
    ['VllmGpuNvlinkErrors', { device: AMD }],
    ['VllmGpuNvlinkErrors', { device: { nvidia: true, resourceName: 'nvidia.com/gpu', perPod: 1 } }],
    ['VllmGpuIdlePaidFor', { device: AMD }],
    ['VllmGpuIdlePaidFor', { replicas: { min: 2, max: 2 } }],
    ['VllmGpuStarvedButSlow', {}],
    ['VllmCostPer1kTokensHigh', { dollarsPerDeviceHour: 2 }],
    ['VllmCostPer1kTokensHigh', {}, { tune: { VllmCostPer1kTokensHigh: { threshold: 1 } } }],
    ['VllmCanaryAborted', {}],
    ['VllmCanaryAnalysisFailed', {}],
    ['VllmCanaryPaused', {}],
    ['VllmRolloutStuck', { workload: AS_ROLLOUT }],
    ['VllmReplicasMismatch', { workload: AS_ROLLOUT }],
  ])('%s with %j', (name, more, options = {}) => {
    expect(ALERT_ROWS.map((row) => row.name)).toContain(name);
    expect(ruleOf(name, options, more)).toBeUndefined();
  });
});

describe('tuning', () => {
  it.each<[what: string, tune: NonNullable<AlertOptions['tune']>, more: Partial<Watched>, line: string]>([
    [
      'an unknown name',
      { VllmQueueTimeHihg: {} },
      {},
      'alerts.tune.VllmQueueTimeHihg: unknown alert (did you mean "VllmQueueTimeHigh"?); use a name from docs/runbooks/README.md [unknown-alert]',
    ],
    [
      'a threshold of an alert without one',
      { VllmOomKilled: { threshold: 3 } },
      {},
      'alerts.tune.VllmOomKilled.threshold: is 3, but VllmOomKilled has no threshold; remove threshold: the condition either holds or not [alert-without-threshold]',
    ],
    [
      'an alert about NVIDIA on another device',
      { VllmGpuHot: { threshold: 80 } },
      { device: { nvidia: false, resourceName: 'amd.com/gpu', perPod: 1 } },
      'alerts.tune.VllmGpuHot: this stack does not have VllmGpuHot: DCGM has no metrics of amd.com/gpu; remove the entry [alert-not-there]',
    ],
    [
      'an alert about a metric that the release does not have',
      { VllmRequestsRefused: { threshold: 0.1 } },
      { flags: ['--max-num-queued-reqs'], release: parseRelease('0.31.0') },
      'alerts.tune.VllmRequestsRefused: this stack does not have VllmRequestsRefused: vLLM 0.31.0 has no vllm:admission_rejections_total; remove the entry [alert-not-there]',
    ],
    [
      'an alert about an objective that is not set',
      { VllmEndToEndBurnSlow: { enabled: false } },
      {},
      'alerts.tune.VllmEndToEndBurnSlow: this stack does not have VllmEndToEndBurnSlow: no objective is set for the time of a complete answer; remove the entry [alert-not-there]',
    ],
    [
      'the cost without a threshold',
      { VllmCostPer1kTokensHigh: { severity: AlertSeverity.WARNING } },
      { dollarsPerDeviceHour: 2 },
      'alerts.tune.VllmCostPer1kTokensHigh: this stack does not have VllmCostPer1kTokensHigh: it has no threshold until you set one; set threshold, or remove the entry [alert-not-there]',
    ],
    [
      'the cost without a price',
      { VllmCostPer1kTokensHigh: { enabled: true } },
      {},
      'alerts.tune.VllmCostPer1kTokensHigh: this stack does not have VllmCostPer1kTokensHigh: no price is set; set price, or remove the entry [alert-not-there]',
    ],
    [
      'a negative threshold',
      { VllmQueueTimeHigh: { threshold: -1 } },
      {},
      'alerts.tune.VllmQueueTimeHigh.threshold: is -1, but the threshold of VllmQueueTimeHigh must be a number above 0; its unit: s; set a number above 0 [alert-threshold]',
    ],
    [
      'a share in percent, and names the share',
      { VllmKvCacheSaturated: { threshold: 95 } },
      {},
      'alerts.tune.VllmKvCacheSaturated.threshold: is 95, but the threshold of VllmKvCacheSaturated must be a number above 0 and below 1; its unit: share of the KV cache; set 0.95 instead [alert-threshold]',
    ],
    [
      'a share of 1',
      { VllmKvCacheSaturated: { threshold: 1 } },
      {},
      'alerts.tune.VllmKvCacheSaturated.threshold: is 1, but the threshold of VllmKvCacheSaturated must be a number above 0 and below 1; its unit: share of the KV cache; set a number above 0 and below 1 [alert-threshold]',
    ],
    [
      'a negative number of restarts',
      { VllmRestartLoop: { threshold: -1 } },
      {},
      'alerts.tune.VllmRestartLoop.threshold: is -1, but the threshold of VllmRestartLoop must be a number of at least 0; its unit: restarts; set a number of at least 0 [alert-threshold]',
    ],
  ])('refuses %s', (_, tune, more, line) => {
    expect(linesOf({ tune }, more)).toEqual([line]);
  });

  it('refuses a threshold of an objective, and names what to change', () => {
    expect(linesOf({ tune: { [BURN.name]: { threshold: 1 } } }, {}, [BURN])).toEqual([
      'alerts.tune.VllmAvailabilityBurnFast.threshold: is 1, but VllmAvailabilityBurnFast has no threshold; change the objective instead [alert-without-threshold]',
    ]);
  });

  it('refuses options of alerts that are off', () => {
    expect(linesOf({ enabled: false, tune: {}, labels: undefined })).toEqual([
      'alerts.tune: is set, but alerts.enabled is false: the stack has no alerts; remove it, or remove alerts.enabled [alerts-off]',
    ]);
  });

  it('accepts 0 where it means any', () => {
    const tune = { VllmRestartLoop: { threshold: 0 }, VllmPreemptions: { threshold: 0 } };
    expect(linesOf({ tune })).toEqual([]);
  });

  it('reports all findings together', () => {
    expect(linesOf({ tune: { A: {}, VllmOomKilled: { threshold: 1 }, VllmCanaryAborted: {} } })).toHaveLength(3);
  });

  it('accepts valid changes', () => {
    const tune = { VllmQueueTimeHigh: { threshold: 0.5 }, VllmOomKilled: { enabled: false }, [BURN.name]: {} };
    expect(linesOf({ tune }, {}, [BURN])).toEqual([]);
  });
});
