export { Accelerator, AcceleratorKind, type ResourceOptions, type SharedGpuOptions } from './accelerator/accelerator';
export { GpuModel, type GpuModelOptions } from './accelerator/gpu-model';
export { Placement } from './accelerator/placement';
export { Delivery } from './delivery/delivery';
export type { BatchingOptions } from './engine/options/batching-options';
export type { DecodingOptions } from './engine/options/decoding-options';
export type { EngineOptions } from './engine/options/engine-options';
export type { LoadingOptions } from './engine/options/loading-options';
export type { MemoryOptions } from './engine/options/memory-options';
export type { ParallelismOptions } from './engine/options/parallelism-options';
export type { ServerOptions } from './engine/options/server-options';
export { VllmVersion, type VllmVersionOptions } from './engine/vllm-version';
export { Model, type ModelOptions } from './model/model';
export { PrometheusAuthentication, type PrometheusTlsOptions } from './metrics/prometheus-authentication';
export { PrometheusServer, type PrometheusServerOptions } from './metrics/prometheus-server';
export { type HubWeightsOptions, type VolumeWeightsOptions, Weights } from './model/weights';
export type { Decision } from './plan/decision';
export type { LifecycleOptions } from './plan/lifecycle-options';
export type { PodResources } from './plan/resource-options';
export type { ServingProps } from './plan/serving-props';
export { type Finding, FindingSeverity } from './preflight/finding';
export type { KedaScalingOptions, ScaleToZero, ScalingFallback, ScalingSpeed } from './scaling/keda-scaling-options';
export { Scaling } from './scaling/scaling';
export { Signal } from './scaling/signal';
export type {
  CustomSignalOptions,
  GatewaySignalOptions,
  LatencySignalOptions,
  PerReplicaOptions,
  RatePerReplicaOptions,
  ScheduleSignalOptions,
} from './scaling/signal-options';
export { SecretKey } from './secret-key';
export { VllmInferenceStack } from './vllm-inference-stack';
export type { VllmInferenceStackProps } from './vllm-inference-stack-props';
export {
  type DisruptionBudget,
  type EmptyVolumeOptions,
  ExtraVolume,
  type NetworkAccess,
  TaintEffect,
  type Toleration,
  type TopologySpread,
} from './workload/pod-options';
export type { WorkloadProps } from './workload/workload-props';
export { type AlertOptions, AlertSeverity, type AlertTuning } from './alerts/alert-options';
