import { createHash } from 'node:crypto';
import { k8s } from 'cdk8s-plus-28';
import type { ExporterContext } from './dcgm-context';
import { exporterLabels, exporterNames } from './dcgm-context';
import { countersCsv } from './dcgm-counters';
import type { ExporterSettings } from './dcgm-settings';

/** Key of the list: the GPU Operator reads no other (NVIDIA/gpu-operator controllers/object_controls.go). */
export const COUNTERS_KEY = 'dcgm-metrics.csv';

/** Where our exporter finds the list. A folder of its own, so that nothing of the image is hidden. */
export const COUNTERS_FOLDER = '/etc/dcgm-exporter-counters';

/** The ConfigMap with the list of fields. */
export function countersConfigMap(
  { counters }: ExporterSettings,
  { name, namespace, labels }: { name: string; namespace: string; labels: Record<string, string> },
): object {
  return k8s.KubeConfigMap.manifest({
    metadata: { name, namespace, labels },
    data: { [COUNTERS_KEY]: countersCsv(counters) },
  });
}

/** The list for our own exporter. */
export function exporterConfigMap(settings: ExporterSettings, context: ExporterContext): object {
  const { namespace } = context;
  const { counters: name } = exporterNames(context.name);
  return countersConfigMap(settings, { name, namespace, labels: exporterLabels(context) });
}

/** Changes when the list does: as an annotation of the pods it makes them start anew. */
export function countersChecksum({ counters }: ExporterSettings): string {
  return createHash('sha256').update(countersCsv(counters)).digest('hex');
}
