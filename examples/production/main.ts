import { App, Chart, Duration, Size } from 'cdk8s';
import {
  Accelerator,
  ExtraVolume,
  GpuModel,
  Model,
  Placement,
  Scaling,
  SecretKey,
  TaintEffect,
  VllmInferenceStack,
  VllmVersion,
  Weights,
} from '../../lib';

/** Most properties of one service: pinned versions, keys, placement, network, limits, LoRA and overrides. */
export function build(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'production', { namespace: 'llm', labels: { team: 'platform' } });
  new VllmInferenceStack(chart, 'Qwen', {
    name: 'qwen-32b',
    model: Model.of('Qwen/Qwen3-32B', {
      revision: '9216db5781bf21249d130ec9da846c4624c16137',
      servedNames: ['qwen3-32b', 'default'],
      chatTemplate: '/templates/chat.jinja',
    }),
    accelerator: Accelerator.gpu(GpuModel.H100, 2),
    vllmVersion: VllmVersion.of('0.32.0', {
      digest: 'sha256:4e1c63a1fcd0a4e1a3a2c9ab62cf1de6b4b7ae1d2f4b9dc0c1f0a7d9f5a31b42',
    }),
    engine: {
      maxModelLen: 32768,
      gpuMemoryUtilization: 0.92,
      maxNumSeqs: 256,
      maxNumQueuedReqs: 512,
      kvOffloadingSize: Size.gibibytes(32),
      sseKeepAliveInterval: Duration.seconds(15),
      enableAutoToolChoice: true,
      toolCallParser: 'hermes',
      reasoningParser: 'qwen3',
      enableLora: true,
      loraModules: ['support=/adapters/support'],
      enableRequestIdHeaders: true,
      loggingConfig: { formatter: 'json' },
    },
    extraArgs: ['--max-logprobs=5'],
    env: { VLLM_LOGGING_LEVEL: 'WARNING' },
    apiKey: SecretKey.of('qwen-32b', 'api-key'),
    weights: Weights.fromHub({ cacheClaim: 'weights', loadRatePerSecond: Size.mebibytes(400) }),
    placement: Placement.karpenterAws(),
    tolerations: [{ key: 'dedicated', value: 'inference', effect: TaintEffect.NO_SCHEDULE }],
    scaling: Scaling.fixed(3),
    disruptionBudget: { minAvailable: 2 },
    topologySpread: [{ topologyKey: 'topology.kubernetes.io/zone', required: true }],
    priorityClassName: 'inference',
    runtimeClassName: 'nvidia',
    imagePullSecrets: ['registry'],
    lifecycle: { drainTimeout: Duration.minutes(5) },
    network: { clientNamespaces: ['gateway'], monitoringNamespaces: ['observability'] },
    extraVolumes: [
      ExtraVolume.fromConfigMap('chat-templates', '/templates'),
      ExtraVolume.fromClaim('adapters', '/adapters'),
    ],
    podAnnotations: { 'example.com/cost-center': '4711' },
    serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/qwen-32b' },
    podTemplateOverrides: { spec: { dnsConfig: { options: [{ name: 'ndots', value: '2' }] } } },
    acknowledge: { 'vllm-0.32.0-changes': 'read when the version was raised' },
  });
  return app;
}

if (require.main === module) build().synth();
