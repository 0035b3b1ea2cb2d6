import { OPTIONS } from '../engine/options/option-table';
import { OF_MODEL } from '../engine/options/other-names';
import { otherNames } from '../shapes/other-names';

const FIXED = 'set scaling: Scaling.fixed(<number>) instead, or Scaling.keda';
const KEDA = 'set scaling: Scaling.keda({ minReplicas, maxReplicas }) instead';
const DEVICES = 'set accelerator instead, for example Accelerator.gpu(GpuModel.H100, 2)';
const TOKEN = 'set accessToken: SecretKey.of(name, key) in Model.of instead';
const VERSION = 'set vllmVersion instead, for example VllmVersion.of("0.32.0", { repository })';
const VOLUMES = 'set extraVolumes instead, for example [ExtraVolume.fromClaim(claimName, mountPath)]';
const CACHE = 'set weights instead: Weights.fromHub({ cacheClaim }) or Weights.fromVolume({ claim })';
const POD = (field: string) => `set podTemplateOverrides: { spec: { ${field} } } instead`;
const CONTAINER = (field: string) =>
  `set podTemplateOverrides: { spec: { containers: [{ name: "vllm", ${field} }] } } instead`;
const PROBES = 'remove it: the library sets the probes; lifecycle.startupBudget is how long a start may last';
const MODEL = (field: string) => `set ${field} in Model.of instead`;
const ENTRY = 'set routes instead, with gateway: ModelGateway or ingress: ModelIngress';

/** Names that Helm charts, Deployments, KEDA and vLLM have for properties of a stack. */
const NAMES: Readonly<Record<string, string>> = {
  replicas: FIXED,
  replicaCount: FIXED,
  minReplicas: KEDA,
  maxReplicas: KEDA,
  minReplicaCount: KEDA,
  maxReplicaCount: KEDA,
  autoscaling: KEDA,
  hpa: KEDA,
  keda: KEDA,
  signals: 'set signals in Scaling.keda instead',
  gpu: DEVICES,
  gpus: DEVICES,
  gpuCount: DEVICES,
  gpuType: DEVICES,
  gpuModel: DEVICES,
  requestGPU: DEVICES,
  image: VERSION,
  imageTag: VERSION,
  repository: VERSION,
  tag: VERSION,
  version: VERSION,
  imagePullPolicy: CONTAINER('imagePullPolicy'),
  args: 'set options in engine instead, and flags without a property in extraArgs',
  vllmArgs: 'set options in engine instead, and flags without a property in extraArgs',
  engineArgs: 'set options in engine instead, and flags without a property in extraArgs',
  vllmConfig: 'set options in engine instead',
  command: 'remove it: the image starts vLLM; set options in engine, and flags in extraArgs',
  environment: 'set env instead, and secretEnv for secrets',
  extraEnv: 'set env instead, and secretEnv for secrets',
  envFrom: CONTAINER('envFrom'),
  hfToken: TOKEN,
  hfTokenSecret: TOKEN,
  huggingFaceToken: TOKEN,
  accessToken: TOKEN,
  modelId: 'set model: Model.of(<id>) instead',
  modelName: 'set model: Model.of(<id>) instead',
  modelURL: 'set model: Model.of(<id>) instead',
  modelRef: 'set model: Model.of(<id>) instead',
  ...OF_MODEL,
  architecture: MODEL('architecture'),
  nodeSelector: 'set placement: Placement.nodeLabels({ … }) instead',
  affinity: POD('affinity'),
  topologySpreadConstraints: 'set topologySpread instead',
  securityContext: POD('securityContext'),
  podSecurityContext: POD('securityContext'),
  containerSecurityContext: CONTAINER('securityContext'),
  serviceAccountName: POD('serviceAccountName'),
  serviceAccount: 'set serviceAccountAnnotations instead: the stack has a ServiceAccount of its own',
  initContainers: POD('initContainers'),
  sidecars: POD('containers'),
  hostNetwork: POD('hostNetwork'),
  schedulerName: POD('schedulerName'),
  terminationGracePeriodSeconds: 'set lifecycle.terminationGracePeriod instead',
  terminationGracePeriod: 'set lifecycle.terminationGracePeriod instead',
  progressDeadlineSeconds: 'set lifecycle.progressDeadline instead',
  startupBudget: 'set lifecycle.startupBudget instead',
  preStop: 'set lifecycle.preStopDelay instead',
  volumes: VOLUMES,
  volumeMounts: VOLUMES,
  extraVolumeMounts: VOLUMES,
  pvc: CACHE,
  pvcStorage: CACHE,
  persistence: CACHE,
  storage: CACHE,
  storageClass: `create the volume claim yourself, and ${CACHE}`,
  cacheClaim: CACHE,
  shmSize: 'set resources.sharedMemory instead',
  requestCPU: 'set resources.cpu instead',
  requestMemory: 'set resources.memory instead',
  cpu: 'set resources.cpu instead',
  memory: 'set resources.memory instead',
  limits: 'set cpuLimit and memoryLimit in resources instead',
  requests: 'set cpu and memory in resources instead',
  port: 'remove it: pods, Service and NetworkPolicy use port 8000',
  servicePort: 'remove it: pods, Service and NetworkPolicy use port 8000',
  host: 'remove it: the pod listens on all its addresses',
  service: 'remove it: the stack has a Service of type ClusterIP; set routes for clients outside the cluster',
  serviceType: `remove it: the Service is a ClusterIP; for clients outside the cluster, ${ENTRY}`,
  ingress: ENTRY,
  gateway: ENTRY,
  hostname: ENTRY,
  hostnames: ENTRY,
  httpRoute: ENTRY,
  probes: PROBES,
  livenessProbe: PROBES,
  readinessProbe: PROBES,
  startupProbe: PROBES,
  serviceMonitor: 'set monitor: Monitor.service() instead',
  podMonitor: 'set monitor: Monitor.pods() instead',
  prometheus: 'set prometheus in Scaling.keda instead, and monitor for the scrapes',
  grafana: 'set dashboards instead',
  slo: 'set objectives instead',
  slos: 'set objectives instead',
  networkPolicy: 'set network instead; { policy: false } for none',
  pdb: 'set disruptionBudget instead',
  podDisruptionBudget: 'set disruptionBudget instead',
  strategy: 'set delivery instead, for example Delivery.rollingUpdate()',
  rollout: 'set delivery instead, for example Delivery.canary({ router })',
  canary: 'set delivery: Delivery.canary({ router }) instead',
  otlpEndpoint: 'set tracing: Tracing.otlp({ endpoint }) instead',
  istio: 'set mesh instead',
};

/** What to do about a property that a stack does not have, but another level or tool has. */
export const stackWhatToDo = otherNames(NAMES, (name) =>
  Object.hasOwn(OPTIONS, name) ? `set engine.${name} instead` : undefined,
);
