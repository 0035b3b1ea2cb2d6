import { ANY, heldGpuSeries } from '../pod-gpu-series';
import type { Row } from '../grafana/layout';
import { table } from '../grafana/table';
import { UNIT } from '../grafana/units';
import { bars, stat } from '../grafana/values';
import { aggregate, max, orZero, sum } from '../panel-queries';
import { CHOSEN, chosen, ENGINE_ACTIVE, perDevice } from './gpu-scope';

const MEMORY = 'DCGM_FI_DEV_FB_USED';
const all = aggregate('count', perDevice(chosen(MEMORY)));
const held = aggregate('count', perDevice(heldGpuSeries(MEMORY, CHOSEN)));
/** Each slice reports the power of its whole GPU. */
const power = sum(max(chosen('DCGM_FI_DEV_POWER_USAGE'), 'UUID'));

/** Which pods hold the GPUs. */
export const holdersRow: Row = {
  title: 'GPUs and their holders',
  panels: [
    stat({
      title: 'GPUs and slices',
      about:
        'GPUs and MIG slices that the exporter reports. If the nodes have more, an exporter is missing there, or a GPU fell off the bus.',
      unit: UNIT.count,
      queries: [{ expr: all, legend: 'all' }],
    }),
    stat({
      title: 'Held',
      about: 'GPUs and slices that a pod holds. When all are held, new replicas wait for a node.',
      unit: UNIT.count,
      queries: [{ expr: orZero(held), legend: 'held' }],
    }),
    stat({
      title: 'Free',
      about: 'GPUs and slices that no pod holds. If they stay free for days, remove their nodes.',
      unit: UNIT.count,
      queries: [{ expr: `${all} - ${orZero(held)}`, legend: 'free' }],
    }),
    stat({
      title: 'Power',
      about: 'Power of all GPUs together. Free GPUs draw power too: remove their nodes.',
      unit: UNIT.watts,
      queries: [{ expr: power, legend: 'power' }],
    }),
    bars({
      title: 'Engine active by model',
      about:
        'Mean share of time in which a kernel ran, by model of GPU. If it is low for expensive GPUs, move small models off them.',
      unit: UNIT.share,
      height: 4,
      queries: [{ expr: `avg by (modelName) (${ENGINE_ACTIVE})`, legend: '{{modelName}}' }],
    }),
    table({
      title: 'Which pod holds which GPU',
      about:
        'Each GPU or slice with the pod that holds it. GPUs shared by time-slicing show one of their pods. If a listed pod was deleted long ago, restart the exporter.',
      labels: {
        node: 'Node',
        gpu: 'GPU',
        GPU_I_PROFILE: 'Slice',
        modelName: 'Model',
        namespace: 'Namespace',
        pod: 'Pod',
        UUID: 'UUID',
      },
      columns: [
        {
          title: 'Memory used (MiB)',
          unit: UNIT.count,
          expr: perDevice(heldGpuSeries(MEMORY, CHOSEN), 'namespace', 'pod'),
        },
      ],
      sortBy: 'Node',
    }),
  ],
};

const slices = { ...CHOSEN, GPU_I_PROFILE: ANY };
const BY = ['modelName', 'GPU_I_PROFILE'];

/** MIG slices by profile. */
export const slicesRow: Row = {
  title: 'MIG slices',
  collapsed: true,
  panels: [
    table({
      title: 'Slices by profile',
      about:
        'MIG slices that exist and those that a pod holds. If slices of one profile are free while pods wait for another, change the partition.',
      labels: { modelName: 'Model', GPU_I_PROFILE: 'Profile' },
      columns: [
        { title: 'Slices', unit: UNIT.count, expr: aggregate('count', perDevice(chosen(MEMORY, slices)), BY) },
        { title: 'Held', unit: UNIT.count, expr: aggregate('count', perDevice(heldGpuSeries(MEMORY, slices)), BY) },
      ],
      sortBy: 'Profile',
    }),
  ],
};
