/**
 * Every container image that the library emits. Tags are pinned; `latest` is mutable and never used.
 */

/** The CUDA server image, linux/amd64 and linux/arm64; tags are `v` + version, some with a suffix. */
export const VLLM_REPOSITORY = 'vllm/vllm-openai';

/**
 * The Kubernetes distribution of the OpenTelemetry Collector, of 2026-08: what Helm chart 0.172.0 of
 * open-telemetry/opentelemetry-helm-charts installs. Its exporters are called `otlp_grpc` and `otlp_http` since 0.144.
 */
export const COLLECTOR_IMAGE =
  'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s:0.159.0';
