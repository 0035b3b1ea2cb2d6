import { Size } from 'cdk8s';
import type { ServingProps } from '../../../lib/stack/serving-props';
import type { VllmInferenceStackProps } from '../../../lib';
import { Accelerator, ExtraVolume, FindingSeverity, Model, VllmVersion, Weights } from '../../../lib';
import { findingLine } from '../../../lib/preflight/finding';
import { refusalOf, stackWith } from '../../support/stack';

type Props = Partial<VllmInferenceStackProps>;

const ID = 'meta-llama/Llama-3.1-8B-Instruct';
const template = (chatTemplate: string): Props => ({ model: Model.of(ID, { chatTemplate }) });
const args = (...extraArgs: string[]): Props => ({ extraArgs });
const env = (name: string, value: string): Props => ({ env: { [name]: value } });
const lora = (...loraModules: string[]): Props => ({ engine: { enableLora: true, loraModules } });
const model = (id: string, weights?: ServingProps['weights']): Props => ({
  model: Model.of(id),
  ...(weights === undefined ? {} : { weights }),
});
const own = { vllmVersion: VllmVersion.of('0.32.0', { repository: 'registry.example.com/ml/vllm' }) };

const CONFIG = { extraVolumes: [ExtraVolume.fromConfigMap('files', '/files')] };
const SECRET = { extraVolumes: [ExtraVolume.fromSecret('vllm-tls', '/tls')] };
const CLAIM = { extraVolumes: [ExtraVolume.fromClaim('data', '/data')] };
const EMPTY = { extraVolumes: [ExtraVolume.empty('scratch', '/scratch')] };

/** Overrides of the pod: mounts of the engine, volumes, and a container that fills them. */
const overrides = (mount: object, volume: object, spec: object = {}): Props => ({
  podTemplateOverrides: {
    spec: { containers: [{ name: 'vllm', volumeMounts: [{ name: 'own', ...mount }] }], volumes: [volume], ...spec },
  },
});

beforeEach(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => jest.restoreAllMocks());

const IDS = /^(path-|template-not)/;

/** Errors and warnings about paths, each as its id. */
function idsOf(props: Props): string[] {
  try {
    return stackWith(props)
      .findings.filter(({ id, severity }) => IDS.test(id) && severity !== FindingSeverity.NOTICE)
      .map(({ id }) => `${id} warning`);
  } catch (error) {
    return [...(error as Error).message.matchAll(/\[([a-z-]+)\]$/gm)].map(([, id]) => id ?? '');
  }
}

describe('a path that is not in the pod', () => {
  test.each<[title: string, props: Props]>([
    ['a chat template', template('/templates/chat.jinja')],
    ['a chat template in a folder of the host', template('/home/me/vllm/chat.jinja')],
    ['a template of the repository of vLLM', template('/vllm/examples/tool_chat_template_hermes.jinja')],
    ['a template without its folder', template('chat.jinja')],
    ['a template by a name of its format', template('chatml')],
    ['a template in a folder of the current one', template('./templates/chat.jinja')],
    ['a template in the folder above', template('../chat.jinja')],
    ['a tokenizer', { model: Model.of(ID, { tokenizer: '/tokenizers/llama' }) }],
    ['a certificate of a server', { engine: { sslCertfile: '/etc/tls/tls.crt', sslKeyfile: '/etc/tls/tls.key' } }],
    ['certificates of clients', args('--ssl-ca-certs=/certs/ca.crt')],
    ['a plugin for tool calls', args('--tool-parser-plugin=/plugins/parser.py')],
    ['a plugin for thoughts', args('--reasoning-parser-plugin', '/plugins/nano_v3.py')],
    ['a plugin beside the current folder', args('--reasoning-parser-plugin=nano_v3_reasoning_parser.py')],
    ['a plugin in JSON', args('--structured-outputs-config={"reasoning_parser_plugin":"/plugins/p.py"}')],
    ['a plugin behind a dot', args('--structured-outputs-config.reasoning_parser_plugin=/plugins/p.py')],
    ['an adapter', lora('sql=/adapters/sql')],
    ['an adapter in JSON', lora('{"name":"sql","path":"/adapters/sql","base_model_name":"llama"}')],
    ['an adapter in a folder of folders', lora('sql=loras/team/sql')],
    [
      'an adapter for sound',
      {
        model: Model.of('Qwen/Qwen2.5-Omni-7B'),
        ...args('--enable-lora', '--default-mm-loras={"audio":"/adapters/speech"}'),
      },
    ],
    ['a generation config', { engine: { generationConfig: '/config/generation' } }],
    ['a configuration of the model', args('--hf-config-path=/config')],
    ['files that requests may name', args('--allowed-local-media-path=/data/images')],
    ['a configuration of logs', args('--log-config-file=/etc/vllm/uvicorn.json')],
    ['a configuration of logs in JSON', args('--logging-config={"pylogging_config_file":"/etc/vllm/log.json"}')],
    ['a configuration of logs in a variable', env('VLLM_LOGGING_CONFIG_PATH', '/config/logging.json')],
    ['a folder of adapters', { engine: { enableLora: true }, ...env('VLLM_LORA_RESOLVER_CACHE_DIR', '/adapters') }],
    ['tuned kernels', env('VLLM_TUNED_CONFIG_FOLDER', '/configs')],
    [
      'tensors of a model',
      args('--load-format=tensorizer', '--model-loader-extra-config={"tensorizer_uri":"/tensors/model.tensors"}'),
    ],
    ['a library', env('VLLM_NCCL_SO_PATH', '/nccl/libnccl.so.2')],
    ['a configuration of LMCache', env('LMCACHE_CONFIG_FILE', '/lmcache/config.yaml')],
    ['a configuration of Mooncake', env('MOONCAKE_CONFIG_PATH', './mooncake.json')],
    ['a vocabulary of gpt-oss', env('TIKTOKEN_ENCODINGS_BASE', '/etc/encodings')],
    [
      'a draft model',
      { engine: { speculativeConfig: { method: 'eagle3', model: '/drafts/eagle3', num_speculative_tokens: 3 } } },
    ],
    ['a model of the Hub’s loader', model('/data/llama')],
    ['a model beside its volume', model('/mnt/models/llama', Weights.fromVolume({ claim: 'models' }))],
    ['a model of the current folder', model('./llama')],
    ['a model beside a volume with a similar name', { ...model('/database/llama'), ...CLAIM }],
    ['a template beside a volume with a similar name', { ...template('/files2/chat.jinja'), ...CONFIG }],
    ['a template above a volume', { ...template('/files/../chat.jinja'), ...CONFIG }],
    [
      'a template in an image for ROCm',
      {
        ...template('/templates/chat.jinja'),
        accelerator: Accelerator.resource('amd.com/gpu', 1, { memory: Size.gibibytes(192) }),
        vllmVersion: VllmVersion.of('0.32.0', { repository: 'vllm/vllm-openai-rocm' }),
      },
    ],
    [
      'a template in a pinned image',
      {
        ...template('/templates/chat.jinja'),
        vllmVersion: VllmVersion.of('0.32.0', { digest: `sha256:${'a'.repeat(64)}` }),
      },
    ],
  ])('refuses %s', (_, props) => {
    expect(idsOf(props)).toEqual(['path-not-in-pod']);
  });

  test('refuses it with the volume to add', () => {
    expect(refusalOf(template('/templates/chat.jinja'))).toContain(
      'model.chatTemplate: is "/templates/chat.jinja", and no volume is mounted there: the image vllm/vllm-openai:v0.32.0 has no files of yours; mount it with ExtraVolume.fromConfigMap(…, "/templates") in extraVolumes, or set an image of your own that has it: VllmVersion.of(…, { repository }) [path-not-in-pod]',
    );
  });

  test('refuses a relative one with where the engine looks for it', () => {
    expect(refusalOf(args('--tool-parser-plugin=./parser.py'))).toContain(
      'extraArgs[0]: --tool-parser-plugin is "./parser.py", which is /vllm-workspace/parser.py in the image, and the image vllm/vllm-openai:v0.32.0 has no files of yours; mount it with',
    );
  });

  test('refuses several files of one folder once', () => {
    const engine = { sslCertfile: '/tls/tls.crt', sslKeyfile: '/tls/tls.key', enableLora: true };
    const text = refusalOf({ engine: { ...engine, loraModules: ['a=/adapters/a', 'b=/adapters/b'] } });
    expect(text).toContain('has 2 problems');
    expect(text).toContain('ExtraVolume.fromSecret(…, "/tls")');
    expect(text).toContain('[path-not-in-pod]\n      engine.sslKeyfile is "/tls/tls.key"');
    expect(text).toContain('engine.loraModules has the adapter "b" at "/adapters/b"');
  });

  test('refuses a model with the weights to set', () => {
    expect(refusalOf(model('/data/llama'))).toContain(
      'set weights to Weights.fromVolume({ claim, path }) and the model to its name, or mount its folder with ExtraVolume.fromClaim',
    );
  });

  test.each<[title: string, props: Props]>([
    ['certificates of authorities', env('SSL_CERT_FILE', '/certs/ca.pem')],
    ['certificates for downloads', env('REQUESTS_CA_BUNDLE', '/certs/ca.pem')],
    ['a topology of NCCL', env('NCCL_TOPO_FILE', '/topology/a3.xml')],
    ['credentials of Google Cloud', env('GOOGLE_APPLICATION_CREDENTIALS', '/gcp/key.json')],
    ['credentials of AWS', env('AWS_SHARED_CREDENTIALS_FILE', '/aws/credentials')],
    ['modules of Python', env('PYTHONPATH', '/plugins')],
    ['modules in one folder of several', { ...env('PYTHONPATH', '/data:/plugins'), ...CLAIM }],
    ['a certificate of the collector', env('OTEL_EXPORTER_OTLP_CERTIFICATE', '/otel/ca.crt')],
  ])('warns about %s, which a library may read', (_, props) => {
    expect(idsOf(props)).toEqual(['path-not-in-pod warning']);
  });

  test('warns about a template that the image may not have', () => {
    const { findings } = stackWith(template('examples/tool_chat_template_llama3_1_json.jinja'));
    expect(findings.filter(({ id }) => IDS.test(id)).map(findingLine)).toEqual([
      'model.chatTemplate: is "examples/tool_chat_template_llama3_1_json.jinja", which is not among the templates of the image that the library knows (did you mean "tool_chat_template_llama3.1_json.jinja"?); correct its name, or acknowledge this if the image has it [template-not-in-image]',
    ]);
  });
});

describe('a path in a volume that does not have it', () => {
  test.each<[title: string, props: Props, id: string]>([
    ['a template in an empty volume', { ...template('/scratch/chat.jinja'), ...EMPTY }, 'path-in-empty-volume'],
    ['a template among temporary files', template('/tmp/chat.jinja'), 'path-in-empty-volume'],
    ['a template in the volume of caches', template('/cache/chat.jinja'), 'path-in-empty-volume'],
    ['an adapter where models are downloaded', lora('sql=/models/adapters/sql'), 'path-in-empty-volume'],
    ['a model where models are downloaded', model('/models/llama'), 'path-in-empty-volume'],
    ['a model by the folder of the download', model('/models'), 'path-in-empty-volume'],
    ['tokens in shared memory', env('TIKTOKEN_ENCODINGS_BASE', '/dev/shm/encodings'), 'path-in-empty-volume'],
    [
      'a template in an empty volume of overrides',
      { ...template('/own/chat.jinja'), ...overrides({ mountPath: '/own' }, { name: 'own', emptyDir: {} }) },
      'path-in-empty-volume',
    ],
    [
      'files of requests in a folder of an empty volume',
      { ...args('--allowed-local-media-path=/scratch/images'), ...EMPTY },
      'path-in-empty-volume',
    ],
    [
      'a template in a folder of a ConfigMap',
      { ...template('/files/llama/chat.jinja'), ...CONFIG },
      'path-below-a-key',
    ],
    [
      'a key in a folder of a Secret',
      { engine: { sslCertfile: '/tls/server/tls.crt' }, ...SECRET },
      'path-below-a-key',
    ],
    ['an adapter in a ConfigMap', { ...lora('sql=/files/sql'), ...CONFIG }, 'path-below-a-key'],
    [
      'a template in a folder of a ConfigMap of overrides',
      {
        ...template('/own/a/chat.jinja'),
        ...overrides({ mountPath: '/own' }, { name: 'own', configMap: { name: 'files' } }),
      },
      'path-below-a-key',
    ],
    ['a template by the folder of its ConfigMap', { ...template('/files'), ...CONFIG }, 'path-of-wrong-kind'],
    ['a certificate by the folder of its claim', { engine: { sslCertfile: '/data' }, ...CLAIM }, 'path-of-wrong-kind'],
  ])('refuses %s', (_, props, id) => {
    expect(idsOf(props).filter((each) => each !== 'certificate-without-key')).toEqual([id]);
  });

  test('refuses a folder of a ConfigMap with the key to give', () => {
    expect(refusalOf({ ...template('/files/llama/chat.jinja'), ...CONFIG })).toContain(
      'and the ConfigMap "files" at /files has files only, one for each key, and no folder "llama"; give "/files/chat.jinja", where "chat.jinja" is the key',
    );
  });

  test('refuses a model that a volume hides in an image of one’s own', () => {
    const vllmVersion = VllmVersion.of('0.32.0', { repository: 'registry.acme.dev/vllm-with-llama' });
    expect(refusalOf({ ...model('/models/llama'), vllmVersion })).toContain(
      'or have it in another folder of your image',
    );
    expect(refusalOf(model('/models/llama'))).not.toContain('your image');
  });

  test('refuses a model from the Hub with the weights to set', () => {
    expect(refusalOf(model('/models/llama'))).toContain(
      'model: is "/models/llama", and the volume at /models starts empty: nothing is there when the engine starts; set weights to Weights.fromVolume({ claim, path: "llama" }) and the model to its name',
    );
  });
});

describe('a text that is no path', () => {
  test.each<[title: string, props: Props, id: string]>([
    ['a template in the home folder', template('~/chat.jinja'), 'path-form'],
    ['an adapter in the home folder', lora('sql=~/adapters/sql'), 'path-form'],
    ['a variable of a shell', template('$HOME/chat.jinja'), 'path-form'],
    ['a variable of a shell in braces', template('/files/${MODEL}/chat.jinja'), 'path-form'],
    ['a path of Windows', template('C:\\templates\\chat.jinja'), 'path-form'],
    ['a path of Windows with slashes', lora('sql=D:/adapters/sql'), 'path-form'],
    ['a backslash', args('--tool-parser-plugin=plugins\\parser.py'), 'path-form'],
    ['a URL of a file', template('file:///templates/chat.jinja'), 'path-form'],
    [
      'a URL of a template',
      template('https://raw.githubusercontent.com/vllm-project/vllm/main/examples/tool_chat_template_hermes.jinja'),
      'path-form',
    ],
    ['a URL of an adapter', lora('sql=https://huggingface.co/org/sql-lora'), 'path-form'],
    ['an adapter in object storage', lora('sql=s3://bucket/sql-lora'), 'path-form'],
    ['an adapter with the scheme of other tools', lora('sql=hf://org/sql-lora'), 'path-form'],
    ['a template with a line break at its end', { ...template('/files/chat.jinja\n'), ...CONFIG }, 'path-form'],
    ['a template with a placeholder', { ...template('/files/{model}.jinja'), ...CONFIG }, 'path-form'],
    ['a blank at an end', { ...args('--tool-parser-plugin=/files/parser.py '), ...CONFIG }, 'path-form'],
    ['a folder of templates', { ...template('/files/'), ...CONFIG }, 'path-of-wrong-kind'],
    ['an adapter by its file', { ...lora('sql=/data/sql/adapter_model.safetensors'), ...CLAIM }, 'path-of-wrong-kind'],
    [
      'a generation config by its file',
      { engine: { generationConfig: '/files/generation_config.json' }, ...CONFIG },
      'path-of-wrong-kind',
    ],
    ['a configuration by its file', { ...args('--hf-config-path=/data/config.json'), ...CLAIM }, 'path-of-wrong-kind'],
    [
      'a tokenizer by its file',
      { model: Model.of(ID, { tokenizer: '/data/tokenizer.json' }), ...CLAIM },
      'path-of-wrong-kind',
    ],
    ['a model by a file of it', { ...model('/data/model.safetensors'), ...CLAIM }, 'path-of-wrong-kind'],
  ])('refuses %s', (_, props, id) => {
    expect(idsOf(props)).toEqual([id]);
  });

  test('refuses a template that vLLM would serve as its own text', () => {
    expect(refusalOf({ ...template('/files/chat.jinja\n'), ...CONFIG })).toContain(
      'which has a blank or a line break at an end: vLLM then serves this text as the template; give "/files/chat.jinja"',
    );
  });
});

describe('what the pod has', () => {
  test.each<[title: string, props: Props]>([
    ['a template in a ConfigMap', { ...template('/files/chat.jinja'), ...CONFIG }],
    ['a template in a ConfigMap, relative', { ...template('../files/chat.jinja'), ...CONFIG }],
    ['a template by the link of a ConfigMap', { ...template('/files/..data/chat.jinja'), ...CONFIG }],
    ['a template in a folder of a claim', { ...template('/data/llama/chat.jinja'), ...CLAIM }],
    [
      'a template on the claim of the weights',
      {
        ...template('/models/llama/chat_template.jinja'),
        weights: Weights.fromVolume({ claim: 'models' }),
      },
    ],
    [
      'a template of the download',
      template('/models/hub/models--meta-llama--Llama-3.1-8B-Instruct/snapshots/0e9e/t.jinja'),
    ],
    ['a template of the image', template('/vllm-workspace/examples/tool_chat_template_llama3.1_json.jinja')],
    ['a template of the image, relative', template('examples/tool_chat_template_hermes.jinja')],
    ['a template of the image in a folder', template('examples/pooling/score/template/qwen3_reranker.jinja')],
    ['a template of the package', template('template_chatml.jinja')],
    ['a template as text', template('{% for m in messages %}{{ m.content }}{% endfor %}')],
    ['a template as text with the name of a file', template('{# /templates/chat.jinja #}{{ messages[0].content }}')],
    [
      'a template behind a variable of Kubernetes',
      { ...template('$(TEMPLATES)/chat.jinja'), env: { TEMPLATES: '/files' } },
    ],
    ['a template in an image of the user', { ...template('/app/chat.jinja'), ...own }],
    ['a relative template in an image of the user', { ...template('chat.jinja'), ...own }],
    [
      'a template in an empty volume that a container fills',
      {
        ...template('/scratch/chat.jinja'),
        ...EMPTY,
        podTemplateOverrides: {
          spec: {
            initContainers: [
              { name: 'fetch', image: 'busybox:1.37', volumeMounts: [{ name: 'scratch', mountPath: '/to' }] },
            ],
          },
        },
      },
    ],
    [
      'a model that a container puts beside the download',
      {
        ...model('/models/llama'),
        podTemplateOverrides: {
          spec: {
            initContainers: [
              { name: 'fetch', image: 'rclone/rclone:1.71', volumeMounts: [{ name: 'models', mountPath: '/m' }] },
            ],
          },
        },
      },
    ],
    [
      'a template in a volume of overrides',
      {
        ...template('/own/a/chat.jinja'),
        ...overrides(
          { mountPath: '/own' },
          { name: 'own', csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true } },
        ),
      },
    ],
    [
      'a template as a single file of a ConfigMap',
      {
        ...template('/own/chat.jinja'),
        ...overrides(
          { mountPath: '/own/chat.jinja', subPath: 'chat.jinja' },
          { name: 'own', configMap: { name: 'files' } },
        ),
      },
    ],
    [
      'a template in a folder that items of a ConfigMap make',
      {
        ...template('/own/a/chat.jinja'),
        ...overrides(
          { mountPath: '/own' },
          { name: 'own', configMap: { name: 'files', items: [{ key: 'chat', path: 'a/chat.jinja' }] } },
        ),
      },
    ],
    [
      'a certificate of Vault’s agent',
      {
        engine: { sslCertfile: '/vault/secrets/tls.pem', sslKeyfile: '/vault/secrets/key.pem' },
        podAnnotations: { 'vault.hashicorp.com/agent-inject': 'true' },
      },
    ],
    ['certificates of the system', env('SSL_CERT_FILE', '/etc/ssl/certs/ca-certificates.crt')],
    ['a token that a webhook mounts', env('AWS_CONFIG_FILE', '/var/run/secrets/eks.amazonaws.com/config')],
    ['a library of the image', env('VLLM_NCCL_SO_PATH', '/usr/lib/x86_64-linux-gnu/libnccl.so.2')],
    ['adapters by their ids', lora('sql=org/sql-lora', 'chat=org/chat.v2')],
    ['a generation config by word', { engine: { generationConfig: 'vllm' } }],
    ['files of requests in an empty volume', { ...args('--allowed-local-media-path=/scratch'), ...EMPTY }],
    ['files of requests in a folder of the image', args('--allowed-local-media-path=/mnt')],
    ['a tokenizer of Mistral by its file', { model: Model.of(ID, { tokenizer: '/data/tekken.json' }), ...CLAIM }],
    ['a model on a volume of its own', { ...model('/data/llama'), ...CLAIM }],
    ['a model below the claim of the weights', model('/models/llama', Weights.fromVolume({ claim: 'models' }))],
    ['a model on the claim of the download', model('/models/llama', Weights.fromHub({ cacheClaim: 'cache' }))],
    ['a model in an image of the user', { ...model('/opt/llama'), ...own }],
    ['a model in object storage', { ...model('s3://bucket/llama'), resources: {} }],
    ['a file of a repository', model('bartowski/Llama-3.2-1B-Instruct-GGUF/Llama-3.2-1B-Instruct-Q4_K_M.gguf')],
    ['a quantisation of a repository', model('unsloth/Qwen3-0.6B-GGUF:UD-Q4_K_XL')],
    ['a library that the loader finds', env('VLLM_NCCL_SO_PATH', 'libnccl.so.2')],
    ['drafts without a model', { engine: { speculativeConfig: { method: 'ngram', num_speculative_tokens: 3 } } }],
    ['modules of Python on a claim', { ...env('PYTHONPATH', '/data/lib:/usr/lib/python3/dist-packages'), ...CLAIM }],
    [
      'tensors of a model in object storage',
      args('--load-format=tensorizer', '--model-loader-extra-config={"tensorizer_uri":"s3://b/model.tensors"}'),
    ],
    ['a vocabulary at a URL', env('TIKTOKEN_ENCODINGS_BASE', 'https://mirror.example.com/encodings')],
    [
      'the cache of the Hub on a claim',
      {
        ...env('HF_HUB_CACHE', '/models/hub'),
        weights: Weights.fromHub({ cacheClaim: 'cache', offline: true }),
      },
    ],
  ])('accepts %s', (_, props) => {
    expect(idsOf(props)).toEqual([]);
  });
});
