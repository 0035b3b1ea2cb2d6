import type { LatencyKind } from './objective-spec';

/** The histogram of vLLM that measures each latency. */
export const HISTOGRAMS: Readonly<Record<LatencyKind, string>> = {
  'time-to-first-token': 'vllm:time_to_first_token_seconds',
  'inter-token-latency': 'vllm:inter_token_latency_seconds',
  'end-to-end': 'vllm:e2e_request_latency_seconds',
};
