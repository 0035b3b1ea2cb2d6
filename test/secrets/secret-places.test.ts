import { Duration } from 'cdk8s';
import * as library from '../../lib';
import { refusalOf, stackWith } from '../support/stack';

const { Accelerator, Dashboards, GpuModel, Guard, Model, ModelGateway, ModelIngress, PrometheusServer, SecretKey } =
  library;
const { Signal, SmokeTest, Tracing, VllmVersion, Weights } = library;

/** Random, and of no use anywhere. */
const BODY = 'q7Rt2mXv9LpK4nBz8WcY3dHs6JfGa1Te5UoQ';
const TOKEN = `hf_${BODY}`;
const SECRETS = [
  TOKEN,
  `sk-${BODY}`,
  `sk-proj-${BODY}_${BODY}`,
  `sk-ant-api03-${BODY}`,
  'sk-0123456789abcdef0123456789abcdef',
  `ghp_${BODY}`,
  `github_pat_11ABCDEFG0${BODY}`,
  `glpat-${BODY.slice(0, 20)}`,
  `xoxb-1234567890-${BODY}`,
  'AKIAIOSFODNN7EXAMPLE',
  'ASIAIOSFODNN7EXAMPLE',
  `AIza${BODY.slice(0, 35)}`,
  `eyJhbGciOiJIUzI1NiJ9.eyJ${BODY}.${BODY}`,
  `nvapi-${BODY}`,
  `dckr_pat_${BODY.slice(0, 27)}`,
  `npm_${BODY}`,
  `hvs.${BODY}`,
  `glsa_${BODY}_0a1b2c3d`,
  `gsk_${BODY}`,
];

const container = (rest: object) => ({
  podTemplateOverrides: { spec: { containers: [{ name: 'proxy', image: 'example.com/proxy:1', ...rest }] } },
});
const init = (rest: object) => ({
  podTemplateOverrides: { spec: { initContainers: [{ name: 'load', image: 'example.com/load:1', ...rest }] } },
});
const variable = (name: string, value: string) => container({ env: [{ name, value }] });

/** Stacks with a secret, each with the part that no message may have. */
const STACKS: readonly [place: string, props: object, subject: string, secret: string][] = [
  ...SECRETS.map((each): [string, object, string, string] => [
    `an annotation: ${each.slice(0, 6)}`,
    { annotations: { note: each } },
    'annotations.note',
    each,
  ]),
  ['an annotation of pods', { podAnnotations: { note: `token ${TOKEN}` } }, 'podAnnotations.note', TOKEN],
  ['a label', { labels: { token: TOKEN } }, 'labels.token', TOKEN],
  ['a label that is too long as well', { labels: { token: `${TOKEN}${TOKEN}` } }, 'labels.token', TOKEN],
  ['a label of pods', { podLabels: { token: TOKEN } }, 'podLabels.token', TOKEN],
  ['the key of a label', { labels: { [TOKEN]: 'x' } }, 'labels.', BODY],
  [
    'an annotation of the service account',
    { serviceAccountAnnotations: { a: TOKEN } },
    'serviceAccountAnnotations.a',
    TOKEN,
  ],
  ['a name', { name: TOKEN }, 'name', TOKEN],
  ['an acknowledgement', { acknowledge: { 'revision-open': TOKEN } }, 'acknowledge.revision-open', TOKEN],
  ['a reason', { unsafeMemoryFit: `see https://me:${BODY}@wiki` }, 'unsafeMemoryFit', BODY],
  ['a label of monitors', { monitoringLabels: { release: TOKEN } }, 'monitoringLabels.release', TOKEN],
  [
    'the address of runbooks',
    { alerts: { runbookBaseUrl: `https://me:${BODY}@wiki/` } },
    'alerts.runbookBaseUrl',
    BODY,
  ],
  [
    'a token in the address of runbooks',
    { alerts: { dashboardUrl: `https://wiki/?token=${BODY}` } },
    'alerts.dashboardUrl',
    BODY,
  ],
  [
    'a label of alerts',
    { alerts: { labels: { hook: `https://hooks.slack.com/services/T0/B0/${BODY}` } } },
    'alerts.labels.hook',
    BODY,
  ],
  ['a pull secret', { imagePullSecrets: [TOKEN] }, 'imagePullSecrets[0]', TOKEN],
  ['a proxy', { env: { HTTPS_PROXY: `http://me:${BODY}@proxy:3128` } }, 'env.HTTPS_PROXY', BODY],
  [
    'OTLP headers',
    { env: { OTEL_EXPORTER_OTLP_HEADERS: `x-api-key=${BODY}` } },
    'env.OTEL_EXPORTER_OTLP_HEADERS',
    BODY,
  ],
  ['a variable of a sidecar', variable('X', TOKEN), 'podTemplateOverrides.spec.containers[0].env[0].value', TOKEN],
  [
    'a variable of a sidecar, by its name',
    variable('DB_PASSWORD', 'tr0ub4dor'),
    'containers[0].env[0].value',
    'tr0ub4dor',
  ],
  ['an address in a sidecar', variable('URL', `postgres://me:${BODY}@db/x`), 'containers[0].env[0].value', BODY],
  ['a flag of an init container', init({ args: [`--token=${BODY}`] }), 'initContainers[0].args[0]', BODY],
  ['a flag in two items', init({ args: ['--password', BODY] }), 'initContainers[0].args[1]', BODY],
  ['a command', init({ command: ['sh', '-c', `curl -H "Authorization: Bearer ${BODY}" x`] }), 'command[2]', BODY],
  ['a clone', init({ args: [`https://oauth2:${BODY}@gitlab.com/a/b.git`] }), 'initContainers[0].args[0]', BODY],
  [
    'an annotation in overrides',
    { podTemplateOverrides: { metadata: { annotations: { a: TOKEN } } } },
    'metadata.annotations.a',
    TOKEN,
  ],
  ['a private key', { annotations: { key: `-----BEGIN PRIVATE KEY-----\n${BODY}` } }, 'annotations.key', BODY],
  ['an option with JSON', { engine: { hfOverrides: { token: TOKEN } } }, 'engine.hfOverrides', TOKEN],
  [
    'a password in JSON',
    {
      engine: {
        kvTransferConfig: {
          kv_connector: 'LMCacheConnectorV1',
          kv_role: 'kv_both',
          kv_connector_extra_config: { password: 'tr0ub' },
        },
      },
    },
    'engine.kvTransferConfig',
    'tr0ub',
  ],
  [
    'an address in JSON',
    { engine: { kvEventsConfig: { endpoint: `tcp://me:${BODY}@x` } } },
    'engine.kvEventsConfig',
    BODY,
  ],
  ['an endpoint', { engine: { otlpTracesEndpoint: `http://me:${BODY}@otel:4317` } }, 'engine.otlpTracesEndpoint', BODY],
  [
    'a domain',
    { engine: { allowedMediaDomains: [`me:${BODY}@media.example.com`, TOKEN] } },
    'engine.allowedMediaDomains',
    TOKEN,
  ],
  ['a flag of the API key', { extraArgs: [`--api-key=${BODY}`] }, 'extraArgs[0]', BODY],
  ['a flag of the Hub', { extraArgs: ['--hf-token', BODY] }, 'extraArgs[0]', BODY],
  ['a value that belongs to no flag', { extraArgs: [TOKEN] }, 'extraArgs[0]', TOKEN],
  ['JSON of a flag', { extraArgs: [`--mm-processor-kwargs={"a":"${TOKEN}"}`] }, 'extraArgs[0]', TOKEN],
  ['an unknown property', { hfToken: TOKEN }, 'hfToken', TOKEN],
];

/** Factories with a secret. */
const CALLS: readonly [place: string, call: () => unknown, secret: string][] = [
  ['the id of a model', () => Model.of(TOKEN), TOKEN],
  ['a revision', () => Model.of('a/b', { revision: TOKEN }), TOKEN],
  ['a name of a model', () => Model.of('a/b', { servedNames: [TOKEN] }), TOKEN],
  ['a token as text', () => Model.of('a/b', { accessToken: TOKEN as never }), TOKEN],
  ['a token in place of the name of its Secret', () => SecretKey.of(TOKEN, 'token'), TOKEN],
  ['a token in place of the key of its Secret', () => SecretKey.of('hugging-face', TOKEN), TOKEN],
  ['a registry', () => VllmVersion.of('0.32.0', { repository: `me:${BODY}@registry.example.com/vllm` }), TOKEN],
  ['a tag', () => VllmVersion.of('0.32.0', { imageTag: TOKEN }), TOKEN],
  ['the address of Prometheus', () => PrometheusServer.at(`https://me:${BODY}@prometheus:9090`), BODY],
  ['an endpoint of traces', () => Tracing.otlp({ endpoint: `https://me:${BODY}@otel:4317` }), BODY],
  [
    'a header of traces',
    () => Tracing.collector({ exportTo: 'http://otel:4317', headers: { a: TOKEN as never } }),
    TOKEN,
  ],
  ['a label of dashboards', () => Dashboards.configMap({ labels: { a: TOKEN } }), TOKEN],
  ['a folder of dashboards', () => Dashboards.configMap({ folder: TOKEN }), TOKEN],
  [
    'an annotation of an Ingress',
    () => ModelIngress.ingressNginx({ annotations: { 'example.com/a': `Bearer ${BODY}` } }),
    BODY,
  ],
  [
    'an annotation of a Gateway',
    () =>
      ModelGateway.managed({
        name: 'a',
        implementation: library.GatewayImplementation.istio(),
        annotations: { a: TOKEN },
      }),
    TOKEN,
  ],
  ['a query of a guard', () => Guard.custom({ name: 'a', query: `sum(a{token="${TOKEN}"})`, maximum: 1 }), TOKEN],
  [
    'a matcher of a signal',
    () => Signal.gatewayRequests({ perReplica: 1, metric: 'a', matchers: { a: TOKEN } }),
    TOKEN,
  ],
  ['the address of a test', () => SmokeTest.job({ url: `https://me:${BODY}@gateway` }), BODY],
  ['a claim', () => Weights.fromVolume({ claim: TOKEN }), TOKEN],
  ['a resource', () => Accelerator.resource(TOKEN, 1), TOKEN],
  ['the name of a GPU', () => GpuModel.of({ name: TOKEN, memory: Duration.days(1) as never }), TOKEN],
];

const messageOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

beforeEach(() => void jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => void jest.restoreAllMocks());

describe('a secret in the properties of a stack', () => {
  it.each(STACKS)('fails as %s, and is not printed', (_, props, subject, secret) => {
    const message = refusalOf(props);
    expect(message).toContain(subject);
    expect(message).not.toContain(secret);
    expect(message).toMatch(/has 1 problem:/);
  });
});

describe('a secret in the arguments of a factory', () => {
  it.each(CALLS)('fails as %s, and is not printed', (_, call, secret) => {
    const message = messageOf(call);
    expect(message).toMatch(/has \d problems?:/);
    expect(message).not.toContain(secret);
    expect(message).not.toContain(BODY);
  });
});

describe('no secret', () => {
  it.each<[what: string, props: object]>([
    ['a commit', { annotations: { commit: '9213176726f574b556790deb65791e0c5aa438b6' } }],
    ['a digest', { annotations: { image: `vllm/vllm-openai@sha256:${'0a1b2c3d'.repeat(8)}` } }],
    ['a UUID', { labels: { run: '3f2504e0-4f89-11d3-9a0c-0305e82c3301' } }],
    ['the checksum of a configuration', { podAnnotations: { 'checksum/config': 'e3b0c44298fc1c149afbf4c8996fb924' } }],
    ['a long name', { labels: { team: 'sk-platform-inference-production-eu-central' } }],
    ['a certificate', { annotations: { ca: `-----BEGIN CERTIFICATE-----\n${BODY}\n-----END CERTIFICATE-----` } }],
    ['an image in a text', { annotations: { icon: `data:image/png;base64,iVBORw0KGgo${BODY}==` } }],
    [
      'a role of AWS',
      { serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/vllm' } },
    ],
    ['an address with a port and an @', { annotations: { a: 'https://wiki:8443/@team/page' } }],
    ['an address with a user', { annotations: { a: 'ssh://git@github.com/a/b.git' } }],
    ['an e-mail address', { annotations: { owner: 'Team: llm@example.com' } }],
    ['a query of a page', { alerts: { dashboardUrl: 'https://grafana/d/abc/x?var-token=a&orgId=1' } }],
    [
      'words of authentication',
      { annotations: { auth: 'Bearer authentication is required, Basic Authentication is not' } },
    ],
    ['the name of a Secret', { annotations: { 'nginx.ingress.kubernetes.io/auth-secret': 'llm/basic-auth' } }],
    ['a reference to a variable', variable('URL', 'postgres://me:$(DB_PASSWORD)@db/x')],
    ['a switch of a sidecar', variable('DISABLE_TOKEN', 'true')],
    [
      'a variable of a sidecar from a Secret',
      container({ env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }] }),
    ],
    [
      'the file of a token',
      init({ args: ['--token-file=/var/run/secrets/token', '--auth=oidc', '--password', '--verbose'] }),
    ],
    ['a flag with a reference', init({ args: ['--token=$(TOKEN)', '--password', '$(PASSWORD)'] })],
    ['a path with a prefix of tokens', { annotations: { a: 's3://bucket/hf_abcdefghijklmnopqrstuvwxyz' } }],
  ])('is %s', (_, props) => {
    expect(() => stackWith(props)).not.toThrow();
  });
});

describe('looking for secrets', () => {
  it.each(['x', 'a.', 'sk-', 'eyJ', 'http:', 'Bearer ', '://', '-----BEGIN ', 'A_', ':@/'])(
    'is quick in a long text of "%s"',
    (piece) => {
      const started = performance.now();
      expect(() => stackWith({ annotations: { long: piece.repeat(200_000 / piece.length) } })).not.toThrow();
      expect(performance.now() - started).toBeLessThan(2_000);
    },
  );
});
