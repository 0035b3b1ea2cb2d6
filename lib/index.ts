export { Accelerator, AcceleratorKind } from './accelerator/accelerator';
export { CpuArchitecture, type CpuOptions } from './accelerator/cpu-options';
export { type MigOptions, type ResourceOptions, type SharedGpuOptions } from './accelerator/accelerator-options';
export type { DeviceClaimOptions } from './accelerator/device-claim-options';
export { GpuModel, type GpuModelOptions } from './accelerator/gpu-model';
export { MigStrategy } from './accelerator/mig-strategy';
export { Placement } from './accelerator/placement';
export { type AlertOptions, AlertSeverity, type AlertTuning } from './alerts/alert-options';
export { Price } from './cost/price';
export { Dashboards } from './dashboards/dashboards';
export type { ConfigMapDashboardsOptions, GrafanaOperatorDashboardsOptions } from './dashboards/dashboards-options';
export { FleetDashboards, type FleetDashboardsProps } from './dashboards/fleet-dashboards';
export type { BlueGreenOptions, CanaryOptions, StableComparison } from './delivery/canary-options';
export type {
  GatewayApiRouterOptions,
  IstioRouterOptions,
  NginxRouterOptions,
  VirtualServiceRouterOptions,
} from './delivery/canary-router';
export { CanaryRouter } from './delivery/canary-router';
export { Delivery } from './delivery/delivery';
export type { CustomGuardOptions } from './delivery/guard';
export { Guard } from './delivery/guard';
export { Migration } from './delivery/migration';
export type { RolloutNotification } from './delivery/rollout-notification';
export { RolloutEvent } from './delivery/rollout-notification';
export type { AnalysisOptions, RolloutOptions } from './delivery/rollout-options';
export type { BatchingOptions } from './engine/options/batching-options';
export type { DecodingOptions } from './engine/options/decoding-options';
export type { EngineOptions } from './engine/options/engine-options';
export type { LoadingOptions } from './engine/options/loading-options';
export type { MemoryOptions } from './engine/options/memory-options';
export type { ParallelismOptions } from './engine/options/parallelism-options';
export type { ServerOptions } from './engine/options/server-options';
export { VllmVersion, type VllmVersionOptions } from './engine/vllm-version';
export {
  type DcgmCounter,
  DcgmCounterType,
  type DcgmExporterOptions,
  type DcgmExporterResources,
} from './gpu-platform/exporter/dcgm-exporter-options';
export {
  DeviceIdStrategy,
  DeviceListStrategy,
  type DevicePluginConfig,
  SharedDevicesAllocationPolicy,
} from './gpu-platform/device-plugin/plugin-config';
export type { CdiOptions, DevicePluginOptions } from './gpu-platform/device-plugin/plugin-options';
export type { DraOptions } from './gpu-platform/dra/dra-options';
export { GpuNodes } from './gpu-platform/nodes/gpu-nodes';
export { GpuPlatform } from './gpu-platform/gpu-platform';
export { GpuPlatformMode } from './gpu-platform/gpu-platform-mode';
export type { GpuPlatformProps } from './gpu-platform/gpu-platform-props';
export {
  GpuSharing,
  type MpsOptions,
  type SharedResource,
  type TimeSlicingOptions,
} from './gpu-platform/device-plugin/gpu-sharing';
export { type ManagedOptions, ManagedProvider } from './gpu-platform/managed/managed-options';
export { MigLayout } from './gpu-platform/mig/mig-layout';
export type { CustomMigLayoutOptions } from './gpu-platform/mig/mig-layout-options';
export type { NamedPluginConfigs } from './gpu-platform/device-plugin/named-configs';
export type { GpuOperatorOptions } from './gpu-platform/operator/operator-options';
export { PrometheusAuthentication } from './metrics/prometheus-authentication';
export type {
  AwsPodIdentityOptions,
  AzureWorkloadIdentityOptions,
  PrometheusAuthorityOptions,
  PrometheusTlsOptions,
} from './metrics/prometheus-authentication-options';
export { PrometheusServer, type PrometheusServerOptions } from './metrics/prometheus-server';
export { Architecture, type ArchitectureOptions } from './model/architecture';
export type { ArchitectureConfigOptions } from './model/config/config-options';
export { Layers } from './model/layers';
export type {
  ChunkedLayersOptions,
  DeltaNetLayersOptions,
  ExpertsOptions,
  FullLayersOptions,
  LatentLayersOptions,
  Mamba2LayersOptions,
  SlidingLayersOptions,
} from './model/layers-options';
export { InferencePool } from './groups/inference-pool';
export type { InferencePoolProps } from './groups/inference-pool-props';
export { FailureMode } from './pools/failure-mode';
export type { InferencePoolMember, PromptTokenRange } from './pools/member-options';
export {
  type PickerNetwork,
  type PickerOptions,
  type PickerResources,
  PickerTls,
  type ScorerWeights,
} from './pools/picker-options';
export { Model, type ModelOptions } from './model/model';
export { ModelTask } from './model/model-task';
export { type HubWeightsOptions, type VolumeWeightsOptions, Weights } from './model/weights';
export { Monitor, type MonitorOptions, type ScrapeTlsOptions } from './monitoring/monitor';
export { Objective } from './objectives/objective';
export type {
  AvailabilityObjectiveOptions,
  ErrorRateObjectiveOptions,
  LatencyObjectiveOptions,
} from './objectives/objective-options';
export type { Decision } from './defaults/decision';
export type { LifecycleOptions } from './timing/lifecycle-options';
export type { PodResources } from './timing/resource-options';
export type { ServingProps } from './stack/serving-props';
export { ModelRoutes } from './groups/model-routes';
export type { ModelRoute, ModelRoutesProps } from './groups/model-routes-props';
export { RouteTarget, type ServiceTargetOptions } from './groups/route-target';
export type { EntryProps } from './routing/entry-props';
export type { StackRoutes } from './stack/stack-routes';
export { HttpMethod, PromptLength, type RequestMatch } from './routing/match/request-match';
export { GatewayImplementation } from './routing/gateway/gateway-implementation';
export { GatewayTraffic } from './routing/traffic/gateway-traffic';
export type {
  EnvoyGatewayTrafficOptions,
  HttpRouteRules,
  IstioTrafficOptions,
} from './routing/traffic/gateway-traffic-options';
export { ModelIngress } from './routing/ingress/model-ingress';
export type {
  AwsLoadBalancerIngressOptions,
  IngressOptions,
  IngressTls,
  OtherIngressOptions,
} from './routing/ingress/model-ingress-options';
export { ModelGateway } from './routing/gateway/model-gateway';
export type {
  ExistingGatewayOptions,
  GatewayTls,
  ManagedGatewayOptions,
} from './routing/gateway/model-gateway-options';
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
export { SecretKey } from './secrets/secret-key';
export { SmokeTest } from './smoke-test/smoke-test';
export type { SmokeTestOptions } from './smoke-test/smoke-test-options';
export type { ObservabilityProps } from './stack/observability-props';
export { Tracing } from './tracing/tracing';
export {
  CollectorKind,
  type CollectorTracingOptions,
  OtlpProtocol,
  type OtlpTracingOptions,
  type SpanOptions,
  type TailSampling,
  TraceDetail,
} from './tracing/tracing-options';
export { VllmInferenceStack } from './stack/vllm-inference-stack';
export type { VllmInferenceStackProps } from './stack/vllm-inference-stack-props';
export { type IstioSidecarOptions, Mesh } from './workload/mesh/mesh';
export {
  type DisruptionBudget,
  type EmptyVolumeOptions,
  ExtraVolume,
  type NetworkAccess,
  TaintEffect,
  type Toleration,
  type TopologySpread,
} from './workload/pod/pod-options';
export { PodUser, type PodUserOptions } from './workload/pod/pod-user';
export type { RdmaOptions } from './workload/pod/rdma-options';
export type { WorkloadProps } from './workload/workload-props';
