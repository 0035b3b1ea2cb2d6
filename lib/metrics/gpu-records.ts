/**
 * Series of a stack's GPUs under one layout of labels, whatever the exporter's monitor makes of them: recorded from
 * DCGM's own series for the pods of the stack. Labels: `namespace`, `pod`, `gpu`, `UUID`, `modelName`, and for a MIG slice
 * `GPU_I_ID` and `GPU_I_PROFILE`; the rules add `app` and `model`.
 */
export const GPU_RECORDS = {
  /** Share of time in which a kernel ran, 0 to 1. */
  engineActive: 'namespace_pod_gpu:dcgm_engine_active:max',
  /** Share of time in which the tensor cores worked, 0 to 1. */
  tensorActive: 'namespace_pod_gpu:dcgm_tensor_active:max',
  /** Share of time in which memory was read or written, 0 to 1. */
  memoryActive: 'namespace_pod_gpu:dcgm_dram_active:max',
  memoryUsedBytes: 'namespace_pod_gpu:dcgm_memory_used_bytes:max',
  memoryFreeBytes: 'namespace_pod_gpu:dcgm_memory_free_bytes:max',
  powerWatts: 'namespace_pod_gpu:dcgm_power_watts:max',
  temperatureCelsius: 'namespace_pod_gpu:dcgm_temperature_celsius:max',
} as const;

/** Series about the cost of a stack; labels `namespace`, `app` and `model`. Recorded only with a price. */
export const COST_RECORDS = {
  /** GPUs, slices or shares that pods of the stack hold. */
  devices: 'namespace_app:vllm_devices_allocated:sum',
  /** What they cost, in dollars per hour. */
  dollarsPerHour: 'namespace_app:vllm_cost_dollars:per_hour',
  /** Dollars per 1,000 generated tokens over the last hour. */
  per1kOutputTokens: 'namespace_app:vllm_cost_dollars:per_1k_output_tokens_1h',
  /** Dollars per 1,000 prompt and generated tokens over the last hour. */
  per1kTokens: 'namespace_app:vllm_cost_dollars:per_1k_total_tokens_1h',
  /** Dollars per hour of replicas that had nothing to do for 15 minutes. */
  idleDollarsPerHour: 'namespace_app:vllm_cost_dollars:idle_per_hour',
} as const;
