import { Size } from 'cdk8s';
import type { VllmInferenceStackProps } from '../../lib';
import {
  Accelerator,
  Delivery,
  ExtraVolume,
  FindingSeverity,
  GpuModel,
  AccessMode,
  Mesh,
  Model,
  Placement,
  PodField,
  PodUser,
  PrometheusServer,
  Scaling,
  Signal,
  VllmVersion,
  Weights,
} from '../../lib';
import { stackWith } from '../support/stack';

type Props = Partial<VllmInferenceStackProps>;

const PLAIN: Props = {
  model: Model.of('Qwen/Qwen3-8B', { revision: 'b968826d9c46dd6066d109eabc6255188de91218' }),
  engine: { maxModelLen: 16384 },
  monitoringLabels: { release: 'kube-prometheus-stack' },
};
const SAFE = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const image = (repository: string, imageTag: string) => ({
  vllmVersion: VllmVersion.of('0.32.0', { repository, imageTag }),
});
const engineWith = (engine: object): Props => ({ engine: { ...PLAIN.engine, ...engine } });
const pod = (spec: object): Props => ({ podTemplateOverrides: { spec } });
const mounted = (source: object, mountPath: string) => ({
  volumes: [{ name: 'files', ...source }],
  containers: [{ name: 'vllm', volumeMounts: [{ name: 'files', mountPath }] }],
});
const nodes = (model: GpuModel, labels: Record<string, string>): Props => ({
  accelerator: Accelerator.gpu(model),
  placement: Placement.nodeLabels(labels),
});
const on = (resource: string, gib: number, own: Props): Props => ({
  accelerator: Accelerator.resource(resource, 1, { memory: Size.gibibytes(gib) }),
  ...own,
});
const follows = (query: string, total = true): Props => ({
  scaling: Scaling.keda({ maxReplicas: 4, signals: [Signal.custom({ name: 'mine', query, target: 5, total })] }),
});
const sha = '4e1c63a1fcd0a4e1a3a2c9ab62cf1de6b4b7ae1d2f4b9dc0c1f0a7d9f5a31b42';

/** Set-ups of guides and of issues, which have neither an error nor a warning. */
describe('a popular set-up passes', () => {
  test.each<[what: string, props: Props]>([
    [
      'a parser from a ConfigMap',
      {
        ...engineWith({ enableAutoToolChoice: true, toolParserPlugin: '/plugins/own.py', toolCallParser: 'own' }),
        extraVolumes: [ExtraVolume.fromConfigMap('plugins', '/plugins')],
      },
    ],
    [
      'a certificate of cert-manager by CSI',
      {
        ...engineWith({ sslCertfile: '/tls/tls.crt', sslKeyfile: '/tls/tls.key', enableSslRefresh: true }),
        ...pod(mounted({ csi: { driver: 'csi.cert-manager.io', readOnly: true } }, '/tls')),
        monitoringLabels: undefined,
      },
    ],
    [
      'adapters in an image volume',
      {
        ...engineWith({ enableLora: true, loraModules: ['sql=/adapters/sql'] }),
        ...pod(mounted({ image: { reference: 'registry.acme.dev/adapters:v1' } }, '/adapters')),
      },
    ],
    [
      'adapters in a bucket by GCS FUSE',
      {
        ...engineWith({ enableLora: true, loraModules: ['sql=/adapters/sql'] }),
        podAnnotations: { 'gke-gcsfuse/volumes': 'true' },
        ...pod(mounted({ csi: { driver: 'gcsfuse.csi.storage.gke.io', readOnly: true } }, '/adapters')),
      },
    ],
    [
      'a shared cache that pods only read',
      {
        weights: Weights.fromHub({ cacheClaim: 'hub', offline: true, accessMode: AccessMode.READ_ONLY_MANY }),
        scaling: Scaling.fixed(3),
      },
    ],
    [
      'block storage with one pod at a time',
      {
        weights: Weights.fromHub({ cacheClaim: 'hub', accessMode: AccessMode.READ_WRITE_ONCE }),
        delivery: Delivery.recreate(),
      },
    ],
  ])('with files: %s', (_, props) => {
    expect(loud(props)).toEqual([]);
  });

  test.each<[what: string, props: Props]>([
    [
      'Gaudi',
      on('habana.ai/gaudi', 96, {
        ...image('vault.habana.ai/gaudi-docker/1.23.0/vllm', '0.32.0'),
        env: { PT_HPU_LAZY_MODE: '1', VLLM_SKIP_WARMUP: 'false' },
        resources: { hugePages2Mi: Size.gibibytes(8) },
      }),
    ],
    [
      'Ascend',
      on('huawei.com/Ascend910', 64, {
        ...image('quay.io/ascend/vllm-ascend', 'v0.32.0'),
        env: { VLLM_ASCEND_ENABLE_NZ: '0' },
      }),
    ],
    [
      'an MI300X by its label',
      on('amd.com/gpu', 192, {
        vllmVersion: VllmVersion.of('0.32.0', { repository: 'vllm/vllm-openai-rocm' }),
        podUser: PodUser.vllm({ supplementalGroups: [44, 109] }),
        placement: Placement.nodeLabels({ 'amd.com/gpu.product-name': 'AMD_Instinct_MI300X_OAM' }),
        env: { VLLM_ROCM_USE_AITER: '1' },
      }),
    ],
    ['a part of a GPU by HAMi', { resources: { extended: { 'nvidia.com/gpumem': 40000, 'nvidia.com/gpucores': 50 } } }],
    ['H100 NVL', nodes(GpuModel.H100, { 'nvidia.com/gpu.product': 'NVIDIA-H100-NVL' })],
    ['H200 NVL', nodes(GpuModel.H200, { 'nvidia.com/gpu.product': 'NVIDIA-H200-NVL' })],
    ['H100 mega of GKE', nodes(GpuModel.H100, { 'cloud.google.com/gke-accelerator': 'nvidia-h100-mega-80gb' })],
    ['H100 of CoreWeave', nodes(GpuModel.H100, { 'gpu.nvidia.com/class': 'H100_NVLINK_80GB' })],
    ['GB200', nodes(GpuModel.GB200, { 'nvidia.com/gpu.product': 'NVIDIA-GB200', 'kubernetes.io/arch': 'arm64' })],
    ['a label of one’s own', nodes(GpuModel.L40S, { 'gpu-type': 'a100', 'karpenter.sh/nodepool': 'gpu' })],
  ])('on %s', (_, props) => {
    expect(loud(props)).toEqual([]);
  });

  test.each<[what: string, props: Props]>([
    ['the router’s counter', follows('sum(rate(vllm:num_incoming_requests_total{model="q"}[1m]) > bool 0)')],
    [
      'a mean that is guarded',
      follows(
        '(sum(rate(vllm:request_queue_time_seconds_sum[5m])) / (sum(rate(vllm:request_queue_time_seconds_count[5m])) > 0)) or vector(0)',
        false,
      ),
    ],
    ['a sum for one model', follows('sum by (model_name) (vllm:num_requests_waiting{model_name="Qwen/Qwen3-8B"})')],
    [
      'a Prometheus of another namespace',
      {
        scaling: Scaling.keda({
          maxReplicas: 4,
          prometheus: PrometheusServer.at('http://mimir-gateway.mimir.svc/prometheus'),
        }),
        network: { monitoringNamespaces: ['alloy'] },
      },
    ],
  ])('scaled by %s', (_, props) => {
    expect(loud(props)).toEqual([]);
  });

  test.each<[what: string, props: Props]>([
    ['Istio ambient', { mesh: Mesh.istioAmbient() }],
    [
      'the routing proxy of llm-d',
      pod({
        initContainers: [
          {
            name: 'routing-proxy',
            restartPolicy: 'Always',
            image: 'ghcr.io/llm-d/llm-d-routing-sidecar:v0.6.0',
            args: ['--port=8001', '--vllm-port=8000'],
            ports: [{ containerPort: 8001 }],
            securityContext: SAFE,
          },
        ],
      }),
    ],
    [
      'a sidecar with digests, ids and public keys',
      pod({
        containers: [
          {
            name: 'agent',
            image: `ghcr.io/acme/agent@sha256:${sha}`,
            env: [
              { name: 'GIT_COMMIT', value: sha.slice(0, 40) },
              { name: 'TRACE_ID', value: sha.slice(0, 32) },
              { name: 'TOKEN_URL', value: 'https://auth.acme.dev/oauth/token' },
              { name: 'PUBLIC_KEY', value: 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuLi5' },
            ],
            securityContext: SAFE,
          },
        ],
      }),
    ],
    [
      'variables that only sound secret',
      {
        env: {
          MY_TOKEN_BUDGET: '32768',
          AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
          AZURE_CLIENT_ID: '7f9c24e8-3b12-4fef-91d0-6a2f1c9b8e77',
          SECRET_NAME: 'my-secret',
        },
      },
    ],
    [
      'checksums and ids in annotations',
      {
        podAnnotations: {
          'checksum/config': sha,
          'vault.hashicorp.com/agent-inject-token': 'true',
          'example.com/deploy-id': '7f9c24e8-3b12-4fef-91d0-6a2f1c9b8e77',
        },
      },
    ],
    [
      'the zone of the node',
      { fieldEnv: { ZONE: PodField.label('topology.kubernetes.io/zone'), DD_AGENT_HOST: PodField.HOST_IP } },
    ],
    ['another scheduler', pod({ schedulerName: 'kai-scheduler' })],
  ])('in a pod with %s', (_, props) => {
    expect(loud(props)).toEqual([]);
  });
});

/** Errors and warnings of a stack with these properties. */
function loud(props: Props): string[] {
  const { findings } = stackWith({ ...PLAIN, ...props });
  return findings.filter(({ severity }) => severity !== FindingSeverity.NOTICE).map(({ problem }) => problem);
}
