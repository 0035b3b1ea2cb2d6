import { Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { deviceFilter } from '../../accelerator/mig-profiles';
import type { MigLayout } from './mig-layout';
import { ALL_DISABLED } from './mig-layout';

/** Key of the ConfigMap: the MIG manager reads no other (NVIDIA/mig-parted cmd/nvidia-mig-manager/main.go). */
export const MIG_CONFIG_KEY = 'config.yaml';

/** What mig-parted does with some GPUs of a node. */
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

/** Layouts of one name are one configuration, in the order in which their names first come. */
export function byName(layouts: readonly MigLayout[]): [name: string, parts: MigLayout[]][] {
  const names = new Map<string, MigLayout[]>();
  for (const layout of layouts) names.set(layout.name, [...(names.get(layout.name) ?? []), layout]);
  return [...names];
}

function entry({ gpu, _slices: slices, _gpus: gpus }: MigLayout): MigPartedEntry {
  return {
    ...(gpu && { 'device-filter': deviceFilter(gpu) }),
    devices: gpus ?? 'all',
    'mig-enabled': slices !== undefined,
    ...(slices && { 'mig-devices': slices }),
  };
}

/**
 * The layouts as mig-parted reads them. A file of one's own replaces the configurations that the MIG manager makes by
 * itself, so the one that it falls back to is always in it.
 */
export function migPartedConfig(layouts: readonly MigLayout[]): MigPartedConfig {
  const configs = byName(layouts.filter(({ name }) => name !== ALL_DISABLED)).map(
    ([name, parts]) => [name, parts.map(entry)] as const,
  );
  const disabled = [ALL_DISABLED, [{ devices: 'all', 'mig-enabled': false }]] as const;
  return { version: 'v1', 'mig-configs': Object.fromEntries([disabled, ...configs]) };
}

/** What a ConfigMap of the platform is called and where it is. */
export interface ConfigMapMeta {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The ConfigMap with the file, for the operator's MIG manager: without one nobody would read it. */
export function migConfigMap({ name, namespace, labels }: ConfigMapMeta, layouts: readonly MigLayout[]): object {
  return k8s.KubeConfigMap.manifest({
    metadata: { name, namespace, labels: { ...labels } },
    data: { [MIG_CONFIG_KEY]: Yaml.stringify(migPartedConfig(layouts)) },
  });
}
