/**
 * The label of pods that exchange KV blocks with others. They connect to each other on ports that UCX and Mooncake choose
 * at random, so the NetworkPolicy opens every port to them, and to no other pod.
 */
export const PEER_LABEL: Readonly<Record<string, string>> = { 'cdk8s-vllm/kv-peer': 'true' };
