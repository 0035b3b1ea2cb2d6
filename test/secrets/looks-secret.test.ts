import { looksSecret } from '../../lib/secrets/looks-secret';

const LONG = 'aB3'.repeat(12);

describe('a secret', () => {
  it.each([
    'TOKEN',
    'SMTP_PASS',
    'KEY_PASSPHRASE',
    'PGPASSWORD',
    'GITHUB_PAT',
    'REDISCLI_AUTH',
    'OTEL_EXPORTER_OTLP_HEADERS',
    'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  ])('is recognized by the name %s', (name) => {
    expect(looksSecret(name, 'x')).toBe(true);
  });

  it.each(
    [
      `hf_${LONG}`,
      `sk-proj-${LONG}`,
      'AKIAIOSFODNN7EXAMPLE',
      ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((kind) => `${kind}_${LONG}`),
      `github_pat_${LONG}`,
      `glpat-${LONG}`,
      `nvapi-${LONG}`,
      `AIza${LONG}`,
      `xoxb-${LONG}`,
      `xoxp-${LONG}`,
      `eyJ${LONG}.eyJ${LONG}.${LONG}`,
      '-----BEGIN PRIVATE KEY-----',
      '-----BEGIN RSA PRIVATE KEY-----',
      'postgres://me:pw@host/db',
      'redis://:pw@host:6379',
      `Bearer ${LONG}`,
      'authorization=Bearer%20t0k3n-abc',
    ].flatMap((value) => [value, `{"x": "${value}"}`]),
  )('is told by the value %s', (value) => {
    expect(looksSecret('X', value)).toBe(true);
  });
});

describe('not a secret', () => {
  it.each([
    ['VLLM_MAX_TOKENS_PER_EXPERT_FP4_MOE', '163840'],
    ['VLLM_MULTI_STREAM_GEMM_TOKEN_THRESHOLD', '1024'],
    ['VLLM_ENABLE_PREGRAD_PASSES', '1'],
    ['VLLM_PATTERN_MATCH_DEBUG', 'x'],
    ['VLLM_XLA_CACHE_PATH', '/cache/xla'],
    ['GOOGLE_APPLICATION_CREDENTIALS', '/var/secrets/key.json'],
    ['AWS_WEB_IDENTITY_TOKEN_FILE', '/var/run/secrets/token'],
    ['HF_HUB_DISABLE_IMPLICIT_TOKEN', '1'],
    ['TOKENIZERS_PARALLELISM', 'false'],
    ['NCCL_SOCKET_IFNAME', 'eth0'],
    ['NCCL_IB_HCA', 'mlx5_0:1,mlx5_1:1'],
    ['OMP_NUM_THREADS', '8'],
    ['OMP_PROC_BIND', 'true'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector:4317'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=Bearer $(A_TOKEN)'],
    ['HTTPS_PROXY', 'http://proxy.example:3128/a@b'],
    ['DATABASE_URL', 'postgres://me:$(A_PASSWORD)@host/db'],
    ['X', 'Bearer authentication'],
    ['X', '-----BEGIN CERTIFICATE-----'],
    ['X', '/models/hf_abcdefghijklmnopqrstuvwxyz'],
    ['X', 'eyJrisk.a.b'],
  ])('is %s with the value %s', (name, value) => {
    expect(looksSecret(name, value)).toBe(false);
  });
});
