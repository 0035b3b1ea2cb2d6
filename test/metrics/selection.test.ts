import { selectionFindings } from '../../lib/metrics/selection';
import { findingLine } from '../../lib/preflight/finding';

describe('the selection by Prometheus', () => {
  it('warns about objects without the label that kube-prometheus-stack selects by', () => {
    expect(
      selectionFindings({ app: 'vllm' }, ['PodMonitor', 'PrometheusRule'], 'monitoringLabels').map(findingLine),
    ).toEqual([
      'monitoringLabels: has no "release" for PodMonitor and PrometheusRule: by default, the Prometheus of kube-prometheus-stack ignores objects without this label; set { release: "<name of its Helm release>" }, or {} if your Prometheus selects all of them [monitor-unselected]',
    ]);
  });

  it('accepts the label, and no objects', () => {
    expect(selectionFindings({ release: 'prometheus' }, ['PodMonitor'], 'monitoringLabels')).toEqual([]);
    expect(selectionFindings({}, [], 'monitoringLabels')).toEqual([]);
  });
});
