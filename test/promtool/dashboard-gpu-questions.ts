import type { Question } from './dashboard-question';
import { gpus, one, POD, service } from './dashboard-question';
import { gauge } from './series';

/** A GPU that a pod holds and an idle one, as the three layouts of labels show them; the exporter's pod is `dcgm-x`. */
const EXPORTER = { job: 'dcgm-exporter', instance: '10.0.0.1:9400' };
const OWN = { namespace: 'gpu-operator', pod: 'dcgm-x' };
const LAYOUTS = {
  'labels are not honoured': {
    up: { ...EXPORTER, ...OWN },
    held: { ...EXPORTER, ...OWN, exported_namespace: 'llm', exported_pod: POD, Hostname: 'node-a' },
    idle: { ...EXPORTER, ...OWN, Hostname: 'node-a' },
  },
  'labels are honoured': {
    up: { ...EXPORTER, ...OWN },
    held: { ...EXPORTER, namespace: 'llm', pod: POD, hostname: 'node-a' },
    idle: { ...EXPORTER, ...OWN, hostname: 'node-a' },
  },
  "labels are honoured and the exporter's own are dropped": {
    up: EXPORTER,
    held: { ...EXPORTER, namespace: 'llm', pod: POD, hostname: 'node-a', node: 'node-a' },
    idle: { ...EXPORTER, hostname: 'node-a', node: 'node-a' },
  },
} as const;

const GPU_0 = { gpu: '0', UUID: 'GPU-0', modelName: 'NVIDIA L40S' };
const GPU_1 = { gpu: '1', UUID: 'GPU-1', modelName: 'NVIDIA L40S' };

const GPUS: readonly Question[] = Object.entries(LAYOUTS).flatMap(([layout, { up, held, idle }]) => {
  const memory = [
    gauge('up', up, 1),
    gauge('DCGM_FI_DEV_FB_USED', { ...GPU_0, ...held }, 40_000),
    gauge('DCGM_FI_DEV_FB_USED', { ...GPU_1, ...idle }, 4),
  ];
  const named = '{UUID="GPU-0", gpu="0", modelName="NVIDIA L40S", namespace="llm", node="node-a", pod="' + POD + '"}';
  const faults = [
    gauge('DCGM_FI_DEV_XID_ERRORS', { ...GPU_0, ...held }, 79),
    gauge('DCGM_FI_DEV_XID_ERRORS', { ...GPU_1, ...idle }, 48),
  ];
  return [
    {
      title: `all GPUs are counted where ${layout}`,
      of: gpus,
      panel: 'GPUs and slices',
      series: memory,
      answer: one(2),
    },
    { title: `one GPU is held where ${layout}`, of: gpus, panel: 'Held', series: memory, answer: one(1) },
    { title: `one GPU is free where ${layout}`, of: gpus, panel: 'Free', series: memory, answer: one(1) },
    {
      title: `the holder is named where ${layout}`,
      of: gpus,
      panel: 'Which pod holds which GPU',
      series: memory,
      answer: one(40_000, named),
    },
    {
      title: `the stack shows the fault of its own GPU where ${layout}`,
      of: service,
      panel: 'Last XID',
      series: faults,
      answer: one(79, `{UUID="GPU-0", gpu="0", pod="${POD}"}`),
    },
  ];
});

const MORE_GPUS: readonly Question[] = [
  {
    title: 'no GPU is held in an idle cluster',
    of: gpus,
    panel: 'Held',
    series: [gauge('DCGM_FI_DEV_FB_USED', { ...GPU_0, ...EXPORTER }, 4)],
    answer: one(0),
  },
  {
    title: 'utilisation stands in for engine activity, on the GPU that has none',
    of: gpus,
    panel: 'Engine active',
    series: [
      gauge('DCGM_FI_PROF_GR_ENGINE_ACTIVE', { ...GPU_0, ...EXPORTER }, 0.5),
      gauge('DCGM_FI_DEV_GPU_UTIL', { ...GPU_0, ...EXPORTER }, 90),
      gauge('DCGM_FI_DEV_GPU_UTIL', { ...GPU_1, ...EXPORTER }, 25),
    ],
    answer: [
      { labels: '{UUID="GPU-0", gpu="0", modelName="NVIDIA L40S"}', value: 0.5 },
      { labels: '{UUID="GPU-1", gpu="1", modelName="NVIDIA L40S"}', value: 0.25 },
    ],
  },
  {
    title: 'a GPU with two slices draws its power once',
    of: gpus,
    panel: 'Power',
    row: 'GPUs and their holders',
    series: [
      ...['1', '2'].map((GPU_I_ID) =>
        gauge('DCGM_FI_DEV_POWER_USAGE', { ...GPU_0, ...EXPORTER, GPU_I_ID, GPU_I_PROFILE: '1g.10gb' }, 300),
      ),
      gauge('DCGM_FI_DEV_POWER_USAGE', { ...GPU_1, ...EXPORTER }, 50),
    ],
    answer: one(350),
  },
  {
    title: 'slices are counted by profile',
    of: gpus,
    panel: 'Slices by profile',
    series: [
      ...['1', '2'].map((GPU_I_ID) =>
        gauge('DCGM_FI_DEV_FB_USED', { ...GPU_0, ...EXPORTER, GPU_I_ID, GPU_I_PROFILE: '1g.10gb' }, 4),
      ),
      gauge('DCGM_FI_DEV_FB_USED', { ...GPU_1, ...EXPORTER }, 4),
    ],
    answer: one(2, '{GPU_I_PROFILE="1g.10gb", modelName="NVIDIA L40S"}'),
  },
];

/** What panels about GPUs show, under each layout of labels. */
export const GPU_QUESTIONS: readonly Question[] = [...GPUS, ...MORE_GPUS];
