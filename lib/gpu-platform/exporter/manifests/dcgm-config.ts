import type { k8s } from 'cdk8s-plus-28';
import { kubeManifest } from '../../../emit/kube-manifest';
import { countersCsv } from '../dcgm-counters';
import type { ExporterSettings } from '../dcgm-settings';
import { allCounters } from '../dcgm-settings';

/** Key of the list: the GPU Operator reads no other (NVIDIA/gpu-operator controllers/object_controls.go). */
export const COUNTERS_KEY = 'dcgm-metrics.csv';

/** Where our exporter finds the list. A separate folder, so that the mount hides no file of the image. */
export const COUNTERS_FOLDER = '/etc/dcgm-exporter-counters';

/** The ConfigMap with the list of fields. */
export function countersConfigMap(settings: ExporterSettings, metadata: k8s.ObjectMeta): object {
  return kubeManifest('ConfigMap', { metadata, data: { [COUNTERS_KEY]: countersCsv(allCounters(settings)) } });
}
