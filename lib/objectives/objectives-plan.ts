import type { MetricScope } from '../metrics/promql';
import type { PlannedObjective } from '../metrics/slo';
import { burnRates } from './burn-rates';
import { decimal } from '../units/decimal';
import { histogramOf } from './latency-roles';
import type { Objective } from './objective';
import type { ObjectiveSpec } from './objective-spec';
import { percent, timeOf } from './words';

/** Decides everything about promises, as rules, alerts and dashboards see them. */
export function planObjectives(objectives: readonly Objective[], { namespace, app }: MetricScope): PlannedObjective[] {
  const service = `${namespace}-${app}`;
  return objectives.map(({ _spec: spec }) => {
    const slo = sloOf(spec);
    const target = targetOf(spec);
    return {
      id: `${service}-${slo}`,
      service,
      slo,
      kind: spec.kind,
      title: titleOf(spec),
      target,
      window: spec.window,
      ...latencyOf(spec),
      burnRates: burnRates(target, spec.window).rates,
      minEventRate: spec.minEventRate,
    };
  });
}

/** Share of good events. */
function targetOf(spec: ObjectiveSpec): number {
  return 'percentile' in spec ? decimal(spec.percentile / 100) : spec.target;
}

function sloOf(spec: ObjectiveSpec): string {
  return 'percentile' in spec ? `${spec.kind}-p${spec.percentile}` : spec.kind;
}

function latencyOf(spec: ObjectiveSpec): Pick<PlannedObjective, 'latency'> {
  if (!('percentile' in spec)) return {};
  return { latency: { histogram: histogramOf(spec.kind), bound: spec.within, percentile: spec.percentile } };
}

function titleOf(spec: ObjectiveSpec): string {
  const good = percent(targetOf(spec));
  switch (spec.kind) {
    case 'time-to-first-token':
      return `${good} of first tokens within ${timeOf(spec.within)}`;
    case 'inter-token-latency':
      return `${good} of tokens within ${timeOf(spec.within)} of the one before`;
    case 'end-to-end':
      return `${good} of requests complete within ${timeOf(spec.within)}`;
    case 'error-rate':
      return `less than ${percent(decimal(1 - spec.target))} of requests fail`;
    case 'gateway-error-rate':
      return `less than ${percent(decimal(1 - spec.target))} of requests fail at the gateway`;
    case 'availability':
      return `available ${good} of the time`;
  }
}
