/**
 * Every container image that the library emits. Tags are pinned; `latest` is mutable and never used.
 */

/** The CUDA server image, linux/amd64 and linux/arm64; tags are `v` + version, some with a suffix. */
export const VLLM_REPOSITORY = 'vllm/vllm-openai';

/**
 * The CPU server image. A tag without a suffix has both architectures, linux/amd64 and linux/arm64, and is published since
 * 0.16 (vLLM .buildkite/scripts/annotate-release.sh, later publish-release-images.sh; 0.14 has neither).
 */
export const CPU_REPOSITORY = 'vllm/vllm-openai-cpu';

/** Whether an image is vLLM's own, so that it has exactly the packages of its release. */
export const isOfficialImage = (image: string): boolean =>
  image.startsWith(`${VLLM_REPOSITORY}:`) || image.startsWith(`docker.io/${VLLM_REPOSITORY}:`);

/** Whether the vLLM project publishes an image, for any device: it has no files of the user. */
export const isProjectImage = (image: string): boolean => /^(docker\.io\/)?vllm\//.test(image);

/** DCGM exporter, as in the static manifest of its release: NVIDIA/dcgm-exporter dcgm-exporter.yaml, 4.5.3-4.8.2. */
export const DCGM_EXPORTER_IMAGE = 'nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless';

/**
 * Images that version 26.7.0 of the GPU Operator deploys. Source: NVIDIA/gpu-operator
 * deployments/gpu-operator/values.yaml of that version; the driver manager is that of 26.7.1.
 */
export const GPU_OPERATOR_IMAGES = {
  operator: { repository: 'nvcr.io/nvidia', image: 'gpu-operator', version: 'v26.7.0' },
  driver: { repository: 'nvcr.io/nvidia', image: 'driver', version: '595.91.07' },
  driverManager: { repository: 'nvcr.io/nvidia/cloud-native', image: 'k8s-driver-manager', version: 'v0.12.1' },
  toolkit: { repository: 'nvcr.io/nvidia/k8s', image: 'container-toolkit', version: 'v1.20.0' },
  devicePlugin: { repository: 'nvcr.io/nvidia', image: 'k8s-device-plugin', version: 'v0.20.0' },
  dcgmExporter: { repository: 'nvcr.io/nvidia/k8s', image: 'dcgm-exporter', version: '4.6.0-4.8.3-distroless' },
  dcgm: { repository: 'nvcr.io/nvidia/cloud-native', image: 'dcgm', version: '4.6.0-1-ubuntu24.04' },
  migManager: { repository: 'nvcr.io/nvidia/cloud-native', image: 'k8s-mig-manager', version: 'v0.15.0' },
} as const;

/**
 * The Kubernetes distribution of the OpenTelemetry Collector, of 2026-08: the image of Helm chart 0.172.0 of
 * open-telemetry/opentelemetry-helm-charts. Its exporters are named `otlp_grpc` and `otlp_http` since 0.144.
 */
export const COLLECTOR_IMAGE =
  'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s:0.159.0';

/** The endpoint picker of llm-d, as its release publishes it (llm-d/llm-d-router, config/charts/routerlib/values.yaml). */
export const PICKER_IMAGE = 'ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0';

/** One image for the device plugin, GPU feature discovery, the MPS control daemon and config-manager. */
export const DEVICE_PLUGIN_REPOSITORY = 'nvcr.io/nvidia/k8s-device-plugin';
export const DEVICE_PLUGIN_TAG = 'v0.20.0';

/**
 * The curl project's own image, linux/amd64 and linux/arm64, with a shell. curl/curl-container publishes each release of
 * curl with its version as the tag (.github/workflows/build_latest_release_multi.yml), and its user is not root
 * (create_appliance_image.sh). metio/kurly runs its tests with this tag (hack/smoke).
 */
export const CURL_IMAGE = 'curlimages/curl:8.21.0';
