import { Duration } from 'cdk8s';
import { Objective } from '../../lib';
import { parseRelease } from '../../lib/engine/release';
import type { RuleGroup } from '../../lib/metrics/rules';
import { gatewayRules } from '../../lib/plan/gateway-rules';
import type { Watched } from '../../lib/plan/watched';
import { availabilities, DEPLOYMENT, HELD, ROLLOUT } from './availability-scenarios';
import { AT_ENVOY, AT_ISTIO, AT_OWN_ENVOY } from './gateway-scenarios';
import { ERRORS, REJECTIONS } from './error-scenarios';
import { latencyScenarios } from './latency-scenarios';
import { EACH_KIND, MONTH, objectiveRules, promising, WITHIN } from '../support/promising';
import * as gateways from '../support/gateways';
import { AS_ROLLOUT } from '../support/watched';
import type { Read, Scenario } from './objective-scenarios';
import { SCRAPE } from './phases';
import { element, expectHolds } from './promtool';
import type { Question, RuleCase } from './rules';
import { checkRules, testRules } from './rules';

interface Kind {
  readonly title: string;
  /** Name of the alerts: `TimeToFirstToken`. */
  readonly alert: string;
  readonly groups: readonly RuleGroup[];
  readonly scenarios: readonly Scenario[];
}

/** Everything that is recorded, its name as a label: operators remove names. */
const RECORDED = 'label_replace({__name__=~"slo:.+"}, "record", "$1", "__name__", "(.+)")';

function questionsOf(alert: string, { ratios, page, ticket }: Read): Question[] {
  const fires = (speed: string, does: boolean): Question => ({
    query: `count(ALERTS{alertname="Vllm${alert}Burn${speed}",alertstate="firing",severity=~".+"})`,
    samples: element(does ? 1 : undefined),
  });
  const reads = Object.entries(ratios).map(([window, value]) => ({
    query: `round(sum(slo:sli_error:ratio_rate${window}), 0.001)`,
    samples: element(value),
  }));
  const nan = { query: `count(${RECORDED} unless ${RECORDED} >= -Inf)`, samples: [] };
  return [...reads, nan, fires('Fast', page), fires('Slow', ticket)];
}

const TTFT = Objective.timeToFirstToken({ percentile: 95, within: WITHIN });
const errorRate = Objective.errorRate({ below: 0.005 });
const available = Objective.availability({ atLeast: 0.999, window: MONTH });
const rollout = { workload: AS_ROLLOUT };
const limited: Partial<Watched> = { flags: ['--max-num-queued-reqs'] };
const atGateway = Objective.errorRate({ below: 0.005, atGateway: true });
const watching = (objective: Objective, more = {}) => rulesOf(promising([objective], more));
const rulesOf = (watched: Watched) => [...gatewayRules(watched), ...objectiveRules(watched)];

/** Enough to see that a kind has the right histogram, bound and alerts: the rest is the same rules. */
const shortest = (scenarios: readonly Scenario[]): Scenario[] => scenarios.filter(({ minutes }) => minutes <= 135);

const KINDS: readonly Kind[] = [
  {
    title: 'time to first token',
    alert: 'TimeToFirstToken',
    groups: watching(TTFT),
    scenarios: latencyScenarios('vllm:time_to_first_token_seconds', '0.06'),
  },
  {
    title: 'inter-token latency',
    alert: 'InterTokenLatency',
    groups: watching(Objective.interTokenLatency({ percentile: 95, within: Duration.millis(50) })),
    scenarios: shortest(latencyScenarios('vllm:inter_token_latency_seconds', '0.05')),
  },
  {
    title: 'end to end',
    alert: 'EndToEnd',
    groups: watching(Objective.endToEnd({ percentile: 95, within: Duration.seconds(30) })),
    scenarios: shortest(latencyScenarios('vllm:e2e_request_latency_seconds', '30.0')),
  },
  { title: 'error rate', alert: 'ErrorRate', groups: watching(errorRate), scenarios: ERRORS },
  {
    title: 'error rate with a limit on the queue',
    alert: 'ErrorRate',
    groups: watching(errorRate, limited),
    scenarios: [...ERRORS.slice(0, 9), ...REJECTIONS],
  },
  {
    title: 'error rate at Envoy Gateway',
    alert: 'GatewayErrorRate',
    groups: watching(atGateway, { gateway: gateways.AT_ENVOY_GATEWAY }),
    scenarios: AT_ENVOY,
  },
  {
    title: 'error rate at an Envoy Gateway of its own',
    alert: 'GatewayErrorRate',
    groups: watching(atGateway, { gateway: { ...gateways.AT_ENVOY_GATEWAY, exclusive: true } }),
    scenarios: AT_OWN_ENVOY,
  },
  {
    title: 'error rate at Istio',
    alert: 'GatewayErrorRate',
    groups: watching(atGateway, { gateway: gateways.AT_ISTIO }),
    scenarios: AT_ISTIO,
  },
  {
    title: 'availability of a Deployment',
    alert: 'Availability',
    groups: watching(available),
    scenarios: availabilities(DEPLOYMENT),
  },
  {
    title: 'availability of a Rollout',
    alert: 'Availability',
    groups: watching(available, rollout),
    scenarios: availabilities(ROLLOUT),
  },
  {
    title: 'availability of a Rollout whose metrics have the namespace of the controller',
    alert: 'Availability',
    groups: watching(available, rollout),
    scenarios: availabilities(HELD),
  },
];

describe('every rule passes every lint', () => {
  test.each(['0.32.0', '0.12.0'])('of vLLM %s', (version) => {
    const { AT_ENVOY_GATEWAY: gateway } = gateways;
    const watched = promising([...EACH_KIND], { release: parseRelease(version), ...limited, gateway });
    expectHolds(checkRules(rulesOf(watched)));
  });

  test('of a Rollout', () => {
    expectHolds(checkRules(rulesOf(promising([...EACH_KIND], { ...rollout, gateway: gateways.AT_ISTIO }))));
  });
});

describe.each(KINDS)('$title', ({ alert, groups, scenarios }) => {
  const cases: RuleCase[] = scenarios.map(({ title, series, minutes, ...read }) => ({
    name: title,
    series,
    minutes,
    questions: questionsOf(alert, read),
  }));
  let verdicts: ReadonlyMap<string, string>;

  beforeAll(() => {
    verdicts = testRules([{ groups, cases }], { scrape: SCRAPE, evaluation: 2 * SCRAPE });
  });

  test.each(cases)('$name', ({ name }) => expectHolds(verdicts.get(name)));
});
