import type { Finding } from '../preflight/finding';
import type { GpuOperatorOptions } from './operator-options';

export interface OperatorContext {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly monitorLabels: Record<string, string>;
}

export function planOperator(
  _options: GpuOperatorOptions,
  { name, namespace }: OperatorContext,
): { objects: object[]; findings: Finding[] } {
  return { objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } }], findings: [] };
}
