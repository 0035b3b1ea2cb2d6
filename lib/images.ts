/**
 * Every container image that the library emits. Tags are pinned; `latest` is mutable and never used.
 */

/** The CUDA server image, linux/amd64 and linux/arm64; tags are `v` + version, some with a suffix. */
export const VLLM_REPOSITORY = 'vllm/vllm-openai';

/** Device plugin, GPU feature discovery, control daemon of MPS and config-manager are one image. */
export const DEVICE_PLUGIN_REPOSITORY = 'nvcr.io/nvidia/k8s-device-plugin';
export const DEVICE_PLUGIN_TAG = 'v0.20.0';
