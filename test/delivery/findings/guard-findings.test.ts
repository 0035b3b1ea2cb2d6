import { Duration } from 'cdk8s';
import type { CustomGuardOptions } from '../../../lib';
import { GatewayTraffic, Guard, Objective } from '../../../lib';
import type { Props } from '../../support/rollout';
import { deliveryLines, ERRORS, withBlueGreen, withCanary } from '../../support/rollout';

const CANARY = 'sum(a{rollouts_pod_template_hash="{{args.canary}}"})';

const guard = (more: Partial<CustomGuardOptions> = {}): Guard =>
  Guard.custom({ name: 'hits', query: CANARY, maximum: 1, ...more });

describe('findings about guards', () => {
  test.each<[what: string, props: Props]>([
    ['an objective for errors', withCanary()],
    [
      'an objective for latency',
      withCanary({}, { objectives: [Objective.endToEnd({ percentile: 95, within: Duration.seconds(30) })] }),
    ],
    [
      'an objective for errors at the gateway',
      withCanary(
        {},
        { objectives: [Objective.errorRate({ below: 0.01, atGateway: true })], gatewayTraffic: GatewayTraffic.istio() },
      ),
    ],
    ['a guard of the user alone', withCanary({ guards: [guard()] }, { objectives: [] })],
    [
      'a guard beside an objective that does not depend on the version',
      withCanary({ guards: [guard()] }, { objectives: [Objective.availability({ atLeast: 0.99 })] }),
    ],
    ['two guards of one query', withCanary({ guards: [guard(), guard({ name: 'other' })] })],
    [
      'placeholders with spaces',
      withCanary({ guards: [guard({ query: 'sum(a{b="{{ args.canary }}"}) / sum(a{b="{{ args.stable }}"})' })] }),
    ],
    [
      'a version by the names of its pods',
      withCanary({ guards: [guard({ query: 'sum(a{pod=~"vllm-{{args.canary}}-.*"})' })] }),
    ],
    [
      'a version by the label of another exporter',
      withCanary({ guards: [guard({ query: 'sum(a{label_rollouts_pod_template_hash="{{args.canary}}"})' })] }),
    ],
    ['a comparison with bool', withCanary({ guards: [guard({ query: `${CANARY} > bool 5` })] })],
    [
      'a comparison that lets a value through with enough requests',
      withCanary({ guards: [guard({ query: `${CANARY} and (${CANARY} > 5)` })] }),
    ],
    [
      'a comparison with the old version, with an objective for latency',
      withCanary(
        { compareWithStable: { maxLatencyRatio: 1.2 } },
        { objectives: [Objective.endToEnd({ percentile: 95, within: Duration.seconds(30) })] },
      ),
    ],
    ['enough requests for each objective', withCanary({ analysis: { minRequests: 100 } })],
    [
      'fewer requests for a percentile than its default',
      withCanary(
        { analysis: { minRequests: 20 } },
        { objectives: [Objective.endToEnd({ percentile: 95, within: Duration.seconds(30) })] },
      ),
    ],
  ])('accept %s', (_what, props) => {
    expect(deliveryLines(props)).toEqual([]);
  });

  test.each<[what: string, props: Props, ...lines: string[]]>([
    [
      'no objective and no guard',
      withCanary({}, { objectives: [] }),
      'delivery: is a canary without a guard: the stack has no objective for errors or latency, and guards is unset; add Objective.errorRate({ below: 0.01 }) to objectives, or set guards [rollout-unguarded]',
    ],
    [
      'no objective and no guard with blue-green',
      withBlueGreen({}, { objectives: [] }),
      'delivery: is a blue-green rollout without a guard: the stack has no objective for errors or latency, and guards is unset; add Objective.errorRate({ below: 0.01 }) to objectives, or set guards [rollout-unguarded]',
    ],
    [
      'an objective that does not depend on the version',
      withCanary({}, { objectives: [Objective.availability({ atLeast: 0.99 })] }),
      'delivery: is a canary without a guard: the stack has no objective for errors or latency, and guards is unset; add Objective.errorRate({ below: 0.01 }) to objectives, or set guards [rollout-unguarded]',
    ],
    [
      'a comparison with the old version without an objective for latency',
      withCanary({
        compareWithStable: { maxLatencyRatio: 1.2 },
        guards: [guard({ query: 'sum(a{b="{{args.canary}}"}) / sum(a{b="{{args.stable}}"})' })],
      }),
      'delivery.compareWithStable: has maxLatencyRatio 1.2, and the stack has no objective for latency: nothing is compared; add Objective.timeToFirstToken or another latency to objectives, or remove it [compare-without-latency]',
    ],
    [
      'a guard with the name of an objective',
      withCanary({ guards: [guard({ name: 'error-rate' })] }),
      'delivery.guards[0]: is named "error-rate", as the guard of objectives[0] is; rename it [guard-twice]',
    ],
    [
      'two guards of one name',
      withCanary({ guards: [guard(), guard()] }),
      'delivery.guards[1]: is named "hits", as the guard of delivery.guards[0] is; rename it [guard-twice]',
    ],
    [
      'a placeholder that Argo Rollouts does not know',
      withCanary({ guards: [guard({ query: 'sum(a{b="{{args.hash}}"})' })] }),
      'delivery.guards[0]: has the placeholder {{args.hash}} in its query, which Argo Rollouts cannot fill in; use {{args.canary}} or {{args.stable}} [guard-placeholder]',
    ],
    [
      'a placeholder without args',
      withCanary({ guards: [guard({ query: 'sum(a{b="{{ canary }}"})' })] }),
      'delivery.guards[0]: has the placeholder {{canary}} in its query, which Argo Rollouts cannot fill in; use {{args.canary}} or {{args.stable}} [guard-placeholder]',
    ],
    [
      'a placeholder of another program',
      withCanary({ guards: [guard({ query: 'sum(a{b="{{canary}}", c="{{args.canary}}"})' })] }),
      'delivery.guards[0]: has the placeholder {{canary}} in its query, which Argo Rollouts cannot fill in; use {{args.canary}} or {{args.stable}} [guard-placeholder]',
    ],
    [
      'a placeholder without an end',
      withCanary({ guards: [guard({ query: 'sum(a{b="{{args.canary"})' })] }),
      'delivery.guards[0]: has {{ without }} in its query, so Argo Rollouts cannot read it; use {{args.canary}} or {{args.stable}} [guard-placeholder]',
    ],
  ])('refuses %s', (...row) => {
    const [, props, ...lines] = row;
    expect(deliveryLines(props)).toEqual(lines);
  });

  test.each<[what: string, props: Props, ...lines: string[]]>([
    [
      'a query of both versions',
      withCanary({ guards: [guard({ query: 'sum(a)' })] }),
      'delivery.guards[0]: has the query "sum(a)", which does not select the new version: at a small share, the old one hides its faults; add rollouts_pod_template_hash="{{args.canary}}" to its labels, or acknowledge this finding [guard-mixes-versions]',
    ],
    [
      'a query of the old version alone',
      withCanary({ guards: [guard({ query: 'sum(a{rollouts_pod_template_hash="{{args.stable}}"})' })] }),
      'delivery.guards[0]: has the query "sum(a{rollouts_pod_template_hash="{{args.stable}}"})", which does not select the new version: at a small share, the old one hides its faults; add rollouts_pod_template_hash="{{args.canary}}" to its labels, or acknowledge this finding [guard-mixes-versions]',
    ],
    [
      'a misspelt label of the version',
      withCanary({ guards: [guard({ query: 'sum(a{rollout_pod_template_hash="{{args.canary}}"})' })] }),
      'delivery.guards[0]: has the query "sum(a{rollout_pod_template_hash="{{args.canary}}"})", which selects a version by the label rollout_pod_template_hash: series of the stack have it as rollouts_pod_template_hash, so the guard would have no data and every rollout would pause; write rollouts_pod_template_hash, or acknowledge this finding [guard-version-label]',
    ],
    [
      'the label that pods of a Deployment have',
      withCanary({ guards: [guard({ query: 'sum(a{pod_template_hash="{{args.canary}}"})' })] }),
      'delivery.guards[0]: has the query "sum(a{pod_template_hash="{{args.canary}}"})", which selects a version by the label pod_template_hash: series of the stack have it as rollouts_pod_template_hash, so the guard would have no data and every rollout would pause; write rollouts_pod_template_hash, or acknowledge this finding [guard-version-label]',
    ],
    [
      'a comparison in a query',
      withCanary({ guards: [guard({ query: `(${CANARY} > 5)` })] }),
      'delivery.guards[0]: has the query "(sum(a{rollouts_pod_template_hash="{{args.canary}}"}) > 5)", which has a value only while its comparison is true: when it is false, the guard has no data, so it neither passes nor fails; remove the comparison, and set its limit as maximum or minimum [guard-filters]',
    ],
    [
      'few requests for an objective',
      withCanary({ analysis: { minRequests: 50 } }),
      'delivery.analysis.minRequests: is 50: a single bad request of 50 is 2 %, and the guard error-rate allows 1 %; use 100 or more, or remove it [guard-few-requests]',
    ],
    [
      'few requests for the strictest objective',
      withCanary(
        { analysis: { minRequests: 150 } },
        {
          objectives: [ERRORS, Objective.errorRate({ below: 0.001, atGateway: true })],
          gatewayTraffic: GatewayTraffic.istio(),
        },
      ),
      'delivery.analysis.minRequests: is 150: a single bad request of 150 is 0.7 %, and the guard gateway-error-rate allows 0.1 %; use 1000 or more, or remove it [guard-few-requests]',
    ],
  ])('warns about %s', (...row) => {
    const [, props, ...lines] = row;
    expect(deliveryLines(props)).toEqual(lines);
  });
});
