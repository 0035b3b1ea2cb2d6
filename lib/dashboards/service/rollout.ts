import type { Annotation } from '../grafana/dashboard';
import type { Row } from '../grafana/layout';
import type { Panel } from '../grafana/panel';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { max, quantile, ratio, sumRate, WORK } from '../panel-queries';
import type { ServiceScope } from './scope';

function phase(scope: ServiceScope): readonly Panel[] {
  const { canary } = scope.watched.workload;
  if (canary === undefined) return [];
  return [
    timeseries({
      title: 'Phase of the rollout',
      about:
        'Phase that Argo Rollouts reports. `Abort` is an aborted rollout: the old version serves, and the analysis shows why. `Paused` waits for a person: there was not enough data, or the rollout is promoted by hand.',
      unit: UNIT.count,
      max: 1,
      queries: [{ expr: max(scope.workload(canary.info), 'phase'), legend: '{{phase}}' }],
    }),
  ];
}

/** Old and new version side by side. */
export function rolloutRow(scope: ServiceScope): Row {
  // As the Prometheus Operator writes a label of pods.
  const version = scope.watched.workload.revisionLabel.replaceAll('-', '_');
  const legend = `{{${version}}}`;
  const pods = scope.with(['running'], (running) => [
    timeseries({
      title: 'Pods by version',
      about:
        'Scraped pods by the hash of their template. If two versions run for longer than the progress deadline, the rollout is stuck: the new pods do not become ready.',
      unit: UNIT.count,
      stacked: true,
      queries: [{ expr: `count by (${version}) (${max(running, version, 'pod')})`, legend }],
    }),
  ]);
  const [measured, title] = scope.hasTokens
    ? (['timeToFirstToken', 'Time to first token'] as const)
    : (['endToEnd', 'End to end latency'] as const);
  const latency = scope.histogram(measured, (of) => [
    timeseries({
      title: `${title} by version, p95`,
      about: 'Both versions under the same load. If the new one is still slower after its warm-up, stop the rollout.',
      unit: UNIT.seconds,
      queries: [{ expr: quantile(0.95, of, version), legend }],
    }),
  ]);
  const name = scope.name('http');
  const failed = (status: string) =>
    sumRate(scope.chosen(name ?? '', { handler: WORK, status: { matches: status } }), version);
  const errors =
    name === undefined
      ? []
      : [
          timeseries({
            title: 'Failed requests by version',
            about: 'Share of 5xx answers of each version. If the new one has more of them, stop the rollout.',
            unit: UNIT.share,
            // A version that never failed has no such series: 0 for each version that answers requests.
            queries: [{ expr: ratio(`(${failed('5..')} or 0 * ${failed('.+')})`, failed('.+')), legend }],
          }),
        ];
  return { title: 'Rollout', collapsed: true, panels: [...pods, ...latency, ...errors, ...phase(scope)] };
}

/** Marks of changes: the generation also grows when the workload is scaled, and then its replicas change with it. */
export function rolloutMarks(scope: ServiceScope): Annotation[] {
  const { canary, progress, desiredReplicas } = scope.watched.workload;
  if (canary) {
    const progressing = scope.workload(canary.info, { phase: 'Progressing' });
    return [{ name: 'Rollout', expr: `${max(progressing)} == 1`, text: 'in progress' }];
  }
  if (progress === undefined) return [];
  const changes = (metric: string) => max(scope.workload(metric, {}, (selected) => `changes(${selected}[2m])`));
  const expr = `${changes(progress.generation)} > ${changes(desiredReplicas)}`;
  return [{ name: 'Rollout', expr, text: 'changed' }];
}
