import { MigStrategy } from '../../accelerator/mig-strategy';
import { flag, instance, listOf, oneOf } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { unique } from '../../shapes/unique-list';
import type { GpuSharing } from './gpu-sharing';

/**
 * How the container runtime learns from the device plugin which GPUs a container gets.
 */
export enum DeviceListStrategy {
  /** The variable `NVIDIA_VISIBLE_DEVICES`. A container that sets this variable itself sees every GPU of the node. */
  ENVVAR = 'envvar',
  /** Mounts below `/var/run/nvidia-container-devices`, which a container cannot add itself. */
  VOLUME_MOUNTS = 'volume-mounts',
  /** Container Device Interface, with annotations of the container. */
  CDI_ANNOTATIONS = 'cdi-annotations',
  /** Container Device Interface, with fields of the container runtime interface. */
  CDI_CRI = 'cdi-cri',
}

/**
 * How the device plugin identifies GPUs to the container runtime.
 */
export enum DeviceIdStrategy {
  /** By UUID, which survives a reboot. */
  UUID = 'uuid',
  /** By index on the node. */
  INDEX = 'index',
}

/**
 * Which GPU the next share or slice comes from.
 */
export enum SharedDevicesAllocationPolicy {
  /** From the least used GPU: pods spread over the GPUs of a node. */
  DISTRIBUTED = 'distributed',
  /** From the most used GPU: whole GPUs stay free. */
  PACKED = 'packed',
}

/**
 * The configuration of the device plugin on a node: its configuration file, version v1, of release 0.20.
 *
 * Fields that upstream parses and ignores have no property here: `resources`, and `rename` and `devices` of a shared
 * resource.
 */
export interface DevicePluginConfig {
  /**
   * How the plugin offers GPUs that MIG slices.
   *
   * @default MigStrategy.NONE
   */
  readonly migStrategy?: MigStrategy;

  /**
   * Lets several pods share one GPU or slice.
   *
   * @default - one pod per GPU or slice
   */
  readonly sharing?: GpuSharing;

  /**
   * Which GPU the next share or slice comes from.
   *
   * @default - distributed, the upstream default
   */
  readonly sharedDevicesAllocationPolicy?: SharedDevicesAllocationPolicy;

  /**
   * How the container runtime learns from the plugin which GPUs a container gets. Several can be used at once.
   *
   * @default - envvar, the upstream default
   */
  readonly deviceListStrategies?: DeviceListStrategy[];

  /**
   * How the plugin identifies GPUs to the container runtime.
   *
   * @default - uuid, the upstream default
   */
  readonly deviceIdStrategy?: DeviceIdStrategy;

  /**
   * Exit when the node has no driver, so that the pod visibly restarts. With `false` the pod keeps running, and the
   * node offers no GPU.
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
