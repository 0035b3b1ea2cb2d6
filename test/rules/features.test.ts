import { Size } from 'cdk8s';
import { Accelerator, Model, SecretKey, VllmVersion, Weights } from '../../lib';
import type { OwnArgument } from '../../lib/engine/command-line/arguments';
import { planWith } from '../support/plan';
import { errorsOf, h100, idsOf, LLAMA_8B, pinned, QWEN_MOE, warningsOf } from '../support/plan';

describe('traces that the command line turns on', () => {
  const endpoint = 'http://otel.observability:4317';
  const id = 'no-tracing-packages';

  it.each<[subject: string, props: Parameters<typeof errorsOf>[0]]>([
    ['engine.otlpTracesEndpoint:', { engine: { otlpTracesEndpoint: endpoint } }],
    ['extraArgs[0]: --otlp-traces-endpoint', { extraArgs: [`--otlp-traces-endpoint=${endpoint}`] }],
  ])('refuses %s where the image has no packages for them', (subject, props) => {
    expect(errorsOf({ ...props, ...pinned('0.16.0') }).join()).toContain(
      `${subject} needs OpenTelemetry packages, which the image of vLLM 0.16.0 does not have: the engine would exit at start; use vLLM 0.17 or later`,
    );
    expect(idsOf({ ...props, ...pinned('0.17.1') })).not.toContain(id);
    expect(idsOf(props)).not.toContain(id);
  });

  it('warns about an image of one’s own, and does not check an unknown release', () => {
    const props = { engine: { otlpTracesEndpoint: endpoint } };
    const own = { vllmVersion: VllmVersion.of('0.16.0', { repository: 'registry.example.com/vllm' }) };
    expect(warningsOf({ ...props, ...own }).join()).toContain('"registry.example.com/vllm:v0.16.0" must have them');
    expect(idsOf({ ...props, vllmVersion: VllmVersion.unchecked('0.16.0') })).not.toContain(id);
  });

  it('is one finding: those of tracing are checked there', () => {
    const args: OwnArgument[] = [{ origin: 'tracing', flag: '--otlp-traces-endpoint', values: [endpoint] }];
    const props = { name: 'vllm', model: LLAMA_8B, accelerator: h100(1), ...pinned('0.16.0') };
    const { findings } = planWith(props, { metricUsers: [], metrics: [], args });
    expect(findings.filter((finding) => finding.id === id)).toEqual([]);
  });
});

describe('flags that need another one ', () => {
  it.each([
    [
      { collectDetailedTraces: ['model'] },
      'engine.collectDetailedTraces: needs an endpoint to send spans to; set engine.otlpTracesEndpoint, or remove it [traces-without-endpoint]',
      { otlpTracesEndpoint: 'http://otel:4317' },
    ],
    [
      { enableAutoToolChoice: true },
      'engine.enableAutoToolChoice: needs a parser for the model’s tool calls; set engine.toolCallParser, for example "hermes" or "llama3_json" [tool-choice-without-parser]',
      { toolCallParser: 'hermes' },
    ],
    [
      { enableLogOutputs: true },
      'engine.enableLogOutputs: logs nothing while requests are not logged; set engine.enableLogRequests too, or remove it [log-outputs-without-requests]',
      { enableLogRequests: true },
    ],
    [
      { sslKeyfile: '/k' },
      'engine.sslKeyfile: has no certificate; set engine.sslCertfile [key-without-certificate]',
      { sslCertfile: '/c' },
    ],
  ])('refuses %j alone', (engine, message, other) => {
    expect(errorsOf({ engine })).toEqual([message]);
    expect(errorsOf({ engine: { ...engine, ...other } })).toEqual([]);
  });

  it('warns about a certificate whose key may be missing', () => {
    expect(warningsOf({ engine: { sslCertfile: '/c' } })).toEqual([
      'engine.sslCertfile: has no private key, so the server fails unless this file holds the key too; set engine.sslKeyfile [certificate-without-key]',
    ]);
    expect(errorsOf({ engine: { sslCertfile: '/c' } })).toEqual([]);
    expect(idsOf({ engine: { sslCertfile: '/c', sslKeyfile: '/k' } })).toEqual([]);
  });

  it('refuses outputs in the log while requests are turned off', () => {
    expect(idsOf({ engine: { enableLogOutputs: true, enableLogRequests: false } })).toEqual([
      'log-outputs-without-requests',
    ]);
  });

  it('accepts what is turned off', () => {
    expect(idsOf({ engine: { enableLogOutputs: false, enableAutoToolChoice: false } })).toEqual([]);
  });
});

describe('adapters at run time ', () => {
  const updating = (value: string) => ({ env: { VLLM_ALLOW_RUNTIME_LORA_UPDATING: value } });
  const ranks = { model: QWEN_MOE, accelerator: h100(2), engine: { dataParallelSize: 2 } };

  it.each(['1', 'true', 'True'])('refuses several API servers with %s', (value) => {
    expect(errorsOf({ ...updating(value), engine: { apiServerCount: 2 } })).toEqual([
      'engine.apiServerCount: loads adapters into one process, but the engine has 2 API servers; set engine.apiServerCount to 1 [runtime-lora-with-api-servers]',
    ]);
  });

  it('refuses the API servers that vLLM starts for each rank', () => {
    expect(errorsOf({ ...updating('1'), ...ranks })).toEqual([
      'env.VLLM_ALLOW_RUNTIME_LORA_UPDATING: loads adapters into one process, but the engine has 2 API servers; set engine.apiServerCount to 1 [runtime-lora-with-api-servers]',
    ]);
  });

  it('accepts one API server, and several without updating', () => {
    expect(
      idsOf({ ...updating('1'), ...ranks, engine: { enableLora: true, dataParallelSize: 2, apiServerCount: 1 } }),
    ).toEqual([]);
    expect(
      idsOf({ ...updating('1'), ...ranks, engine: { enableLora: true, dataParallelSize: 2 }, ...pinned('0.14.1') }),
    ).toEqual([]);
    expect(idsOf({ ...updating('0'), engine: { apiServerCount: 2 } })).toEqual([]);
    expect(idsOf({ ...updating('1'), engine: { enableLora: true } })).toEqual([]);
  });

  it('warns about updating while LoRA is off', () => {
    expect(warningsOf(updating('1'))).toEqual([
      'env.VLLM_ALLOW_RUNTIME_LORA_UPDATING: has no effect while LoRA is off; set engine.enableLora, or remove it [lora-is-off]',
    ]);
  });
});

describe('API servers', () => {
  it('refuses zero: no probe would succeed', () => {
    expect(errorsOf({ engine: { apiServerCount: 0 } })).toEqual([
      'engine.apiServerCount: is 0: a pod without an HTTP server never becomes ready; use 1 or more [no-api-server]',
    ]);
  });
});

describe('statistics ', () => {
  const engine = { disableLogStats: true };

  it('warns about no metrics when nothing reads them', () => {
    expect(warningsOf({ engine })).toEqual([
      'engine.disableLogStats: removes every vllm:* metric: scaling, alerts and dashboards have no data for this stack; remove it [no-metrics]',
    ]);
  });

  it('refuses no metrics when something reads them, and names it', () => {
    expect(errorsOf({ engine }, ['scaling', 'alerts'])).toEqual([
      'engine.disableLogStats: removes every vllm:* metric, and these read them: scaling, alerts; remove it, or remove what reads metrics [no-metrics]',
    ]);
  });

  it('accepts metrics', () => {
    expect(errorsOf({ engine: { disableLogStats: false } }, ['scaling'])).toEqual([]);
  });
});

describe('the development mode', () => {
  it('warns about routes that answer without the key', () => {
    expect(warningsOf({ env: { VLLM_SERVER_DEV_MODE: '1' } })).toEqual([
      'env.VLLM_SERVER_DEV_MODE: opens /sleep, /collective_rpc and other routes that answer without the API key; remove it in production [development-mode]',
    ]);
    expect(idsOf({ env: { VLLM_SERVER_DEV_MODE: '0' } })).toEqual([]);
  });

  it('warns even when the value is in a Secret', () => {
    expect(idsOf({ secretEnv: { VLLM_SERVER_DEV_MODE: SecretKey.of('s', 'k') } })).toEqual(['development-mode']);
  });
});

describe('code from the repository', () => {
  const model = (revision?: string) => Model.of('Qwen/Qwen3-8B', { trustRemoteCode: true, revision });

  it('warns about code that is not pinned', () => {
    expect(warningsOf({ model: model() })).toEqual([
      'model.trustRemoteCode: runs the Python code that Qwen/Qwen3-8B has when the pod starts; pin model.revision to a commit [remote-code-not-pinned]',
    ]);
  });

  it('accepts a pinned revision, of the model or of its code, and code in a volume', () => {
    expect(idsOf({ model: model('abc') })).toEqual([]);
    expect(idsOf({ model: model(), extraArgs: ['--code-revision=abc'] })).toEqual([]);
    expect(idsOf({ model: model(), weights: Weights.fromVolume({ claim: 'c' }) })).toEqual([]);
  });
});

describe('the image of another vendor', () => {
  const amd = { accelerator: Accelerator.resource('amd.com/gpu', 1, { memory: Size.gibibytes(192) }) };

  it('refuses the CUDA image for a device that is not from NVIDIA', () => {
    expect(errorsOf(amd)).toEqual([
      'accelerator: is amd.com/gpu, but the image vllm/vllm-openai:v0.32.0 is built for CUDA and does not find this device; set the image: VllmVersion.of("0.32.0", { repository: "vllm/vllm-openai-rocm" }) [image-of-another-vendor]',
    ]);
  });

  it('accepts other images', () => {
    const vllmVersion = VllmVersion.of('0.32.0', { repository: 'vllm/vllm-openai-rocm' });
    expect(errorsOf({ ...amd, vllmVersion })).toEqual([]);
  });
});
