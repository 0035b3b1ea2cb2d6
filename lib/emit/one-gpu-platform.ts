import type { Construct, IConstruct } from 'constructs';
import { appCheck } from './app-check';

/** By a symbol that all copies of this package share: two copies in one app are two platforms all the same. */
const PLATFORM = Symbol.for('cdk8s-vllm.GpuPlatform');

/** Platforms beside the first one: both would offer, or slice, the same GPUs. */
function several(constructs: readonly IConstruct[]): string[] {
  const paths = constructs.filter((construct) => PLATFORM in construct).map(({ node }) => node.path);
  if (paths.length < 2) return [];
  return [
    `a cluster has one GpuPlatform, and this app has ${paths.length} (${paths.join(', ')}): keep one, and give each cluster an app of its own`,
  ];
}

const refuse = appCheck(several, { remember: true });

/** Makes synth fail when an app has more than one GPU platform; `platform` is one of them. */
export function refuseSecondGpuPlatform(platform: Construct): void {
  Object.defineProperty(platform, PLATFORM, { value: true });
  refuse(platform);
}
