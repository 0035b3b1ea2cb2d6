import { ALERTS } from '../../defaults';
import { ofWorkload } from '../../plan/workload-series';
import type { AlertRow } from '../alert-row';
import { noCanary } from '../reasons';

/**
 * A pattern of the names of the AnalysisRuns of a Rollout: `vllm-6d4cf56db6-2`, the hash of the pod template and the
 * revision; with the index of a step, or with `pre` or `post` (argo-rollouts rollout/analysis.go,
 * newAnalysisRunFromRollout); with a number after a dot if the name was taken (utils/analysis/helpers.go,
 * CreateWithCollisionCounter). Runs of `vllm-b` have a hash where the revision must be, those of `vllm-b-2` one after it.
 */
const runsOf = (workload: string): string =>
  `${workload}-[a-z0-9]{1,10}-[0-9]{1,5}(-([0-9]{1,3}|pre|post))?([.][0-9]+)?`;

export const ROLLOUT: readonly AlertRow[] = [
  {
    name: 'VllmRolloutStuck',
    severity: 'warning',
    pending: 60,
    absent: ({ workload: { kind, progress } }) =>
      progress ? undefined : `a ${kind} rolls back on its own, and VllmCanaryAborted watches it`,
    expr: (watched) => {
      const { progress, exporter } = watched.workload;
      const failed = { condition: 'Progressing', status: 'false' };
      return `max by (namespace, ${exporter.nameLabel}) (${ofWorkload(progress?.condition ?? '', watched, failed)}) == 1`;
    },
    summary: 'A rollout did not finish within its deadline.',
    description:
      'New pods did not become available in time. Old pods still serve; Kubernetes does not roll back by itself.',
  },
  {
    name: 'VllmCanaryAborted',
    severity: 'warning',
    pending: 60,
    absent: noCanary,
    expr: (watched) => {
      // argo-rollouts controller/metrics/rollouts.go: other names than those of the Rollout's status, without Degraded.
      const phase = { matches: 'Abort|Timeout|Error|InvalidSpec' };
      return `max by (name, phase) (${ofWorkload(watched.workload.canary?.info ?? '', watched, { phase })}) == 1`;
    },
    summary: 'A canary or a blue-green rollout was aborted.',
    description: 'The Rollout is in the phase {{ $labels.phase }}: clients get the old version, not the new one.',
  },
  {
    name: 'VllmCanaryPaused',
    severity: 'warning',
    pending: ALERTS.canaryPaused,
    absent: noCanary,
    expr: (watched) =>
      `max by (name) (${ofWorkload(watched.workload.canary?.info ?? '', watched, { phase: 'Paused' })}) == 1`,
    summary: 'A canary or a blue-green rollout waits for a person.',
    description:
      'The Rollout {{ $labels.name }} is paused, and both versions hold GPUs. The guards did not have enough data, or it waits for its promotion.',
  },
  {
    name: 'VllmCanaryAnalysisFailed',
    severity: 'warning',
    pending: 0,
    absent: noCanary,
    expr: (watched) => {
      const { name: workload, canary } = watched.workload;
      const runs = { name: { matches: runsOf(workload) }, phase: { matches: 'Failed|Error' } };
      const failed = (of?: (selected: string) => string): string =>
        `max by (name) (${ofWorkload(canary?.analysis ?? '', watched, runs, of)})`;
      // Argo Rollouts keeps the last failed runs, perhaps for weeks. A missing scrape an hour ago does not make one new.
      return `${failed()} == 1 unless ${failed((selected) => `last_over_time(${selected}[1h] offset 1h)`)} == 1`;
    },
    summary: 'The analysis of a canary or of a blue-green rollout failed.',
    description: 'AnalysisRun {{ $labels.name }} failed within the last hour.',
  },
];
