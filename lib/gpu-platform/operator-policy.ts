import type { Finding } from '../preflight/finding';
import type { GpuOperatorOptions } from './operator-options';

export interface OperatorContext {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly monitorLabels: Record<string, string>;
  readonly pluginConfigs?: Record<string, string>;
  readonly defaultPluginConfig?: string;
  readonly resourceNames?: readonly string[];
  readonly virtualGpus?: boolean;
}

export function planOperator(
  _options: GpuOperatorOptions,
  { name, namespace, pluginConfigs = {} }: OperatorContext,
  subject = 'operator',
): { objects: object[]; findings: Finding[] } {
  const metadata = { name: `${name}-plugin-config`, namespace };
  return {
    objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { subject, ...pluginConfigs } }],
    findings: [],
  };
}
