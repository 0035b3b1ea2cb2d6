/**
 * Maximum prefix of a generated name: 63 characters without 5 random ones (apiserver/pkg/storage/names/generate.go).
 */
const MAX_PREFIX = 58;

/**
 * Maximum hash of a pod template: a 32-bit number in a safe alphabet (apimachinery/pkg/util/rand, SafeEncodeString).
 */
const MAX_HASH = 10;

/** Whether the name of a pod has all of the workload's name and of the hash. */
const isWhole = (workload: string): boolean => workload.length + 1 + MAX_HASH + 1 <= MAX_PREFIX;

/**
 * A pattern (RE2, anchored by PromQL) of the pod names of a Deployment or Rollout: `vllm-6d4cf56db6-x7k2p`. If the name
 * of another workload begins with this name and a dash, its pods have one more part and do not match.
 */
export function replicaSetPods(workload: string): string {
  const hash = `[a-z0-9]{1,${MAX_HASH}}`;
  // The API server cuts a long name, in the hash or at the dash after it.
  if (isWhole(workload)) return `${workload}-${hash}-[a-z0-9]{5}`;
  return `${workload.slice(0, MAX_PREFIX)}-?[a-z0-9]*-?[a-z0-9]{5}`;
}

/** The same for the pods with one hash; undefined where the name may be cut. */
export function replicaSetPodsOf(workload: string, hash: string): string | undefined {
  return isWhole(workload) ? `${workload}-${hash}-[a-z0-9]{5}` : undefined;
}
