/**
 * The custom resource definitions of `imports/`, and the upstream release of each. To raise a release or add a kind,
 * edit this table and run `npm run import` (docs/imports.md).
 */
interface Release {
  readonly group: string;
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly tag: string;
  readonly folder: string;
  /** Kind to file name in `folder`. */
  readonly kinds: Readonly<Record<string, string>>;
  /** See `CrdSource.freePodFields`. */
  readonly freePodFields?: boolean;
}

/** One kind, and the place where its definition is published. */
export interface CrdSource {
  readonly group: string;
  readonly kind: string;
  readonly repository: string;
  readonly tag: string;
  /** Path of the file inside the repository. */
  readonly path: string;
  /** The kind has fields of a pod among its own (`env`, `tolerations`…): these become free-form too. */
  readonly freePodFields: boolean;
}

const RELEASES: readonly Release[] = [
  {
    group: 'keda.sh',
    repository: 'kedacore/keda',
    tag: 'v2.20.2',
    folder: 'config/crd/bases',
    kinds: {
      ScaledObject: 'keda.sh_scaledobjects.yaml',
      TriggerAuthentication: 'keda.sh_triggerauthentications.yaml',
      ClusterTriggerAuthentication: 'keda.sh_clustertriggerauthentications.yaml',
    },
  },
  {
    group: 'monitoring.coreos.com',
    repository: 'prometheus-operator/prometheus-operator',
    tag: 'v0.93.0',
    folder: 'example/prometheus-operator-crd',
    kinds: {
      PodMonitor: 'monitoring.coreos.com_podmonitors.yaml',
      ServiceMonitor: 'monitoring.coreos.com_servicemonitors.yaml',
      PrometheusRule: 'monitoring.coreos.com_prometheusrules.yaml',
    },
  },
  {
    group: 'argoproj.io',
    repository: 'argoproj/argo-rollouts',
    tag: 'v1.9.1',
    folder: 'manifests/crds',
    kinds: {
      Rollout: 'rollout-crd.yaml',
      AnalysisTemplate: 'analysis-template-crd.yaml',
      ClusterAnalysisTemplate: 'cluster-analysis-template-crd.yaml',
    },
  },
  {
    group: 'argoproj.io',
    repository: 'argoproj/argo-cd',
    tag: 'v3.5.1',
    folder: 'manifests/crds',
    kinds: { Application: 'application-crd.yaml' },
  },
  {
    group: 'gateway.networking.k8s.io',
    repository: 'kubernetes-sigs/gateway-api',
    tag: 'v1.6.1',
    folder: 'config/crd/standard',
    kinds: {
      GatewayClass: 'gateway.networking.k8s.io_gatewayclasses.yaml',
      Gateway: 'gateway.networking.k8s.io_gateways.yaml',
      HTTPRoute: 'gateway.networking.k8s.io_httproutes.yaml',
      GRPCRoute: 'gateway.networking.k8s.io_grpcroutes.yaml',
      ReferenceGrant: 'gateway.networking.k8s.io_referencegrants.yaml',
      BackendTLSPolicy: 'gateway.networking.k8s.io_backendtlspolicies.yaml',
    },
  },
  {
    group: 'inference.networking.k8s.io',
    repository: 'kubernetes-sigs/gateway-api-inference-extension',
    tag: 'v1.6.0',
    folder: 'config/crd/bases',
    kinds: { InferencePool: 'inference.networking.k8s.io_inferencepools.yaml' },
  },
  {
    group: 'llm-d.ai',
    repository: 'llm-d/llm-d-router',
    tag: 'v0.10.0',
    folder: 'config/crd/bases',
    kinds: {
      InferenceObjective: 'llm-d.ai_inferenceobjectives.yaml',
      InferenceModelRewrite: 'llm-d.ai_inferencemodelrewrites.yaml',
    },
  },
  {
    group: 'leaderworkerset.x-k8s.io',
    repository: 'kubernetes-sigs/lws',
    tag: 'v0.10.0',
    folder: 'config/crd/bases',
    kinds: { LeaderWorkerSet: 'leaderworkerset.x-k8s.io_leaderworkersets.yaml' },
  },
  {
    group: 'grafana.integreatly.org',
    repository: 'grafana/grafana-operator',
    tag: 'v5.24.0',
    folder: 'config/crd/bases',
    kinds: {
      GrafanaDashboard: 'grafana.integreatly.org_grafanadashboards.yaml',
      GrafanaFolder: 'grafana.integreatly.org_grafanafolders.yaml',
    },
  },
  {
    group: 'opentelemetry.io',
    repository: 'open-telemetry/opentelemetry-operator',
    tag: 'v0.158.0',
    folder: 'config/crd/bases',
    kinds: { OpenTelemetryCollector: 'opentelemetry.io_opentelemetrycollectors.yaml' },
    freePodFields: true,
  },
  {
    group: 'production-stack.vllm.ai',
    repository: 'vllm-project/production-stack',
    tag: 'vllm-stack-0.1.12',
    folder: 'operator/config/crd/bases',
    kinds: {
      VLLMRuntime: 'production-stack.vllm.ai_vllmruntimes.yaml',
      VLLMRouter: 'production-stack.vllm.ai_vllmrouters.yaml',
      CacheServer: 'production-stack.vllm.ai_cacheservers.yaml',
      LoraAdapter: 'production-stack.vllm.ai_loraadapters.yaml',
    },
  },
  {
    group: 'nvidia.com',
    repository: 'NVIDIA/gpu-operator',
    tag: 'v26.7.0',
    folder: 'config/crd/bases',
    kinds: { ClusterPolicy: 'nvidia.com_clusterpolicies.yaml' },
    freePodFields: true,
  },
  {
    group: 'helm.toolkit.fluxcd.io',
    repository: 'fluxcd/helm-controller',
    tag: 'v1.6.3',
    folder: 'config/crd/bases',
    kinds: { HelmRelease: 'helm.toolkit.fluxcd.io_helmreleases.yaml' },
  },
  {
    group: 'source.toolkit.fluxcd.io',
    repository: 'fluxcd/source-controller',
    tag: 'v1.9.1',
    folder: 'config/crd/bases',
    kinds: {
      HelmRepository: 'source.toolkit.fluxcd.io_helmrepositories.yaml',
      OCIRepository: 'source.toolkit.fluxcd.io_ocirepositories.yaml',
    },
  },
];

export const CRDS: readonly CrdSource[] = RELEASES.flatMap(({ folder, kinds, freePodFields = false, ...release }) =>
  Object.entries(kinds).map(([kind, file]) => ({ ...release, kind, path: `${folder}/${file}`, freePodFields })),
);

export function urlOf({ repository, tag, path }: CrdSource): string {
  return `https://raw.githubusercontent.com/${repository}/${tag}/${path}`;
}
