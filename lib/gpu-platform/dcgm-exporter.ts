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
  readonly runtimeClassName?: string;
}

export function planDcgmExporter(
  _options: DcgmExporterOptions,
  { name, namespace, ...data }: ExporterContext,
  subject = 'exporter',
): { objects: object[]; findings: Finding[] } {
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-dcgm`, namespace } };
  return { objects: [{ ...configMap, data: { context: JSON.stringify({ subject, ...data }) } }], findings: [] };
}
