/* eslint-disable @typescript-eslint/no-require-imports -- read on first use: rows and their texts are most of the folder,
   and a program without dashboards needs none of them. */
import type * as Fleet from './fleet/fleet-dashboard';
import type * as Gpu from './fleet/gpu-dashboard';
import type * as Service from './service/service-dashboard';

export const fleetDashboard = () => (require('./fleet/fleet-dashboard') as typeof Fleet).fleetDashboard;
export const gpuDashboard = () => (require('./fleet/gpu-dashboard') as typeof Gpu).gpuDashboard;
export const serviceDashboardJson = () =>
  (require('./service/service-dashboard') as typeof Service).serviceDashboardJson;
