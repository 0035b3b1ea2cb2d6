/* eslint-disable @typescript-eslint/no-require-imports -- loaded on first use: a program with stacks alone needs no mode, and
   one with a platform needs one of them. */
import type { Finding } from '../preflight/finding';
import type * as DevicePlugin from './device-plugin/device-plugin-mode';
import type * as Dra from './dra/dra-mode';
import type * as Managed from './managed/managed-mode';
import type * as AppPlatform from './app-platform';
import type * as Operator from './operator/gpu-operator-mode';
import type { PlatformPlan } from './platform-plan';

export const checkBesidePlatform = () => (require('./app-platform') as typeof AppPlatform).checkBesidePlatform;
export const devicePluginMode = () =>
  (require('./device-plugin/device-plugin-mode') as typeof DevicePlugin).devicePluginMode;
export const draMode = () => (require('./dra/dra-mode') as typeof Dra).draMode;
export const gpuOperatorMode = () => (require('./operator/gpu-operator-mode') as typeof Operator).gpuOperatorMode;
export const managedMode = () => (require('./managed/managed-mode') as typeof Managed).managedMode;

/** Findings that the mode of a platform makes from its plan. */
export function modeFindings(plan: PlatformPlan): Finding[] {
  switch (plan.mode) {
    case 'devicePlugin':
      return devicePluginMode().findings(plan);
    case 'gpuOperator':
      return gpuOperatorMode().findings(plan);
    case 'managed':
      return managedMode().findings(plan);
    case 'dra':
      return draMode().findings(plan);
  }
}

/** The manifests that the mode of a platform makes from its plan. */
export function modeManifests(plan: PlatformPlan): object[] {
  switch (plan.mode) {
    case 'devicePlugin':
      return devicePluginMode().manifests(plan);
    case 'gpuOperator':
      return gpuOperatorMode().manifests(plan);
    case 'managed':
      return managedMode().manifests(plan);
    case 'dra':
      return draMode().manifests(plan);
  }
}
