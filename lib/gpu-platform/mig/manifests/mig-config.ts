import { Yaml } from 'cdk8s';
import { kubeManifest } from '../../../emit/kube-manifest';
import type { MigLayoutPlan } from '../mig-plan';
import { ALL_DISABLED, byName } from '../mig-plan';

/** Key of the ConfigMap: the MIG manager reads no other (NVIDIA/mig-parted cmd/nvidia-mig-manager/main.go). */
export const MIG_CONFIG_KEY = 'config.yaml';

/** One entry of mig-parted's file: some GPUs of a node. */
export interface MigPartedEntry {
  readonly 'device-filter'?: readonly string[];
  readonly devices: 'all' | readonly number[];
  readonly 'mig-enabled': boolean;
  readonly 'mig-devices'?: Readonly<Record<string, number>>;
}

/** The file of mig-parted, v1. */
export interface MigPartedConfig {
  readonly version: 'v1';
  readonly 'mig-configs': Readonly<Record<string, readonly MigPartedEntry[]>>;
}

function entry({ gpu, slices, gpus }: MigLayoutPlan): MigPartedEntry {
  return {
    // Without known PCI devices, the entry is for every GPU of a node.
    ...(gpu && gpu.deviceFilter.length > 0 && { 'device-filter': gpu.deviceFilter }),
    devices: gpus ?? 'all',
    'mig-enabled': slices !== undefined,
    ...(slices && { 'mig-devices': slices }),
  };
}

/**
 * The layouts in the format of mig-parted. A custom file replaces the configurations that the MIG manager generates, so
 * it always has the one that the manager falls back to.
 */
export function migPartedConfig(layouts: readonly MigLayoutPlan[]): MigPartedConfig {
  const configs = byName(layouts.filter(({ name }) => name !== ALL_DISABLED)).map(
    ([name, parts]) => [name, parts.map(entry)] as const,
  );
  const disabled = [ALL_DISABLED, [{ devices: 'all', 'mig-enabled': false }]] as const;
  return { version: 'v1', 'mig-configs': Object.fromEntries([disabled, ...configs]) };
}

/** Name and namespace of a ConfigMap of the platform. */
export interface ConfigMapMeta {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** The ConfigMap with the file, for the operator's MIG manager. */
export function migConfigMap({ name, namespace, labels }: ConfigMapMeta, layouts: readonly MigLayoutPlan[]): object {
  return kubeManifest('ConfigMap', {
    metadata: { name, namespace, labels: { ...labels } },
    data: { [MIG_CONFIG_KEY]: Yaml.stringify(migPartedConfig(layouts)) },
  });
}
