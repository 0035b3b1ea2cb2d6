/**
 * Every container image that the library emits. Tags are pinned; `latest` is mutable and never used.
 */

/** The CUDA server image, linux/amd64 and linux/arm64; tags are `v` + version, some with a suffix. */
export const VLLM_REPOSITORY = 'vllm/vllm-openai';
