import type { Matcher, MetricScope } from './promql';
import { selector } from './promql';

/** The pods of a stack that hold GPUs. */
export interface GpuPods extends MetricScope {
  readonly model: string;
  /** A pattern of the names of the stack's pods. */
  readonly pods: string;
  /** Name of the engine's container. */
  readonly container: string;
  readonly device: { readonly nvidia: boolean };
}

interface Reading {
  /** More matchers. */
  readonly labels?: Readonly<Record<string, Matcher>>;
  /** What is made of a selector, for example a rate. Unset: the selector itself. */
  readonly read?: (selector: string) => string;
  /** Labels to keep besides those of the device. */
  readonly keep?: readonly string[];
}

/** Copies a label of a series to another name. */
export const copied = (query: string, to: string, from: string): string =>
  `label_replace(${query}, "${to}", "$1", "${from}", "(.+)")`;

const DEVICE = ['gpu', 'UUID', 'modelName', 'GPU_I_ID', 'GPU_I_PROFILE'];

/**
 * A metric of the DCGM exporter for each GPU or MIG slice that an engine of the stack holds, with the labels `namespace`
 * and `pod` of the engine. Without `honorLabels`, these labels are the exporter's, and the engine's are in `exported_*`.
 * With it, they are the engine's, and those of an idle GPU are the exporter's. Neither an idle GPU nor a device-level
 * series next to those of the pods that share it has an engine's pod in either place.
 */
export function gpuSeries(
  metric: string,
  pods: GpuPods,
  { labels = {}, read = (x) => x, keep = [] }: Reading = {},
): string {
  const of = (prefix: string): Record<string, Matcher> => ({
    [`${prefix}namespace`]: pods.namespace,
    [`${prefix}pod`]: { matches: pods.pods },
    [`${prefix}container`]: pods.container,
  });
  const kept = [...DEVICE, ...keep];
  const hidden = read(selector(metric, { ...of('exported_'), ...labels }));
  const shown = read(selector(metric, { ...of(''), exported_pod: '', ...labels }));
  // Aggregated before its labels are renamed: otherwise an exporter that was replaced would appear twice.
  const renamed = ['namespace', 'pod'].reduce(
    (query, label) => copied(query, label, `exported_${label}`),
    `max by (exported_namespace, exported_pod, ${kept.join(', ')}) (${hidden})`,
  );
  return `max by (namespace, pod, ${kept.join(', ')}) (${renamed} or ${shown})`;
}
