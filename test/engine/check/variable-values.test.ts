import { Catalogue } from '../../../lib/engine/catalogue/catalogue';
import { checkVariableValue } from '../../../lib/engine/check/variable-values';
import { parseRelease } from '../../../lib/engine/release';
import { findingLine } from '../../../lib/preflight/finding';

const lines = (env: Record<string, string>, release = '0.32.0', [name = ''] = Object.keys(env)) =>
  checkVariableValue(`env.${name}`, name, env, Catalogue.of(parseRelease(release))).map(findingLine);

describe('the value of a variable', () => {
  it.each([
    ['VLLM_LOGGING_LEVEL', 'debug'],
    ['VLLM_LOGGING_LEVEL', 'WARN'],
    ['VLLM_LOGGING_LEVEL', 'NOTSET'],
    ['VLLM_PORT', '8000'],
    ['VLLM_PORT', '0'],
    ['VLLM_DP_RANK_LOCAL', '-1'],
    ['VLLM_WORKER_MULTIPROC_METHOD', 'spawn'],
    ['VLLM_WORKER_MULTIPROC_METHOD', 'fork'],
    ['VLLM_KV_CACHE_LAYOUT', 'NHD'],
    ['VLLM_KV_CACHE_LAYOUT', 'BHLNC'],
    ['VLLM_FLOAT32_MATMUL_PRECISION', 'HIGH'],
    ['VLLM_FLOAT32_MATMUL_PRECISION', 'medium'],
    ['VLLM_BATCH_INVARIANT', '1'],
    ['VLLM_BATCH_INVARIANT', ' 1 '],
    ['VLLM_LOG_STATS_INTERVAL', '2.5'],
    ['VLLM_LOG_STATS_INTERVAL', '1e1'],
    ['VLLM_LOG_STATS_INTERVAL', '-1'],
    ['VLLM_USE_MODELSCOPE', 'true'],
    ['VLLM_USE_MODELSCOPE', 'abc'],
    ['VLLM_DEBUG_LOG_API_SERVER_RESPONSE', 'yes'],
    ['VLLM_LOGGING_COLOR', 'abc'],
    ['VLLM_HOST_IP', 'abc'],
    ['VLLM_GPT_OSS_SYSTEM_TOOL_MCP_LABELS', ''],
    ['VLLM_GPT_OSS_SYSTEM_TOOL_MCP_LABELS', 'container, code_interpreter'],
    ['VLLM_MEDIA_URL_ALLOW_REDIRECTS', '$(REDIRECTS)'],
    ['HF_ENDPOINT', 'https://hf-mirror.com'],
    ['HF_HUB_DOWNLOAD_TIMEOUT', '60'],
    ['HF_HUB_ENABLE_HF_TRANSFER', 'abc'],
    ['MY_NUMBER', 'abc'],
    ['toString', 'abc'],
  ])('of %s may be "%s"', (name, value) => {
    expect(lines({ [name]: value })).toEqual([]);
  });

  it.each([
    ['VLLM_LOGGING_LEVEL', 'nonsense'],
    ['VLLM_LOGGING_LEVEL', '10'],
    ['VLLM_LOGGING_LEVEL', ''],
    ['VLLM_LOGGING_LEVEL', ' INFO'],
    ['VLLM_PORT', 'tcp://1.2.3.4:8000'],
    ['VLLM_PORT', 'abc'],
    ['VLLM_PORT', ''],
    ['VLLM_PORT', '1.5'],
    ['VLLM_WORKER_MULTIPROC_METHOD', 'nonsense'],
    ['VLLM_WORKER_MULTIPROC_METHOD', 'SPAWN'],
    ['VLLM_WORKER_MULTIPROC_METHOD', 'forkserver'],
    ['VLLM_WORKER_MULTIPROC_METHOD', ''],
    ['VLLM_KV_CACHE_LAYOUT', 'nonsense'],
    ['VLLM_KV_CACHE_LAYOUT', 'nhd'],
    ['VLLM_FLOAT32_MATMUL_PRECISION', 'nonsense'],
    ['VLLM_FLOAT32_MATMUL_PRECISION', ''],
    ['VLLM_BATCH_INVARIANT', 'true'],
    ['VLLM_BATCH_INVARIANT', '1.5'],
    ['VLLM_USE_FLASHINFER_SAMPLER', 'true'],
    ['VLLM_CONFIGURE_LOGGING', 'yes'],
    ['VLLM_TRACE_FUNCTION', 'abc'],
    ['VLLM_LOG_STATS_INTERVAL', 'abc'],
    ['VLLM_DISABLE_LOG_LOGO', 'on'],
    ['VLLM_GPU_SYNC_CHECK', 'abc'],
    ['VLLM_COMPILE_CACHE_SAVE_FORMAT', 'zip'],
    ['VLLM_MARLIN_INPUT_DTYPE', 'fp16'],
    ['VLLM_SSM_CONV_STATE_LAYOUT', 'ds'],
    ['VLLM_GPT_OSS_SYSTEM_TOOL_MCP_LABELS', 'container,nonsense'],
    ['LOCAL_RANK', 'abc'],
    ['HF_ENDPOINT', 'abc'],
    ['HF_ENDPOINT', 'hf-mirror.com'],
    ['HF_HUB_DOWNLOAD_TIMEOUT', '10s'],
    ['HF_HUB_ETAG_TIMEOUT', ''],
  ])('fails for %s with "%s"', (name, value) => {
    expect(lines({ [name]: value })).toEqual([expect.stringMatching(/\[wrong-variable-value\]$/)]);
  });

  it('has what the release accepts in the message', () => {
    expect(lines({ VLLM_WORKER_MULTIPROC_METHOD: 'spwan' })).toEqual([
      'env.VLLM_WORKER_MULTIPROC_METHOD: is "spwan" (did you mean "spawn"?); give one of spawn, fork [wrong-variable-value]',
    ]);
    expect(lines({ VLLM_BATCH_INVARIANT: 'true' })).toEqual([
      'env.VLLM_BATCH_INVARIANT: is "true", with which the engine would exit at start; give 1 or 0: vLLM reads only a number [wrong-variable-value]',
    ]);
  });

  it('explains where a URL in VLLM_PORT comes from', () => {
    expect(lines({ VLLM_PORT: 'tcp://10.0.0.1:8000' })[0]).toContain(
      'Kubernetes sets it to a URL for a Service named vllm',
    );
  });

  it('is decided by the release', () => {
    expect(lines({ VLLM_KV_CACHE_LAYOUT: 'LBNHC' }, '0.28.0')[0]).toContain('which was added in vLLM 0.29');
    expect(lines({ VLLM_FLOAT32_MATMUL_PRECISION: 'tf32' }, '0.13.0')).toEqual([]);
    expect(lines({ VLLM_FLOAT32_MATMUL_PRECISION: 'tf32' }, '0.14.0')).toHaveLength(1);
  });

  it('is not checked in a release that reads a variable only where it is used', () => {
    expect(lines({ VLLM_WORKER_MULTIPROC_METHOD: 'nonsense' }, '0.10.2')).toEqual([]);
    expect(lines({ VLLM_LOGGING_LEVEL: 'nonsense' }, '0.10.2')).toHaveLength(1);
  });

  it('of the log level does not matter where vLLM does not configure logging with it', () => {
    expect(lines({ VLLM_LOGGING_LEVEL: 'nonsense', VLLM_CONFIGURE_LOGGING: '0' })).toEqual([]);
    expect(lines({ VLLM_LOGGING_LEVEL: 'nonsense', VLLM_LOGGING_CONFIG_PATH: '/etc/logging.json' })).toEqual([]);
  });

  it('is never printed when it looks like a secret', () => {
    expect(lines({ HF_ENDPOINT: 'ftp://me:pw@host' })[0]).not.toContain('pw@host');
  });
});
