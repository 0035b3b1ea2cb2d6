import { GPU_ALERTS } from '../../lib/alerts/catalogue/gpu';
import { gpuAlerts } from '../../lib/gpu-platform/exporter/dcgm-alerts';
import { OPERATOR_EXPORTER } from '../../lib/gpu-platform/exporter/dcgm-names';
import { watchedWith } from '../support/watched';
import { gpuLabels, type Layout, LAYOUTS } from './alerts-gpus';
import { type Labels, SECOND, target } from './alerts-series';
import { element, expectHolds, testQueries } from './promtool';
import type { Series } from './series';
import { counter, gauge } from './series';

/** What happens to a GPU, as series with the labels of its holder. */
const EVENTS: Readonly<Record<string, (labels: Labels) => Series[]>> = {
  'an XID of the hardware': (labels) => [
    gauge('DCGM_EXP_XID_ERRORS_COUNT', { ...labels, xid: '79' }, 1),
    gauge('DCGM_FI_DEV_XID_ERRORS', labels, 79),
  ],
  'an uncorrectable memory error': (labels) => [counter('DCGM_FI_DEV_ECC_DBE_VOL_TOTAL', labels, 0.01)],
  'a row that is replaced at the next reset': (labels) => [
    counter('DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS', labels, 0.01),
    gauge('DCGM_FI_DEV_ROW_REMAP_PENDING', labels, 1),
  ],
  'a row that cannot be replaced': (labels) => [gauge('DCGM_FI_DEV_ROW_REMAP_FAILURE', labels, 1)],
};

type Event = (labels: Labels) => Series[];
type Teller = 'stack' | 'platform';

const ON_NODE = { node: 'n1' };
const slice = (id: number) => ({ ...ON_NODE, GPU_I_ID: String(id), GPU_I_PROFILE: '1g.10gb' });
const shared = { ...ON_NODE, vgpu: '0' };

/** Which pod holds the GPU, and whose alerts must fire. */
const SITUATIONS: Readonly<Record<string, readonly [Teller, (event: Event, layout: Layout) => Series[]]>> = {
  'that a stack holds': ['stack', (event, layout) => event(gpuLabels(target(), layout, ON_NODE))],
  'that no pod holds': ['platform', (event, layout) => event(gpuLabels(undefined, layout, ON_NODE))],
  'with one slice of two held by a stack': [
    'stack',
    (event, layout) => [
      ...event(gpuLabels(target(), layout, slice(3))),
      ...event(gpuLabels(undefined, layout, slice(4))),
    ],
  ],
  'with two slices that no pod holds': [
    'platform',
    (event, layout) => [3, 4].flatMap((id) => event(gpuLabels(undefined, layout, slice(id)))),
  ],
  'that two pods share, with a series of its own besides': [
    'stack',
    (event, layout) => [
      ...event(gpuLabels(target(), layout, shared)),
      ...event(gpuLabels(target(SECOND), layout, { ...shared, vgpu: '1' })),
      ...event(gpuLabels(undefined, layout, ON_NODE)),
    ],
  ],
};

/** GPUs for which these alerts fire. Two alerts about one GPU count twice. */
const firesFor = (queries: readonly string[]) =>
  queries.map((query) => `(count(count by (UUID) (${query})) or vector(0))`).join(' + ');

const WATCHED = watchedWith();
const ALERTS: Readonly<Record<Teller, string>> = {
  stack: firesFor(GPU_ALERTS.filter(({ name }) => /Xid|Ecc|Remap/.test(name)).map(({ expr }) => expr(WATCHED, 0))),
  platform: firesFor(
    gpuAlerts({ job: OPERATOR_EXPORTER, pods: OPERATOR_EXPORTER, dra: false })
      .filter(({ alert }) => alert.startsWith('GpuIdle'))
      .map(({ expr }) => expr),
  ),
};

const CASES = LAYOUTS.flatMap((layout) =>
  Object.entries(EVENTS).flatMap(([what, event]) =>
    Object.entries(SITUATIONS).flatMap(([where, [teller, seriesOf]]) =>
      Object.entries(ALERTS).map(([who, query]) => ({
        name: `${what} on a GPU ${where}, labels ${layout}: the ${who} ${who === teller ? 'reports it once' : 'is silent'}`,
        query,
        series: seriesOf(event, layout),
        samples: element(who === teller ? 1 : 0),
      })),
    ),
  ),
);

let verdicts: ReadonlyMap<string, string>;

beforeAll(() => {
  verdicts = testQueries(CASES);
});

test.each(CASES.map(({ name }) => name))('%s', (name) => {
  expectHolds(verdicts.get(name));
});
