/** Longest prefix of a generated name: 63 characters without 5 random ones (apiserver/pkg/storage/names/generate.go). */
const MAX_PREFIX = 58;

/** Longest hash of a pod template: a 32-bit number in a safe alphabet (apimachinery/pkg/util/rand, SafeEncodeString). */
const MAX_HASH = 10;

/**
 * A pattern (RE2, anchored by PromQL) of the names of pods of a Deployment or Rollout: `vllm-6d4cf56db6-x7k2p`. A workload
 * whose name begins with this one and a dash has a part more, so its pods do not match.
 */
export function replicaSetPods(workload: string): string {
  const hash = `[a-z0-9]{1,${MAX_HASH}}`;
  // The API server cuts what is too long, in the hash or in the dash after it.
  if (workload.length + 1 + MAX_HASH + 1 <= MAX_PREFIX) return `${workload}-${hash}-[a-z0-9]{5}`;
  return `${workload.slice(0, MAX_PREFIX)}-?[a-z0-9]*-?[a-z0-9]{5}`;
}
