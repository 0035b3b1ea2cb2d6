import { GPU_RECORDS } from '../../metrics/gpu-records';
import { podGpuSeries, XID_ADVICE } from '../pod-gpu-series';
import type { Row } from '../grafana/layout';
import type { Panel, PanelText } from '../grafana/panel';
import { table } from '../grafana/table';
import { timeseries } from '../grafana/timeseries';
import { UNIT } from '../grafana/units';
import { max } from '../panel-queries';
import type { ServiceScope } from './scope';

const DEVICE = ['pod', 'gpu', 'GPU_I_ID'];
const LEGEND = '{{pod}} {{gpu}} {{GPU_I_ID}}';

interface GpuPanel extends PanelText {
  readonly record: keyof typeof GPU_RECORDS;
  readonly max?: number;
}

const PANELS: readonly GpuPanel[] = [
  {
    record: 'engineActive',
    title: 'Engine active',
    about:
      'Share of time in which any kernel ran. One request is enough for nearly 100 %, so a high value does not mean a full GPU. A low value under load means that the GPU waits for the CPU.',
    unit: UNIT.share,
    max: 1,
  },
  {
    record: 'tensorActive',
    title: 'Tensor cores active',
    about:
      'Share of time in which the tensor cores worked: prefill and large batches. A low value under load means that decoding waits for memory: larger batches would cost no extra time.',
    unit: UNIT.share,
    max: 1,
  },
  {
    record: 'memoryActive',
    title: 'Memory active',
    about:
      'Share of time in which the memory was read or written: it limits decoding. If it is high and tokens are slow, a smaller type of weights or KV cache helps; more compute does not.',
    unit: UNIT.share,
    max: 1,
  },
  {
    record: 'memoryUsedBytes',
    title: 'Memory used',
    about:
      'Memory of the device in use. vLLM allocates its share at the start and keeps it, so the line is flat: see the KV cache for what requests use. A jump is another process on the same GPU.',
    unit: UNIT.bytes,
  },
  {
    record: 'powerWatts',
    title: 'Power',
    about: 'Power of each device. At its limit the clocks fall and tokens slow down.',
    unit: UNIT.watts,
  },
  {
    record: 'temperatureCelsius',
    title: 'Temperature',
    about:
      'Temperature of each device. Above about 85 °C most models slow down: move the pod, and check the cooling of the node.',
    unit: UNIT.celsius,
  },
];

/** The last fault that the driver reported: the gauge keeps it until the driver is loaded again. */
function faults(): Panel {
  const chosen = { namespace: '$namespace', pod: { matches: '$pod' } };
  const series = podGpuSeries('DCGM_FI_DEV_XID_ERRORS', chosen);
  return table({
    title: 'Last XID',
    about: `Last fault that the NVIDIA driver reported for each GPU of the stack. It may be old: the gauge keeps it. ${XID_ADVICE}`,
    labels: { pod: 'Pod', gpu: 'GPU', UUID: 'UUID' },
    columns: [{ title: 'XID', unit: UNIT.none, expr: `${max(series, 'pod', 'gpu', 'UUID')} > 0` }],
    sortBy: 'Pod',
    width: 24,
  });
}

/** The devices of the stack's pods; DCGM knows NVIDIA's only. */
export function gpuRow(scope: ServiceScope): Row | undefined {
  if (!scope.watched.device.nvidia) return undefined;
  const curves = PANELS.map(({ record, ...panel }) =>
    timeseries({
      ...panel,
      queries: [{ expr: max(scope.chosen(GPU_RECORDS[record]), ...DEVICE), legend: LEGEND }],
    }),
  );
  return { title: 'GPU', panels: [...curves, faults()] };
}
