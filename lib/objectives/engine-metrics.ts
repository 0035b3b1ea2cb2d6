import type { Catalogue } from '../engine/catalogue/catalogue';
import type { LatencyKind } from './objective-spec';

/** The histogram of vLLM that measures each latency. */
export const HISTOGRAMS: Readonly<Record<LatencyKind, string>> = {
  'time-to-first-token': 'vllm:time_to_first_token_seconds',
  'inter-token-latency': 'vllm:inter_token_latency_seconds',
  'end-to-end': 'vllm:e2e_request_latency_seconds',
};

/** Answered requests by path and status. */
export const REQUESTS = 'http_requests_total';

/** Finished requests by reason, in spite of its name. */
export const FINISHED = 'vllm:request_success_total';

/** Requests that the limits of the queue turned away. */
export const REJECTED = 'vllm:admission_rejections_total';

/** Whether a release says that the engine broke a request off: since 0.13. */
export function countsEngineErrors(catalogue: Catalogue): boolean {
  return catalogue.metric(FINISHED)?.labelValues['finished_reason']?.includes('error') === true;
}
