import { Catalogue } from '../engine/catalogue/catalogue';
import { whenItExists } from '../engine/check/missing';
import type { Release } from '../engine/release';
import type { MetricScope } from '../metrics/promql';
import type { PlannedObjective } from '../metrics/slo';
import type { Finding } from '../preflight/finding';
import { error, notice } from '../preflight/finding';
import type { ChangedBurnRate } from './burn-rates';
import { burnRates } from './burn-rates';
import { decimal } from './decimal';
import { HISTOGRAMS } from './engine-metrics';
import type { Objective } from './objective';
import type { ObjectiveSpec } from './objective-spec';
import { about, percent, timeOf } from './words';

/** What promises are planned with. */
export interface ObjectivesInput extends MetricScope {
  readonly release: Release;
  /** False for a version about which nothing is claimed. */
  readonly checked: boolean;
}

/** Promises as rules, alerts and dashboards see them. */
export interface ObjectivesPlan {
  readonly objectives: readonly PlannedObjective[];
  readonly findings: readonly Finding[];
}

/** Decides everything about promises. */
export function planObjectives(objectives: readonly Objective[], input: ObjectivesInput): ObjectivesPlan {
  const specs = objectives.map(({ _spec }) => _spec);
  const names = specs.map(sloOf);
  const rates = specs.map((spec) => burnRates(targetOf(spec), spec.window));
  const service = `${input.namespace}-${input.app}`;
  return {
    objectives: specs.map((spec, index) => {
      const slo = names[index] ?? '';
      return {
        id: `${service}-${slo}`,
        service,
        slo,
        kind: spec.kind,
        title: titleOf(spec),
        target: targetOf(spec),
        window: spec.window,
        ...latencyOf(spec),
        burnRates: rates[index]?.rates ?? [],
        minEventRate: spec.minEventRate,
      };
    }),
    findings: specs.flatMap((spec, index) => {
      const subject = `objectives[${index}]`;
      return [
        ...repeatFindings(specs, index, subject),
        ...(input.checked ? metricFindings(spec, subject, input.release) : []),
        ...capFindings(spec, rates[index]?.changed ?? [], subject),
      ];
    }),
  };
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
  return { latency: { histogram: HISTOGRAMS[spec.kind], bound: spec.within, percentile: spec.percentile } };
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
    case 'availability':
      return `available ${good} of the time`;
  }
}

function repeatFindings(specs: readonly ObjectiveSpec[], index: number, subject: string): Finding[] {
  const names = specs.map(sloOf);
  const first = names.indexOf(names[index] ?? '');
  if (first === index) return [];
  const problem = `promises ${names[index]}, as objectives[${first}] does`;
  const another = 'percentile' in (specs[index] ?? {}) ? ', or give another percentile' : '';
  return [error('objective-twice', subject, problem, `keep one of them${another}`)];
}

function metricFindings(spec: ObjectiveSpec, subject: string, release: Release): Finding[] {
  if (!('percentile' in spec)) return [];
  const name = HISTOGRAMS[spec.kind];
  const absence = Catalogue.of(release).missingMetric(name);
  if (absence === undefined) return [];
  const problem = `needs the metric ${name}, which ${whenItExists(absence)}; the pinned version is ${release.text}`;
  const fix = `raise vllmVersion to ${absence.comesIn} or later, or remove the objective`;
  return [error('objective-metric-missing', subject, problem, fix)];
}

function capFindings(spec: ObjectiveSpec, changed: readonly ChangedBurnRate[], subject: string): Finding[] {
  if (changed.length === 0) return [];
  const budget = percent(decimal(1 - targetOf(spec)));
  const problem = `allows ${budget} of bad events, and some of the usual multiples of that are too high for an alert`;
  const details = changed.map(({ severity, long, byTable, dropped, threshold, factor }) => {
    const usual = `${severity} over ${timeOf(long)}: ${percent(about(byTable))} by the table`;
    if (dropped) return `${usual}, left out because a shorter window has a threshold as low`;
    return `${usual}, ${percent(threshold)} instead, which is ${about(factor)} times what is allowed`;
  });
  return [{ ...notice('burn-rate-capped', subject, problem, 'promise more for the usual thresholds'), details }];
}
