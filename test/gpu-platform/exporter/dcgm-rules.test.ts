import type { DcgmExporterOptions } from '../../../lib';
import { exporterWith } from '../../support/gpu-platform';
import type { Manifest } from '../../support/stack';
import { find } from '../../support/stack';

const [group] = find(exporterWith(), 'PrometheusRule').spec.groups;
const rules: Manifest[] = group.rules;

describe('the alerts of the platform', () => {
  it('have these names', () => {
    expect(rules.map(({ alert, for: lasting }) => [alert, lasting])).toEqual([
      ['GpuExporterDown', '10m'],
      ['GpuNodeWithoutExporter', '15m'],
      ['GpuIdleXid', '1m'],
      ['GpuIdleEccDoubleBit', '5m'],
      ['GpuIdleRowRemapPending', '5m'],
      ['GpuIdleRowRemapFailure', '5m'],
    ]);
  });

  it('are warnings that name the next step', () => {
    for (const { labels, annotations } of rules) {
      expect(labels).toEqual({ severity: 'warning' });
      expect(Object.keys(annotations)).toEqual(['summary', 'description', 'runbook_url']);
    }
  });

  it('link to their runbooks, also at another address', () => {
    const urls = (options?: DcgmExporterOptions): string[] =>
      find(exporterWith(options), 'PrometheusRule').spec.groups[0].rules.map(
        (rule: Manifest) => rule.annotations.runbook_url,
      );
    expect(urls()[0]).toBe('https://github.com/cdk8s-vllm/cdk8s-vllm/blob/main/docs/runbooks/GpuExporterDown.md');
    expect(urls({ runbookBaseUrl: 'https://wiki/gpu' })[2]).toBe('https://wiki/gpu/GpuIdleXid.md');
  });

  it('do not read GPUs from the resources of nodes if pods claim them', () => {
    const [claimed] = find(exporterWith({}, { dra: true }), 'PrometheusRule').spec.groups;
    const names = (of: Manifest): string[] => of.rules.map(({ alert }: Manifest) => alert);
    expect(names(claimed)).toEqual(names(group).filter((name) => name !== 'GpuNodeWithoutExporter'));
  });

  it('do not use the label of the host, which was renamed between releases', () => {
    expect(JSON.stringify(rules)).not.toMatch(/hostname/i);
  });

  it('count a GPU with the exporter’s own pod as unused', () => {
    const { name } = find(exporterWith(), 'DaemonSet').metadata;
    expect(rules[2].expr).toContain(`pod=~"|${name}-.+"`);
  });

  it('have a group name that is unique in the cluster', () => {
    expect(group.name).toBe('gpu-platform-gpu-system-gpu');
  });
});
