import { ofWorkload } from '../../plan/workload-series';
import type { AlertRow } from '../alert-row';
import { noCanary } from '../reasons';

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
      const phase = { matches: 'Degraded|Error|Timeout|Abort' };
      return `max by (name, phase) (${ofWorkload(watched.workload.canary?.info ?? '', watched, { phase })}) == 1`;
    },
    summary: 'A canary was aborted.',
    description: 'The Rollout is {{ $labels.phase }}: clients get the old version, not the new one.',
  },
  {
    name: 'VllmCanaryAnalysisFailed',
    severity: 'warning',
    pending: 0,
    absent: noCanary,
    expr: (watched) => {
      const { name: workload, canary } = watched.workload;
      // Rollout, hash of the pod template, revision, and what step it belongs to.
      const name = { matches: `${workload}-[a-z0-9]{1,10}-[0-9]+(-.+)?` };
      const runs = { name, phase: { matches: 'Failed|Error' } };
      const failed = (more = '') => {
        const each = ofWorkload(canary?.analysis ?? '', watched, runs, (selected) => selected + more);
        return `max by (name) (${each})`;
      };
      // Argo Rollouts keeps the last failed runs, perhaps for weeks.
      return `${failed()} == 1 unless ${failed(' offset 1h')} == 1`;
    },
    summary: 'The analysis of a canary failed.',
    description: 'AnalysisRun {{ $labels.name }} failed within the last hour.',
  },
];
