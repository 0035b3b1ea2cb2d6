import { ofNamespace, selector } from '../../metrics/promql';
import type { AlertRow } from '../alert-row';
import { noRollout } from '../reasons';

export const ROLLOUT: readonly AlertRow[] = [
  {
    name: 'VllmRolloutStuck',
    severity: 'warning',
    pending: 60,
    absent: ({ workload }) =>
      workload.kind === 'Rollout' ? 'VllmCanaryAborted watches a Rollout, which goes back by itself' : undefined,
    expr: ({ namespace, workload }) => {
      const labels = { namespace, deployment: workload.name, condition: 'Progressing', status: 'false' };
      return `max by (namespace, deployment) (${selector('kube_deployment_status_condition', labels)}) == 1`;
    },
    summary: 'A rollout did not finish within its deadline.',
    description:
      'New pods did not become available in time. Old pods still serve; Kubernetes does not go back by itself.',
  },
  {
    name: 'VllmCanaryAborted',
    severity: 'warning',
    pending: 60,
    absent: noRollout,
    expr: ({ namespace, workload }) => {
      const phase = { matches: 'Degraded|Error|Timeout|Abort' };
      const info = ofNamespace(namespace, (labels) =>
        selector('rollout_info', { ...labels, name: workload.name, phase }),
      );
      return `max by (name, phase) ${info} == 1`;
    },
    summary: 'A canary was taken back.',
    description: 'The Rollout is {{ $labels.phase }}: clients get the old version, and the new one is not delivered.',
  },
  {
    name: 'VllmCanaryAnalysisFailed',
    severity: 'warning',
    pending: 0,
    absent: noRollout,
    expr: ({ namespace, workload }) => {
      // Rollout, hash of the pod template, revision, and what step it belongs to.
      const name = { matches: `${workload.name}-[a-z0-9]{1,10}-[0-9]+(-.+)?` };
      const phase = { matches: 'Failed|Error' };
      const failed = (more = '') => {
        const runs = ofNamespace(
          namespace,
          (labels) => selector('analysis_run_info', { ...labels, name, phase }) + more,
        );
        return `max by (name) ${runs}`;
      };
      // Argo Rollouts keeps the last runs that failed, for weeks if need be.
      return `${failed()} == 1 unless ${failed(' offset 1h')} == 1`;
    },
    summary: 'The analysis of a canary failed.',
    description: 'AnalysisRun {{ $labels.name }} failed within the last hour.',
  },
];
