import type { Toleration } from '../../accelerator/toleration';
import { TaintEffect } from '../../accelerator/toleration';

/** The usual taint of GPU nodes; no value, so that `present` and `true` both match. */
const GPU_TAINT: Toleration = { key: 'nvidia.com/gpu', effect: TaintEffect.NO_SCHEDULE };

/** Plain copies of the user's tolerations. */
export const copied = (tolerations: readonly Toleration[]): Toleration[] =>
  tolerations.map(({ key, value, effect }) => ({ key, value, effect }));

/** Tolerations of the platform's pods: the usual taint of GPU nodes, and the taints that the user adds. */
export const podTolerations = (more: readonly Toleration[]): Toleration[] => [GPU_TAINT, ...copied(more)];
