import type { RecordingRule } from '../../lib/metrics/rules';
import { gatewayRules } from '../../lib/plan/gateway-rules';
import { AT_ENVOY_GATEWAY, AT_ISTIO } from '../support/gateways';
import { watchedWith } from '../support/watched';

const rulesAt = (gateway: typeof AT_ISTIO) =>
  gatewayRules(watchedWith({ gateway })).flatMap(({ rules }) => rules as readonly RecordingRule[]);
const records = (gateway: typeof AT_ISTIO) => rulesAt(gateway).map(({ record }) => record);

it('a stack whose gateway is not watched has no records of it', () => {
  expect(gatewayRules(watchedWith())).toEqual([]);
});

it('records are one group, at the interval of objectives', () => {
  const groups = gatewayRules(watchedWith({ gateway: AT_ISTIO }));
  expect(groups.map(({ name, interval }) => [name, interval])).toEqual([['vllm-gateway', 30]]);
});

it('each record reads only earlier ones', () => {
  for (const gateway of [AT_ENVOY_GATEWAY, AT_ISTIO]) {
    rulesAt(gateway).forEach(({ expr }, index) => {
      const later = records(gateway).slice(index);
      expect(later.filter((record) => expr.includes(`${record}{`))).toEqual([]);
    });
  }
});

it('the own answers of a gateway are recorded where they have no route', () => {
  const own = 'namespace_app:vllm_gateway_own_failures:rate5m';
  expect(records(AT_ENVOY_GATEWAY)).toContain(own);
  expect(records(AT_ISTIO)).not.toContain(own);
});

it('records have the labels of the stack', () => {
  for (const { labels } of rulesAt(AT_ENVOY_GATEWAY)) {
    expect(labels).toEqual({ namespace: 'llm', app: 'vllm', model: 'meta-llama/Llama-3.1-8B-Instruct' });
  }
});
