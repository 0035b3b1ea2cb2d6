import type { k8s } from 'cdk8s-plus-28';
import type { Finding } from '../preflight/finding';
import type { DcgmExporterOptions } from './dcgm-exporter-options';

export interface ExporterContext {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly nodeAffinity: k8s.NodeSelectorTerm[];
  readonly tolerations: k8s.Toleration[];
  readonly resourceNames: string[];
  readonly virtualGpus: boolean;
  readonly dra: boolean;
  readonly monitorLabels: Record<string, string>;
}

export function planDcgmExporter(
  _options: DcgmExporterOptions,
  context: ExporterContext,
): { objects: object[]; findings: Finding[] } {
  const { name, namespace, ...data } = context;
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } };
  return { objects: [{ ...configMap, data: { context: JSON.stringify(data) } }], findings: [] };
}
