import type { Matcher } from '../../metrics/promql';
import { selector } from '../../metrics/promql';
import { withNode } from '../pod-gpu-series';
import { max } from '../panel-queries';

/** What the reader chooses at the top. */
export const CHOSEN = { UUID: { matches: '$gpu' }, modelName: { matches: '$model' } } as const;

/** Labels that tell one GPU or MIG slice from another. */
const DEVICE = ['node', 'gpu', 'UUID', 'modelName', 'GPU_I_ID', 'GPU_I_PROFILE'];

export const LEGEND = '{{node}} {{gpu}} {{GPU_I_PROFILE}} {{GPU_I_ID}}';

/** One element for each GPU or slice, however many exporters and pods report it. */
export const perDevice = (series: string, ...more: readonly string[]): string =>
  max(withNode(series), ...DEVICE, ...more);

/** A metric of the chosen GPUs. */
export const chosen = (metric: string, more: Readonly<Record<string, Matcher>> = {}): string =>
  selector(metric, { ...CHOSEN, ...more });

/**
 * Share of time in which a kernel ran. Slices have no utilisation, and some H100 drivers no engine activity
 * (NVIDIA/DCGM#226), so that one stands in for the other.
 */
export const ENGINE_ACTIVE = `${perDevice(chosen('DCGM_FI_PROF_GR_ENGINE_ACTIVE'))} or ${perDevice(chosen('DCGM_FI_DEV_GPU_UTIL'))} / 100`;
