import { Catalogue } from '../engine/catalogue/catalogue';
import { whenItExists } from '../engine/check/missing';
import type { Release } from '../engine/release';
import type { ModelTask } from '../model/model-task';
import { hasTokens } from '../model/model-task';
import type { GatewayCounts } from '../metrics/gateway-counts';
import { NO_GATEWAY, uncountedFinding } from '../metrics/gateway-counts';
import type { PlannedObjective } from '../metrics/slo';
import type { Finding } from '../preflight/finding';
import { error, notice } from '../preflight/finding';
import { burnRates } from './burn-rates';
import { decimal } from '../units/decimal';
import { about, percent, timeOf } from './words';

/**
 * What is wrong with promises.
 *
 * @param checked the release, unless nothing is claimed about it
 * @param gateway what the gateway in front of the stack counts
 * @param task what the model does, if it is known
 */
export function objectiveFindings(
  objectives: readonly PlannedObjective[],
  checked: Release | undefined,
  gateway: GatewayCounts = NO_GATEWAY,
  task?: ModelTask,
): Finding[] {
  return objectives.flatMap((objective, index) => {
    const subject = `objectives[${index}]`;
    return [
      ...repeatFindings(objectives, index, subject),
      ...(checked ? metricFindings(objective, subject, checked) : []),
      ...gatewayFindings(objective, subject, gateway),
      ...(task === undefined ? [] : tokenFindings(objective, subject, task)),
      ...capFindings(objective, subject),
    ];
  });
}

function repeatFindings(objectives: readonly PlannedObjective[], index: number, subject: string): Finding[] {
  const objective = objectives[index];
  const first = objectives.findIndex(({ slo }) => slo === objective?.slo);
  if (objective === undefined || first === index) return [];
  const problem = `promises ${objective.slo}, like objectives[${first}]`;
  const another = objective.latency ? ', or set another percentile' : '';
  return [error('objective-twice', subject, problem, `keep one of them${another}`)];
}

function metricFindings({ latency }: PlannedObjective, subject: string, release: Release): Finding[] {
  if (latency === undefined) return [];
  const name = latency.histogram;
  const absence = Catalogue.of(release).missingMetric(name);
  if (absence === undefined) return [];
  const problem = `needs the metric ${name}, which ${whenItExists(absence)}; the pinned version is ${release.text}`;
  const fix = `raise vllmVersion to ${absence.comesIn} or later, or remove the objective`;
  return [error('objective-metric-missing', subject, problem, fix)];
}

/**
 * A model that does not generate has no second token, and what vLLM counts as its first one is the whole answer, before the
 * server has written it (vllm/v1/metrics/stats.py, update_from_output).
 */
function tokenFindings({ kind, latency }: PlannedObjective, subject: string, task: ModelTask): Finding[] {
  if (latency === undefined || kind === 'end-to-end' || hasTokens(task)) return [];
  const problem = `promises a latency of tokens, and the task of the model is ${task}: it generates none`;
  const fix = `use Objective.endToEnd({ percentile: ${latency.percentile}, within: … }), or set task in Model.of if the model generates`;
  return [error('objective-without-tokens', subject, problem, fix)];
}

function gatewayFindings({ kind }: PlannedObjective, subject: string, gateway: GatewayCounts): Finding[] {
  if (kind !== 'gateway-error-rate' || gateway.traffic !== undefined) return [];
  const otherwise = 'remove atGateway, and add Objective.availability for the time without a replica';
  return [uncountedFinding(`${subject}.atGateway`, gateway, otherwise)];
}

function capFindings({ target, window }: PlannedObjective, subject: string): Finding[] {
  const { changed } = burnRates(target, window);
  if (changed.length === 0) return [];
  const budget = percent(decimal(1 - target));
  const problem = `allows ${budget} of bad events, so some of the usual thresholds are too high for an alert`;
  const details = changed.map(({ severity, long, byTable, dropped, threshold, factor }) => {
    const usual = `${severity} over ${timeOf(long)}: ${percent(about(byTable))} by the table`;
    if (dropped) return `${usual}, dropped because a shorter window has a threshold as low`;
    return `${usual}, ${percent(threshold)} instead, which is ${about(factor)} times what is allowed`;
  });
  return [
    {
      ...notice('burn-rate-capped', subject, problem, 'set a stricter objective to get the usual thresholds'),
      details,
    },
  ];
}
