import type { IConstruct } from 'constructs';
import { isBranded } from '../shapes/brand';
import { appCheck } from './app-check';

/** Several platforms in one app: all of them would advertise or slice the same GPUs. */
function several(constructs: readonly IConstruct[]): string[] {
  const paths = constructs.filter((construct) => isBranded(construct, 'GpuPlatform')).map(({ node }) => node.path);
  if (paths.length < 2) return [];
  return [
    `a cluster can have one GpuPlatform, but this app has ${paths.length} (${paths.join(', ')}): keep one, and use a separate app for each cluster`,
  ];
}

/** Makes synth fail when an app has more than one GPU platform, from any copy of this package. */
export const refuseSecondGpuPlatform = appCheck(several, { remember: true });
