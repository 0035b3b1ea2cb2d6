import { parse } from 'yaml';
import { GpuModel, MigLayout, MigStrategy } from '../../../lib';
import { migConfigMap, migPartedConfig } from '../../../lib/gpu-platform/mig/manifests/mig-config';
import { migLabelNotice, migLayoutFindings, migStrategyFindings } from '../../../lib/gpu-platform/mig/mig-findings';
import { findingLine } from '../../../lib/preflight/finding';
import type { Manifest } from '../../support/stack';

const h100 = MigLayout.uniform(GpuModel.H100, '1g.10gb');
const mixed = MigLayout.custom({ name: 'two-sizes', gpu: GpuModel.H100, slices: { '3g.40gb': 1, '1g.10gb': 4 } });
const plans = (...layouts: MigLayout[]) => layouts.map(({ _plan }) => _plan);
const configs = (...layouts: MigLayout[]) => migPartedConfig(plans(...layouts))['mig-configs'];

describe('the file of mig-parted', () => {
  it('always has the configuration of unlabelled nodes', () => {
    expect(configs()).toEqual({ 'all-disabled': [{ devices: 'all', 'mig-enabled': false }] });
    expect(configs(MigLayout.disabled())).toEqual(configs());
  });

  it('slices the GPUs of one kind only', () => {
    expect(configs(h100)['all-1g.10gb']).toEqual([
      {
        'device-filter': ['0x232210DE', '0x232410DE', '0x233010DE', '0x233110DE'],
        devices: 'all',
        'mig-enabled': true,
        'mig-devices': { '1g.10gb': 7 },
      },
    ]);
  });

  it('makes one configuration of layouts for several kinds of GPU', () => {
    const entries = configs(h100, MigLayout.uniform(GpuModel.A100_40GB, '1g.10gb'))['all-1g.10gb'];
    expect(entries?.map((entry) => entry['mig-devices'])).toEqual([{ '1g.10gb': 7 }, { '1g.10gb': 4 }]);
  });

  it('names presets as NVIDIA does', () => {
    expect(MigLayout.uniform(GpuModel.H100, '1g.10gb+me').name).toBe('all-1g.10gb.me');
    expect(MigLayout.uniform(GpuModel.RTX_PRO_6000, '1g.24gb-me').name).toBe('all-1g.24gb-me');
  });

  it('keeps GPUs whole that have an index and no slices', () => {
    const whole = MigLayout.custom({ name: 'some', gpu: GpuModel.H100, gpus: [4, 5] });
    expect(configs(whole)['some']).toMatchObject([{ devices: [4, 5], 'mig-enabled': false }]);
  });

  it('keeps ids as text when YAML is parsed', () => {
    const meta = { name: 'gpu-mig-config', namespace: 'gpu-operator', labels: { app: 'gpu' } };
    const map = migConfigMap(meta, plans(h100, mixed)) as Manifest;
    expect(Object.keys(map.data)).toEqual(['config.yaml']);
    expect(map.data['config.yaml']).toContain('"0x233010DE"');
    expect(parse(map.data['config.yaml'])).toEqual(migPartedConfig(plans(h100, mixed)));
  });
});

describe('layouts with the same name', () => {
  const part = (gpus?: number[], gpu = GpuModel.H100) =>
    MigLayout.custom({ name: 'ours', gpu, gpus, slices: { '1g.10gb': 7 } });

  it('may apply to different GPUs of a node', () => {
    expect(migLayoutFindings(plans(part([0, 1]), part([2])), 'migLayouts')).toEqual([]);
  });

  it('may apply to different kinds of GPU', () => {
    expect(migLayoutFindings(plans(part(), part(undefined, GpuModel.A100_80GB)), 'migLayouts')).toEqual([]);
  });

  it.each([
    ['the same GPU', part([0, 1]), part([1, 2]), 'apply to the same GPUs'],
    ['all GPUs and one', part(), part([1]), 'apply to all of its GPUs'],
    ['all GPUs twice', part(), part(), '[mig-layout-twice]'],
  ])('refuses two layouts for %s', (_, one, other, message) => {
    const lines = migLayoutFindings(plans(one, other), 'operator.migLayouts').map(findingLine);
    expect(lines).toEqual([expect.stringContaining(message)]);
  });
});

describe('a strategy', () => {
  const lines = (strategy: MigStrategy, ...layouts: MigLayout[]) =>
    migStrategyFindings(strategy, plans(...layouts)).map(findingLine);

  it('mixed accepts every layout', () => {
    expect(lines(MigStrategy.MIXED, h100, mixed, MigLayout.balanced(GpuModel.A30))).toEqual([]);
  });

  it('single accepts layouts with one profile', () => {
    expect(lines(MigStrategy.SINGLE, h100, MigLayout.uniform(GpuModel.A30, '1g.6gb'), MigLayout.disabled())).toEqual(
      [],
    );
  });

  it('none accepts GPUs that stay whole', () => {
    expect(lines(MigStrategy.NONE, MigLayout.disabled())).toEqual([]);
    expect(lines(MigStrategy.NONE)).toEqual([]);
  });

  it.each<[string, MigStrategy, MigLayout, string]>([
    ['single with two profiles', MigStrategy.SINGLE, mixed, '"two-sizes" has 3g.40gb and 1g.10gb'],
    ['single with a balanced layout', MigStrategy.SINGLE, MigLayout.balanced(GpuModel.H100), '[mig-single-mixed]'],
    [
      'single with some GPUs of a node',
      MigStrategy.SINGLE,
      MigLayout.custom({ name: 'some', gpu: GpuModel.H100, gpus: [0], slices: { '1g.10gb': 7 } }),
      'applies to GPU 0 only',
    ],
    ['none with slices', MigStrategy.NONE, h100, 'no pod could use them'],
  ])('refuses %s', (_, strategy, layout, message) => {
    expect(lines(strategy, layout)).toEqual([expect.stringContaining(message)]);
  });
});

describe('the notice about labels', () => {
  it('has the command for each configuration', () => {
    const [finding] = migLabelNotice(plans(h100, mixed, mixed), 'migLayouts');
    expect(finding).toMatchObject({
      id: 'mig-label-nodes',
      severity: 'notice',
      details: [
        'kubectl label node <node> nvidia.com/mig.config=all-1g.10gb --overwrite',
        'kubectl label node <node> nvidia.com/mig.config=two-sizes --overwrite',
      ],
    });
  });

  it('is absent without slices', () => {
    expect(migLabelNotice(plans(MigLayout.disabled()), 'migLayouts')).toEqual([]);
    expect(migLabelNotice([], 'migLayouts')).toEqual([]);
  });
});
