import type { Annotation } from '../grafana/dashboard';
import type { Row } from '../grafana/layout';
import type { Panel } from '../grafana/panel';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { max, quantile, ratio, sumRate, WORK } from '../panel-queries';
import type { ServiceScope } from './scope';

/** The label that tells versions apart: each controller hashes the pod template under a key of its own. */
const VERSION = { Deployment: 'pod_template_hash', Rollout: 'rollouts_pod_template_hash' } as const;

function phase(scope: ServiceScope): readonly Panel[] {
  const { kind, name } = scope.watched.workload;
  if (kind !== 'Rollout') return [];
  return [
    timeseries({
      title: 'Phase of the rollout',
      about:
        'Phase that Argo Rollouts reports. `Degraded` is an aborted rollout: the old version serves, and its analysis says why. `Paused` waits for the next step, or for a person.',
      unit: UNIT.count,
      max: 1,
      queries: [{ expr: max(scope.about('rollout_info', { name }), 'phase'), legend: '{{phase}}' }],
    }),
  ];
}

/** Old and new version side by side. */
export function rolloutRow(scope: ServiceScope): Row {
  const version = VERSION[scope.watched.workload.kind];
  const legend = `{{${version}}}`;
  const pods = scope.with(['running'], (running) => [
    timeseries({
      title: 'Pods by version',
      about:
        'Pods that are scraped, by the hash of their template. Two versions for longer than the progress deadline: the rollout is stuck, and the new pods do not become ready.',
      unit: UNIT.count,
      stacked: true,
      queries: [{ expr: `count by (${version}) (${max(running, version, 'pod')})`, legend }],
    }),
  ]);
  const latency = scope.histogram('timeToFirstToken', (of) => [
    timeseries({
      title: 'Time to first token by version, p95',
      about: 'Both versions under the same load. A new one that is slower for more than its warm-up: stop the rollout.',
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
            about: 'Share of 5xx answers of each version. More of them from the new one: stop the rollout.',
            unit: UNIT.share,
            // A version that never failed has no such series: 0 for each version that is there.
            queries: [{ expr: ratio(`(${failed('5..')} or 0 * ${failed('.+')})`, failed('.+')), legend }],
          }),
        ];
  return { title: 'Rollout', collapsed: true, panels: [...pods, ...latency, ...errors, ...phase(scope)] };
}

/** Marks of changes: a Deployment's generation also grows when it is scaled, and then its replicas change with it. */
export function rolloutMarks(scope: ServiceScope): Annotation {
  const { kind, name } = scope.watched.workload;
  if (kind === 'Rollout') {
    const progressing = scope.about('rollout_info', { name, phase: 'Progressing' });
    return { name: 'Rollout', expr: `${max(progressing)} == 1`, text: 'in progress' };
  }
  const changes = (metric: string) => max(`changes(${scope.object(metric, 'deployment', name)}[2m])`);
  const generation = changes('kube_deployment_status_observed_generation');
  return { name: 'Rollout', expr: `${generation} > ${changes('kube_deployment_spec_replicas')}`, text: 'changed' };
}
