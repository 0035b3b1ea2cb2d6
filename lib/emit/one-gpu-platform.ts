import type { IConstruct } from 'constructs';
import { isBranded } from '../shapes/brand';
import { appCheck } from './app-check';

/** Platforms beside the first one: both would offer, or slice, the same GPUs. */
function several(constructs: readonly IConstruct[]): string[] {
  const paths = constructs.filter((construct) => isBranded(construct, 'GpuPlatform')).map(({ node }) => node.path);
  if (paths.length < 2) return [];
  return [
    `a cluster has one GpuPlatform, and this app has ${paths.length} (${paths.join(', ')}): keep one, and give each cluster an app of its own`,
  ];
}

/** Makes synth fail when an app has more than one GPU platform, of any copy of this package. */
export const refuseSecondGpuPlatform = appCheck(several, { remember: true });
