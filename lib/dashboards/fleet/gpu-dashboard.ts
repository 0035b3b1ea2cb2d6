import { selector } from '../../metrics/promql';
import type { Dashboard } from '../grafana/dashboard';
import { dashboard } from '../grafana/dashboard';
import type { Variable } from '../grafana/variables';
import { anyOf } from '../grafana/variables';
import { faultsRow } from './gpu-faults';
import { holdersRow, slicesRow } from './gpu-holders';
import { useRow } from './gpu-use';

/** Every GPU and every slice has it. */
const ANCHOR = 'DCGM_FI_DEV_FB_USED';

function variables(): Variable[] {
  const ofModel = selector(ANCHOR, { modelName: { matches: '$model' } });
  return [
    anyOf({ name: 'model', label: 'GPU model', series: ANCHOR, of: 'modelName' }, '.*'),
    anyOf({ name: 'gpu', label: 'GPU', series: ofModel, of: 'UUID' }, '.*'),
  ];
}

/** The dashboard of all NVIDIA GPUs of the cluster, with or without a stack. */
export function gpuDashboard(uid: string): Dashboard {
  return dashboard({
    uid,
    title: 'vLLM / GPUs',
    description: 'All NVIDIA GPUs that the DCGM exporter reports: use, holders, health.',
    tags: ['gpu'],
    variables: variables(),
    annotations: [],
    rows: [holdersRow, useRow, faultsRow, slicesRow],
  });
}
