import type { QuirkRow } from '../rows';

/**
 * What vLLM does from a release on, where a decision of the library depends on it, oldest first. What users read about an
 * upgrade is in behaviour.ts; whether a flag, a variable or a metric exists is in their own tables.
 */
export const QUIRKS = {
  'sequences-by-memory': { since: '0.9', what: 'the default of --max-num-seqs depends on the memory of the GPU; before, it was 1024 on all of them', source: 'vLLM #15105' },
  'hybrid-cache': { since: '0.9.1', what: 'layers with a sliding window keep only the tokens of the window', source: 'vLLM #17996' },
  'one-engine': { since: '0.11', what: 'the older engine is removed; its attention kernels read FP8 on any GPU', source: 'release notes of v0.11.0' },
  'positional-model': { since: '0.11.1', what: 'the image starts `vllm serve`, which accepts the model without a flag', source: 'vllm docker/Dockerfile, #25967' },
  'variables-are-read': { since: '0.11.2', what: 'every variable is read at start, so that a wrong value of any is fatal; before, each was read where it is used', source: 'vllm/envs.py, enable_envs_cache' },
  'mistral-format': { since: '0.12', what: 'a repository with Mistral’s own format is loaded from it by default, and the other format is not downloaded', source: 'vllm/model_executor/model_loader/default_loader.py' },
  'marlin-on-turing': { since: '0.13', what: 'Marlin kernels run on Turing too; before, vLLM needs compute capability 8.0', source: 'vLLM #29901' },
  'cpu-nobind': { since: '0.13', what: 'VLLM_CPU_OMP_THREADS_BIND may be nobind; before, it was `all`', source: 'vllm/v1/worker/cpu_worker.py of v0.11.0 and v0.13.0' },
  'indexed-download': { since: '0.14', what: 'only the files in the index of the weights are downloaded', source: 'vllm/model_executor/model_loader/weight_utils.py' },
  'ready-timeout': { since: '0.14', what: 'the ready timeout of the engine can be set', source: 'vllm/envs.py, VLLM_ENGINE_READY_TIMEOUT_S' },
  'api-server-per-rank': { since: '0.15', what: 'each data-parallel rank gets an API server unless --api-server-count is set', source: 'vllm/engine/arg_utils.py' },
  'closed-json-keys': { since: '0.16', what: 'keys of JSON flags that vLLM does not know are refused; before, most of them were ignored', source: 'vllm/config/utils.py' },
  'cpu-image': { since: '0.16', what: 'the CPU image is on Docker Hub, for both architectures', source: 'vLLM .buildkite/scripts/annotate-release.sh; v0.14.0 has no such step, v0.15 was not read' },
  'tracing-packages': { since: '0.17', what: 'the image has the OpenTelemetry packages, as a requirement of the wheel; before, they are an extra or missing', source: 'vLLM #34466' },
  'unsorted-logits': { since: '0.18', what: 'logits are not sorted to choose tokens', source: 'vLLM #33538, of February 2026' },
  'cuda-13': { since: '0.20', what: 'the image is built for CUDA 13, which has no code for GPUs below compute capability 7.5', source: 'vllm docker/Dockerfile' },
  'cuda-graphs-count': { since: '0.20', what: 'CUDA graphs count inside --gpu-memory-utilization', source: 'vLLM #38284' },
  'fp8-per-tensor': { since: '0.20', what: 'quantising a 16-bit checkpoint to FP8 at load is called fp8_per_tensor; `fp8` is its deprecated name', source: 'choices of --quantization in v0.20.0' },
  'cpu-cache-bytes': { since: '0.20', what: '--kv-cache-memory-bytes is read on CPU; before, only VLLM_CPU_KVCACHE_SPACE was', source: 'vllm/v1/worker/cpu_worker.py of v0.18.0 and v0.20.0' },
  'cpu-cache-formats': { since: '0.22', what: 'the KV cache on CPU may be in FP8; before, another format than auto was ignored', source: 'vllm/v1/attention/backends/cpu_attn.py, vllm/platforms/cpu.py of v0.20.0 and v0.22.0' },
  'lmcache-server': { since: '0.23', what: '--kv-offloading-backend=lmcache uses a server of LMCache, and its size is not passed on', source: 'vllm/config/vllm.py, _post_init_kv_transfer_config' },
  'connectors-keep-hybrid': { since: '0.25', what: 'a KV connector that supports it leaves the hybrid KV cache manager on; seen in 0.25, and off with any connector in 0.12', source: 'vllm/config/vllm.py' },
  'in-flight-tokens': { since: '0.26', what: 'layers with a window also keep the tokens of every batch that is computed or prepared', source: 'vLLM #47728' },
  'offload-in-shm': { since: '0.27', what: 'KV blocks that are offloaded are in /dev/shm, and vLLM refuses to start where it has less space than it creates', source: 'vLLM #50094, #50358' },
  'engine-drains': { since: '0.28', what: 'the engine drains on SIGTERM without a race against the signal handlers of the HTTP server', source: 'vLLM #49668' },
  'cpu-latent-vectors': { since: '0.28', what: 'latent attention runs on CPU', source: 'vllm/platforms/cpu.py of v0.26.0 and v0.28.0' },
  'attention-table': { since: '0.32', what: 'the attention backends support what lib/rules/attention/backend-table.ts lists', source: 'vllm/v1/attention/backends of v0.32.0' },
  'mxfp4-online': { since: '0.32', what: 'mxfp4 quantises a checkpoint without a format while it loads', source: 'vllm/config/quantization.py of v0.32.0; older releases were not read' },
  'context-of-context': { since: '0.32', what: 'decode context parallelism spans prefill context parallelism, or all GPUs of a stage', source: 'vllm/config/parallel.py of v0.32.0; older releases were not read' },
  'rope-type-required': { since: '0.32', what: 'RoPE parameters in --hf-overrides replace those of the model, so they need rope_type', source: 'vllm/config/model.py of v0.32.0; older releases were not read' },
  'yarn-is-length': { since: '0.32', what: 'YaRN does not extend max_position_embeddings', source: 'vLLM #56446, which came between 0.29 and 0.32' },
  'bucket-families': { since: '0.32', what: '--custom-histogram-buckets replaces the buckets of a family of histograms', source: 'vllm/v1/metrics/buckets.py' },
  'block-per-state': { since: '0.32', what: 'a batch of more sequences than blocks is refused for a model with states, where CUDA graphs are captured', source: 'vllm/config/compilation.py of v0.32.0; seen in a build of August 2026, vllm-project/recipes #831' },
  'state-checkpoint': { since: '0.32', what: 'Mamba 2 keeps one more state while a prompt is computed', source: 'vllm/model_executor/layers/mamba/mamba_mixer2.py' },
  'inverse-switches': { since: '0.33', what: 'every boolean flag that begins with `enable` is also accepted with `disable`, and the reverse', source: 'vllm/utils/argparse_utils.py' },
} as const satisfies Readonly<Record<string, QuirkRow>>;
