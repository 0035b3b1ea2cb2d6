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
   * Configurations by name. The label `nvidia.com/device-plugin.config` of a node chooses one; the plugin follows it
   * without a restart. Names are keys of a ConfigMap and values of that label.
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

/** The configuration of nodes without a label, by upstream's own rules: the one named so, or the only one. */
export function defaultConfigOf({ configs, defaultConfig }: NamedPluginConfigs): string | undefined {
  if (configs === undefined) return undefined;
  const names = Object.keys(configs);
  return defaultConfig ?? (names.includes('default') || names.length !== 1 ? 'default' : names[0]);
}

function defaultFindings(defaultConfig: string | undefined, names: readonly string[]): Finding[] {
  const fix = `give one of ${names.join(', ')}`;
  if (defaultConfig !== undefined) {
    if (names.includes(defaultConfig)) return [];
    const problem = `is ${JSON.stringify(defaultConfig)}${didYouMean(defaultConfig, names)}`;
    return [error('default-config-unknown', 'defaultConfig', problem, fix)];
  }
  if (names.length === 1 || names.includes('default')) return [];
  const problem = `is needed with ${names.length} configurations: nodes without the label have none, and offer no GPU`;
  return [error('default-config-missing', 'defaultConfig', problem, fix)];
}

/** What is wrong with names of configurations, which are keys of a ConfigMap and values of a node label. */
export function namesFindings({ configs, defaultConfig }: NamedPluginConfigs): Finding[] {
  if (configs === undefined) {
    if (defaultConfig === undefined) return [];
    const problem = `is ${JSON.stringify(defaultConfig)}, but there are no named configurations`;
    return [error('default-config-unused', 'defaultConfig', problem, 'give configs, or remove it')];
  }
  const names = Object.keys(configs);
  if (names.length === 0) {
    return [error('config-missing', 'configs', 'is {}', 'give at least one configuration, or remove it')];
  }
  const findings = names
    .filter((name) => name === '' || !LABEL_VALUE.test(name))
    .map((name) => {
      const problem = `is a name that no node label can have: ${JSON.stringify(name)}`;
      const fix = 'use at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit';
      return error('config-name', `configs.${name}`, problem, fix);
    });
  findings.push(...defaultFindings(defaultConfig, names));
  if (names.length > 1) {
    const problem = 'hold on nodes that carry their name in the label nvidia.com/device-plugin.config, which you set';
    findings.push(notice('config-labels', 'configs', problem, 'label node pools: the platform never labels nodes'));
  }
  return findings;
}
