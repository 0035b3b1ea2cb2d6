import { fleetDashboard } from '../../lib/dashboards/fleet/fleet-dashboard';
import { gpuDashboard } from '../../lib/dashboards/fleet/gpu-dashboard';
import type { Dashboard } from '../../lib/dashboards/grafana/dashboard';
import { serviceDashboard } from '../../lib/dashboards/service/service-dashboard';
import { everything } from '../support/dashboards';
import type { Sample } from './promtool';
import type { Series } from './series';

export const service = serviceDashboard(everything());
export const fleet = fleetDashboard('fleet');
export const gpus = gpuDashboard('gpus');
export const POD = 'vllm-6d4cf56db6-x7k2p';

export interface Question {
  readonly title: string;
  readonly of: Dashboard;
  readonly panel: string;
  /** Its row, where several have a panel of this title. */
  readonly row?: string;
  /** Which query of the panel. */
  readonly index?: number;
  readonly series: readonly Series[];
  readonly answer: readonly Sample[];
}

export const one = (value: number, labels = '{}'): Sample[] => [{ labels, value }];
