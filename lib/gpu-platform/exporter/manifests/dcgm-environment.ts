import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../../../emit/kube-manifest';
import { DCGM } from '../../../defaults';
import { COUNTERS_FOLDER, COUNTERS_KEY } from './dcgm-config';
import type { ExporterSettings } from '../dcgm-settings';

/** Variables of our own exporter. Source of their names: NVIDIA/dcgm-exporter pkg/cmd/app.go. */
export function exporterVariables(settings: ExporterSettings): Plain<k8s.EnvVar>[] {
  return [
    { name: 'DCGM_EXPORTER_LISTEN', value: `:${DCGM.port}` },
    { name: 'DCGM_EXPORTER_KUBERNETES', value: 'true' },
    { name: 'DCGM_EXPORTER_COLLECTORS', value: `${COUNTERS_FOLDER}/${COUNTERS_KEY}` },
    ...samplingVariables(settings),
    ...podLabelVariables(settings),
    { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
  ];
}

/** Variables that any exporter needs, the operator's too: its interval, and how GPUs are shared. */
export function samplingVariables({ interval, sharing }: ExporterSettings): Plain<k8s.EnvVar>[] {
  const { resourceNames, virtualGpus, dra } = sharing;
  return [
    { name: 'DCGM_EXPORTER_INTERVAL', value: String(interval * 1000) },
    ...(resourceNames.length > 0 ? [{ name: 'NVIDIA_RESOURCE_NAMES', value: resourceNames.join(',') }] : []),
    ...(virtualGpus ? [{ name: 'KUBERNETES_VIRTUAL_GPUS', value: 'true' }] : []),
    ...(dra ? [{ name: 'KUBERNETES_ENABLE_DRA', value: 'true' }] : []),
  ];
}

/** Patterns of RE2 that each match one label. */
export function podLabelPatterns({ podLabels }: ExporterSettings): string[] {
  return podLabels.map((label) => `^${label.replaceAll('.', '\\.')}$`);
}

function podLabelVariables(settings: ExporterSettings): Plain<k8s.EnvVar>[] {
  if (settings.podLabels.length === 0) return [];
  return [
    { name: 'DCGM_EXPORTER_KUBERNETES_ENABLE_POD_LABELS', value: 'true' },
    { name: 'DCGM_EXPORTER_KUBERNETES_POD_LABEL_ALLOWLIST_REGEX', value: podLabelPatterns(settings).join(',') },
  ];
}
