import { GPU_RECORDS } from '../../lib/metrics/gpu-records';
import { gpuRules } from '../../lib/metrics/gpu-rules';
import { watchedWith } from '../support/watched';
import { gpuLabels, type Layout, LAYOUTS } from './alerts-gpus';
import { type Labels, POD, steady, target } from './alerts-series';
import { expectHolds } from './promtool';
import { checkRules, type RuleCase, testRules } from './rules';
import type { Series } from './series';

const watched = watchedWith();
const group = gpuRules(watched);
const SLICE = { GPU_I_ID: '3', GPU_I_PROFILE: '1g.10gb' };

const fields = (labels: Labels, more: Readonly<Record<string, number>> = {}): Series[] =>
  Object.entries({
    DCGM_FI_PROF_GR_ENGINE_ACTIVE: 0.5,
    DCGM_FI_PROF_PIPE_TENSOR_ACTIVE: 0.25,
    DCGM_FI_PROF_DRAM_ACTIVE: 0.75,
    DCGM_FI_DEV_FB_USED: 2,
    DCGM_FI_DEV_FB_FREE: 1,
    DCGM_FI_DEV_POWER_USAGE: 300,
    DCGM_FI_DEV_GPU_TEMP: 60,
    ...more,
  }).map(([metric, value]) => steady(metric, labels, value));

const without = (metric: string, series: readonly Series[]) =>
  series.filter(([selector]) => !selector.startsWith(metric));

const VALUES: Readonly<Record<keyof typeof GPU_RECORDS, number>> = {
  engineActive: 0.5,
  tensorActive: 0.25,
  memoryActive: 0.75,
  memoryUsedBytes: 2_097_152,
  memoryFreeBytes: 1_048_576,
  powerWatts: 300,
  temperatureCelsius: 60,
};

/** The GPU as the records know it, in every layout. */
function recorded(record: string, value: number, device: Labels = {}) {
  const { namespace, app, model } = watched;
  const labels = { namespace, pod: POD, gpu: '0', UUID: 'GPU-11', modelName: 'NVIDIA L40S', ...device, app, model };
  const matchers = Object.entries(labels).map(([label, text]) => `${label}=${JSON.stringify(text)}`);
  return { labels: `${record}{${matchers.join(',')}}`, value };
}

interface Situation {
  readonly title: string;
  readonly series: (layout: Layout) => readonly Series[];
  readonly device?: Labels;
  readonly engineActive?: number;
}

const held = (layout: Layout, device?: Labels) => gpuLabels(target(), layout, device);

const SITUATIONS: readonly Situation[] = [
  { title: 'a GPU', series: (layout) => fields(held(layout)) },
  { title: 'a MIG slice', series: (layout) => fields(held(layout, SLICE)), device: SLICE },
  {
    title: 'a GPU next to an idle one, one of another stack and one of another namespace',
    series: (layout) => [
      ...fields(held(layout)),
      ...fields(gpuLabels(undefined, layout, { gpu: '1', UUID: 'GPU-12' })),
      ...fields(gpuLabels(target(`vllm-b-${POD.slice(5)}`), layout, { gpu: '2', UUID: 'GPU-13' })),
      ...fields(gpuLabels({ ...target(), namespace: 'other' }, layout, { gpu: '3', UUID: 'GPU-14' })),
    ],
  },
  {
    title: 'a shared GPU, which has a series of its own next to those of the pods',
    series: (layout) => [...fields(held(layout)), ...fields(gpuLabels(undefined, layout), { DCGM_FI_DEV_FB_USED: 9 })],
  },
  {
    title: 'a GPU with only the old metric of use',
    series: (layout) => [
      ...without('DCGM_FI_PROF_GR_ENGINE_ACTIVE', fields(held(layout))),
      steady('DCGM_FI_DEV_GPU_UTIL', held(layout), 90),
    ],
    engineActive: 0.9,
  },
  {
    title: 'a GPU with both metrics of use',
    series: (layout) => [...fields(held(layout)), steady('DCGM_FI_DEV_GPU_UTIL', held(layout), 90)],
  },
  {
    title: 'a GPU that two exporters report',
    series: (layout) => [
      ...fields(held(layout)),
      ...fields(held(layout, { job: 'dcgm-exporter', instance: '10.0.0.9:9400', Hostname: 'n1' })),
    ],
  },
  {
    title: 'a GPU after its exporter was replaced by one with the same address',
    series: (layout) => [
      ...fields(held(layout)),
      ...fields(layout === 'exported' ? held(layout, { pod: 'nvidia-dcgm-exporter-new' }) : held(layout)),
    ],
  },
];

const names = Object.keys(GPU_RECORDS) as (keyof typeof GPU_RECORDS)[];

const cases = LAYOUTS.flatMap((layout) =>
  SITUATIONS.flatMap(({ title, series, device, engineActive = VALUES.engineActive }) =>
    names.map((name): RuleCase & { layout: Layout; title: string } => {
      const query = GPU_RECORDS[name];
      const samples = [recorded(query, { ...VALUES, engineActive }[name], device)];
      const unique = [...new Map(series(layout))];
      return {
        layout,
        title: `${title}: ${name}`,
        name: `${layout}: ${title}: ${name}`,
        series: unique,
        minutes: 5,
        questions: [{ query, samples }],
      };
    }),
  ),
);

let verdicts: ReadonlyMap<string, string>;

beforeAll(() => {
  verdicts = testRules([{ groups: [group], cases }]);
});

test('the records pass every lint', () => {
  expectHolds(checkRules([group]));
});

describe.each(LAYOUTS)('with labels %s, the record of', (layout) => {
  test.each(cases.filter((each) => each.layout === layout))('$title', ({ name }) => {
    expectHolds(verdicts.get(name));
  });
});
