import type { Finding } from '../../preflight/finding';
import { error, notice } from '../../preflight/finding';
import { didYouMean } from '../../preflight/nearest';
import { LABEL_VALUE } from '../../shapes/kubernetes-names';
import { mapOf, text } from '../../shapes/shape';
import type { OptionalShapes } from '../../shapes/struct';
import { structOf } from '../../shapes/struct';
import type { DevicePluginConfig } from './plugin-config';
import { CONFIG } from './plugin-config';

/**
 * Configurations of the device plugin by name.
 */
export interface NamedPluginConfigs {
  /**
   * Configurations by name. The node label `nvidia.com/device-plugin.config` selects one; the plugin applies a change
   * without a restart. Names are keys in a ConfigMap and values of that label.
   *
   * @default - one configuration on every node
   */
  readonly configs?: { [name: string]: DevicePluginConfig };

  /**
   * Name of the configuration of nodes without the label.
   *
   * @default - the one named `default`, or the only one
   */
  readonly defaultConfig?: string;
}

/** All properties of `NamedPluginConfigs`. */
export const CONFIGS: OptionalShapes<NamedPluginConfigs> = { configs: mapOf(CONFIG), defaultConfig: text };
export const NAMED_CONFIGS = structOf<NamedPluginConfigs>({}, CONFIGS);

/** The configuration of nodes without the label, by upstream's rules: the one named `default`, or the only one. */
export function defaultConfigOf({ configs, defaultConfig }: NamedPluginConfigs): string | undefined {
  if (configs === undefined) return undefined;
  const names = Object.keys(configs);
  return defaultConfig ?? (names.includes('default') || names.length !== 1 ? 'default' : names[0]);
}

function defaultFindings(defaultConfig: string | undefined, names: readonly string[]): Finding[] {
  const fix = `set one of ${names.join(', ')}`;
  if (defaultConfig !== undefined) {
    if (names.includes(defaultConfig)) return [];
    const problem = `is ${JSON.stringify(defaultConfig)}${didYouMean(defaultConfig, names)}`;
    return [error('default-config-unknown', 'defaultConfig', problem, fix)];
  }
  if (names.length === 1 || names.includes('default')) return [];
  const problem = `is required with ${names.length} configurations: without it, nodes without the label have no configuration and offer no GPU`;
  return [error('default-config-missing', 'defaultConfig', problem, fix)];
}

/** Findings about the names of configurations, which are keys in a ConfigMap and values of a node label. */
export function namesFindings({ configs, defaultConfig }: NamedPluginConfigs): Finding[] {
  if (configs === undefined) {
    if (defaultConfig === undefined) return [];
    const problem = `is ${JSON.stringify(defaultConfig)}, but configs is unset`;
    return [error('default-config-unused', 'defaultConfig', problem, 'set configs, or remove it')];
  }
  const names = Object.keys(configs);
  if (names.length === 0) {
    return [error('config-missing', 'configs', 'is {}', 'add a configuration, or remove it')];
  }
  const findings = names
    .filter((name) => name === '' || !LABEL_VALUE.test(name))
    .map((name) => {
      const problem = `is not a valid node label value: ${JSON.stringify(name)}`;
      const fix = 'use at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';
      return error('config-name', `configs.${name}`, problem, fix);
    });
  findings.push(...defaultFindings(defaultConfig, names));
  if (names.length > 1) {
    const problem = 'apply to nodes with their name in the label nvidia.com/device-plugin.config, which you must set';
    const fix = 'label the node pools; the platform does not label nodes';
    findings.push(notice('config-labels', 'configs', problem, fix));
  }
  return findings;
}
