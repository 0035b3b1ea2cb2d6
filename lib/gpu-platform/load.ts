/* eslint-disable @typescript-eslint/no-require-imports -- read on first use: a program with stacks alone needs no mode, and
   one with a platform needs one of them. */
import type * as DevicePlugin from './device-plugin/device-plugin-mode';
import type * as Dra from './dra/dra-mode';
import type * as Managed from './managed/managed-mode';
import type * as Operator from './operator/gpu-operator-mode';

export const devicePluginMode = () =>
  (require('./device-plugin/device-plugin-mode') as typeof DevicePlugin).devicePluginMode;
export const draMode = () => (require('./dra/dra-mode') as typeof Dra).draMode;
export const gpuOperatorMode = () => (require('./operator/gpu-operator-mode') as typeof Operator).gpuOperatorMode;
export const managedMode = () => (require('./managed/managed-mode') as typeof Managed).managedMode;
