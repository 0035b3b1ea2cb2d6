import { planAlerts } from '../../lib/alerts/alert-plan';
import { costRules } from '../../lib/cost/cost-rules';
import type { FlagName } from '../../lib/engine/catalogue/flag-name';
import { gpuAlerts } from '../../lib/gpu-platform/exporter/dcgm-alerts';
import { gpuRules } from '../../lib/metrics/gpu-rules';
import type { RuleGroup } from '../../lib/metrics/rules';
import { sloAlerts } from '../../lib/objectives/slo-alerts';
import { sloRules } from '../../lib/objectives/slo-rules';
import { gatewayRules } from '../../lib/plan/gateway-rules';
import type { Watched } from '../../lib/plan/watched';
import { everything, MINORS, release } from '../support/dashboards';
import { AT_ISTIO } from '../support/gateways';
import { factOf, problemsIn, unknownIn } from '../support/promql';
import { EACH_KIND, promising } from '../support/promising';
import { AS_ROLLOUT } from '../support/watched';

const FLAGS: readonly FlagName[] = ['--max-num-queued-reqs'];
const PAIR = { nvidia: true, resourceName: 'nvidia.com/gpu', perPod: 2 };

/** Stacks that have every rule together. */
const stacks = (minor: string): readonly Watched[] => {
  const of = release(minor);
  const all = promising([...EACH_KIND], { ...everything(), release: of, flags: FLAGS, device: PAIR });
  // A promise about a latency that the release does not measure is refused.
  const objectives = all.objectives.filter(({ latency }) => !latency || factOf(`${latency.histogram}_count`, of));
  const watched = { ...all, objectives };
  const behindIstio = { ...watched, gateway: AT_ISTIO };
  return [
    watched,
    behindIstio,
    { ...watched, workload: AS_ROLLOUT },
    { ...watched, device: { ...PAIR, claimed: true } },
  ];
};

const groupsOf = (watched: Watched): readonly RuleGroup[] => [
  ...gatewayRules(watched),
  ...sloRules(watched),
  gpuRules(watched),
  ...costRules(watched),
  ...planAlerts(watched, { tune: { VllmCostPer1kTokensHigh: { threshold: 1 } } }, sloAlerts(watched)).groups,
];

const queriesOf = (minor: string): string[] =>
  stacks(minor).flatMap((watched) => groupsOf(watched).flatMap(({ rules }) => rules.map(({ expr }) => expr)));

test.each(MINORS)('every rule of vLLM %s is PromQL about series and labels that exist', (minor) => {
  const queries = queriesOf(minor);
  expect(queries.length).toBeGreaterThan(150);
  expect(queries.flatMap(problemsIn)).toEqual([]);
  expect(queries.flatMap((expr) => unknownIn(expr, release(minor)))).toEqual([]);
});

test('every alert of the platform is PromQL about series and labels that exist', () => {
  const queries = gpuAlerts({ job: 'dcgm-exporter', pods: 'nvidia-dcgm', dra: false }).map(({ expr }) => expr);
  expect(queries.flatMap(problemsIn)).toEqual([]);
  expect(queries.flatMap((expr) => unknownIn(expr, release('0.32')))).toEqual([]);
});

test.each([
  ['a series that no exporter has', 'vllm:num_requests_swapped', ['vllm:num_requests_swapped']],
  ['a label that it does not have', 'up{le="1"}', ['up{le}']],
  ['a label that nothing has', 'sum by (zone) (up)', ['zone in sum by (zone) (up)']],
  ['a record of an unknown window', 'slo:sli_error:ratio_rate4h', ['slo:sli_error:ratio_rate4h']],
])('%s is detected', (_, expr, unknown) => {
  expect(unknownIn(expr, release('0.32'))).toEqual(unknown);
});
