import { exporterWith } from '../support/gpu-platform';
import type { Manifest } from '../support/stack';
import { find } from '../support/stack';

const [group] = find(exporterWith(), 'PrometheusRule').spec.groups;
const rules: Manifest[] = group.rules;

describe('the alerts of the platform', () => {
  it('are these', () => {
    expect(rules.map(({ alert, for: lasting }) => [alert, lasting])).toEqual([
      ['GpuExporterDown', '10m'],
      ['GpuNodeWithoutExporter', '15m'],
      ['GpuIdleXid', '1m'],
      ['GpuIdleEccDoubleBit', '5m'],
      ['GpuIdleRowRemapPending', '5m'],
      ['GpuIdleRowRemapFailure', '5m'],
    ]);
  });

  it('wake nobody, and say what to do', () => {
    for (const { labels, annotations } of rules) {
      expect(labels).toEqual({ severity: 'warning' });
      expect(Object.keys(annotations)).toEqual(['summary', 'description']);
    }
  });

  it('never name the label of the host, which changed between releases', () => {
    expect(JSON.stringify(rules)).not.toMatch(/hostname/i);
  });

  it('are a group of their own in the cluster', () => {
    expect(group.name).toBe('gpu-platform-gpu-system-gpu');
  });
});
