/**
 * Requests per second at the gateway of a stack over five minutes, whatever its implementation; labels `namespace`, `app`
 * and `model`. Each has an element while the gateway is scraped. Recorded only with `gatewayTraffic`.
 */
export const GATEWAY_RECORDS = {
  /** Requests that were answered, by a pod or by the gateway. */
  answered: 'namespace_app:vllm_gateway_requests:rate5m',
  /** Those with 5xx among them. */
  failed: 'namespace_app:vllm_gateway_failed_requests:rate5m',
  /** Those with 5xx that had no endpoint; at Istio also those whose connection a pod refused. */
  unreached: 'namespace_app:vllm_gateway_unreached_requests:rate5m',
  /** The gateway's own answers of 5xx for all routes, where it counts them without their route. */
  own: 'namespace_app:vllm_gateway_own_failures:rate5m',
} as const;
