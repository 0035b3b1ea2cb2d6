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
      'Share of time in which any kernel ran. It is near 100 % with one request already, so a high value is not a full GPU; a low one under load means that the GPU waits for the CPU.',
    unit: UNIT.share,
    max: 1,
  },
  {
    record: 'tensorActive',
    title: 'Tensor cores active',
    about:
      'Share of time in which the tensor cores worked: prefill and large batches. Low under load means that decoding waits for memory, and that larger batches would be free.',
    unit: UNIT.share,
    max: 1,
  },
  {
    record: 'memoryActive',
    title: 'Memory active',
    about:
      'Share of time in which the memory was read or written: decoding is bound by it. High with slow tokens: a smaller weight or KV cache type helps, more compute does not.',
    unit: UNIT.share,
    max: 1,
  },
  {
    record: 'memoryUsedBytes',
    title: 'Memory used',
    about:
      'Memory of the device that is taken. vLLM takes its share at the start and keeps it, so it is flat: see the KV cache for what is in use. A jump is another process on the same GPU.',
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
      'Temperature of each device. Above about 85 °C most models slow down: move the pod, and tell whoever cools the node.',
    unit: UNIT.celsius,
  },
];

/** The last fault that the driver reported: the gauge keeps it until the driver is loaded again. */
function faults(): Panel {
  const chosen = { namespace: '$namespace', pod: { matches: '$pod' } };
  const series = podGpuSeries('DCGM_FI_DEV_XID_ERRORS', chosen);
  return table({
    title: 'Last XID',
    about: `Last fault that the NVIDIA driver reported for each GPU of the stack, perhaps long ago: the gauge keeps it. ${XID_ADVICE}`,
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
