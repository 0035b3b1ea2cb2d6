import { SLO } from '../defaults';
import { GATEWAY_RECORDS } from '../metrics/gateway-records';
import { gatewaySeries } from '../metrics/gateway-series';
import { series } from '../metrics/promql';
import type { RecordingRule, RuleGroup } from '../metrics/rules';
import { GatewayRates } from './gateway-rates';
import type { Watched } from './watched';

/** A record of a stack at its gateway. By the model too: when it changes, the old series lasts for one more evaluation. */
export const gatewayRecord = (name: keyof typeof GATEWAY_RECORDS, watched: Watched): string =>
  `sum(${series(GATEWAY_RECORDS[name], watched, { model: watched.model })})`;

/**
 * The records of `GATEWAY_RECORDS`, each of which reads earlier ones only; none without a gateway. Objectives add their
 * samples up, so they have the interval of objectives.
 */
export function gatewayRules(watched: Watched): RuleGroup[] {
  const { namespace, app, model, gateway } = watched;
  if (gateway === undefined) return [];
  const found = gatewaySeries(gateway, namespace);
  const rates = new GatewayRates(found, '5m');
  const rule = (name: keyof typeof GATEWAY_RECORDS, expr: string): RecordingRule => ({
    record: GATEWAY_RECORDS[name],
    expr,
    labels: { namespace, app, model },
  });
  const group = (...rules: RecordingRule[]): RuleGroup[] => [
    { name: `${app}-gateway`, interval: SLO.evaluationInterval, rules },
  ];
  const [answered, failed] = [rates.of(found.answered), rates.of(found.failed)];
  const own = rates.own();
  if (found.own === undefined || own === undefined) {
    const unreached = rates.of(found.own === undefined ? found.unreached : found.failed);
    return group(rule('unreached', unreached), rule('answered', answered), rule('failed', failed));
  }
  const unreached = gatewayRecord('unreached', watched);
  return group(
    rule('own', own),
    rule('unreached', rates.orZero(rates.ofStack(gatewayRecord('own', watched), gateway, watched))),
    rule('answered', `${answered} + ${unreached}`),
    rule('failed', `${failed} + ${unreached}`),
  );
}
