import { newestName } from '../../engine/metric-roles';
import { fillInNames } from '../../plan/fill-in-names';
import type { Watched } from '../../plan/watched';
import { markNames } from '../../plan/watched';
import { selector } from '../../metrics/promql';
import type { Dashboard } from '../grafana/dashboard';
import { dashboard } from '../grafana/dashboard';
import type { Variable } from '../grafana/variables';
import { anyOf, oneOf } from '../grafana/variables';
import { dashboardUid } from '../uid';
import { costRow } from './cost';
import { engineRow } from './engine';
import { gatewayRow } from './gateway';
import { gpuRow } from './gpu';
import { kvCacheRow } from './kv-cache';
import { phasesRow } from './phases';
import { requestsRow } from './requests';
import { rolloutMarks, rolloutRow } from './rollout';
import { scalingRow } from './scaling';
import { ServiceScope } from './scope';
import { sloRow } from './slo';

const ROWS = [
  sloRow,
  requestsRow,
  gatewayRow,
  phasesRow,
  engineRow,
  kvCacheRow,
  gpuRow,
  scalingRow,
  costRow,
  rolloutRow,
];

/** Every release has it. */
const ANCHOR = newestName('running');

/** The namespace can be another one: the same stack for staging and for production is one dashboard. */
function variables({ namespace, app, pods }: Watched): Variable[] {
  const here = selector(ANCHOR, { namespace: '$namespace', app });
  return [
    oneOf({ name: 'namespace', label: 'Namespace', series: selector(ANCHOR, { app }), of: 'namespace' }, namespace),
    anyOf({ name: 'model', label: 'Model', series: here, of: 'model' }, '.*'),
    anyOf({ name: 'pod', label: 'Pod', series: here, of: 'pod' }, pods),
  ];
}

/** The dashboard of one stack. */
export function serviceDashboard(watched: Watched, uid = dashboardUid(watched)): Dashboard {
  const scope = new ServiceScope(watched);
  const { namespace, app, model } = watched;
  return dashboard({
    uid,
    title: `vLLM / ${namespace} / ${app}`,
    description: `${model}, served by vLLM ${watched.release.text}.`,
    tags: ['vllm-service'],
    variables: variables(watched),
    annotations: rolloutMarks(scope),
    rows: ROWS.map((row) => row(scope)).filter((row) => row !== undefined),
  });
}

/** Its JSON. */
export const serviceDashboardJson = fillInNames(
  ({ watched, uid }: { readonly watched: Watched; readonly uid: string }) =>
    JSON.stringify(serviceDashboard(watched, uid)),
  ({ watched, uid }, markOf) => ({ watched: markNames(watched, markOf), uid: markOf(uid) }),
);
