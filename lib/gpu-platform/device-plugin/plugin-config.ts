import { MigStrategy } from '../../accelerator/mig-strategy';
import { flag, instance, listOf, oneOf } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { unique } from '../../shapes/unique-list';
import type { GpuSharing } from './gpu-sharing';

/**
 * How the device plugin tells the container runtime which GPUs a container gets.
 */
export enum DeviceListStrategy {
  /** The variable `NVIDIA_VISIBLE_DEVICES`. A container that sets it by itself sees every GPU of the node. */
  ENVVAR = 'envvar',
  /** Mounts below `/var/run/nvidia-container-devices`, which a container cannot give itself. */
  VOLUME_MOUNTS = 'volume-mounts',
  /** Container Device Interface, by annotations of the container. */
  CDI_ANNOTATIONS = 'cdi-annotations',
  /** Container Device Interface, by fields of the container runtime interface. */
  CDI_CRI = 'cdi-cri',
}

/**
 * How the device plugin names GPUs towards the container runtime.
 */
export enum DeviceIdStrategy {
  /** By UUID, which survives a reboot. */
  UUID = 'uuid',
  /** By index on the node. */
  INDEX = 'index',
}

/**
 * From which GPU the next share or slice is taken.
 */
export enum SharedDevicesAllocationPolicy {
  /** From the GPU with the fewest in use: pods spread over the GPUs of a node. */
  DISTRIBUTED = 'distributed',
  /** From the GPU with the most in use: whole GPUs stay free. */
  PACKED = 'packed',
}

/**
 * What the device plugin does on a node: its configuration file, version v1, of release 0.20.
 *
 * What upstream parses and ignores (`resources`, and `rename` and `devices` of a shared resource) is not offered.
 */
export interface DevicePluginConfig {
  /**
   * How GPUs that are sliced by MIG are offered.
   *
   * @default MigStrategy.NONE
   */
  readonly migStrategy?: MigStrategy;

  /**
   * Several pods on one GPU or slice.
   *
   * @default - one pod per GPU or slice
   */
  readonly sharing?: GpuSharing;

  /**
   * From which GPU the next share or slice is taken.
   *
   * @default - distributed, upstream's own
   */
  readonly sharedDevicesAllocationPolicy?: SharedDevicesAllocationPolicy;

  /**
   * How the container runtime is told which GPUs a container gets; several may be used at once.
   *
   * @default - envvar, upstream's own
   */
  readonly deviceListStrategies?: DeviceListStrategy[];

  /**
   * How GPUs are named towards the container runtime.
   *
   * @default - uuid, upstream's own
   */
  readonly deviceIdStrategy?: DeviceIdStrategy;

  /**
   * End when no driver is found, so that a node without one shows as a pod that restarts. `false` waits in silence, and
   * the node offers no GPU.
   *
   * @default true
   */
  readonly failOnInitError?: boolean;
}

/** All properties of `DevicePluginConfig`. */
export const CONFIG = structOf<DevicePluginConfig>(
  {},
  {
    migStrategy: oneOf(...Object.values(MigStrategy)),
    sharing: instance<GpuSharing>('GpuSharing', 'a GpuSharing, for example GpuSharing.mps({ replicas: 4 })'),
    sharedDevicesAllocationPolicy: oneOf(...Object.values(SharedDevicesAllocationPolicy)),
    deviceListStrategies: unique(listOf(oneOf(...Object.values(DeviceListStrategy)), 1)),
    deviceIdStrategy: oneOf(...Object.values(DeviceIdStrategy)),
    failOnInitError: flag,
  },
);
