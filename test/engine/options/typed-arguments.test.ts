import { Duration, Size } from 'cdk8s';
import { Catalogue } from '../../../lib/engine/catalogue/catalogue';
import { checkArguments } from '../../../lib/engine/check/check-arguments';
import type { EngineOptions } from '../../../lib/engine/options/engine-options';
import { typedArguments } from '../../../lib/engine/options/typed-arguments';
import { parseRelease } from '../../../lib/engine/release';
import { findingLine, FindingSeverity } from '../../../lib/preflight/finding';

const at = (version: string) => Catalogue.of(parseRelease(version));
const written = (engine: EngineOptions, version = '0.32.0') =>
  typedArguments(engine, at(version)).map(({ flag, values }) => [flag, ...values]);

describe('a typed option is written', () => {
  it.each<[string, EngineOptions, string[]]>([
    ['as a number', { maxModelLen: 8192 }, ['--max-model-len', '8192']],
    ['as a fraction', { gpuMemoryUtilization: 0.85 }, ['--gpu-memory-utilization', '0.85']],
    ['as a word', { kvCacheDtype: 'fp8' }, ['--kv-cache-dtype', 'fp8']],
    ['as a switch that is on', { enablePrefixCaching: true }, ['--enable-prefix-caching']],
    ['as a switch that is off', { enablePrefixCaching: false }, ['--no-enable-prefix-caching']],
    ['as a switch without --no- form that is on', { disableLogStats: true }, ['--disable-log-stats']],
    ['as compact JSON', { compilationConfig: { mode: 3, a: [1] } }, ['--compilation-config', '{"mode":3,"a":[1]}']],
    [
      'as a JSON list',
      { allowedOrigins: ['https://a', 'https://b'] },
      ['--allowed-origins', '["https://a","https://b"]'],
    ],
    ['as an empty JSON list', { allowedOrigins: [] }, ['--allowed-origins', '[]']],
    ['as a list of words', { loraModules: ['a=/a', 'b=/b'] }, ['--lora-modules', 'a=/a', 'b=/b']],
    ['as a list of numbers', { cudagraphCaptureSizes: [1, 8] }, ['--cudagraph-capture-sizes', '1', '8']],
    ['in GiB', { cpuOffload: Size.mebibytes(1536) }, ['--cpu-offload-gb', '1.5']],
    ['in GiB of a broken size', { kvOffloadingSize: Size.gibibytes(0.3) }, ['--kv-offloading-size', '0.3']],
    ['in bytes', { kvCacheMemory: Size.gibibytes(2) }, ['--kv-cache-memory-bytes', '2147483648']],
    ['in whole bytes', { kvCacheMemory: Size.gibibytes(0.3) }, ['--kv-cache-memory-bytes', '322122547']],
    ['in seconds', { sseKeepAliveInterval: Duration.minutes(1) }, ['--sse-keep-alive-interval', '60']],
  ])('%s', (_, engine, expected) => {
    expect(written(engine)).toEqual([expected]);
  });

  it('not at all when a switch that can only be turned on is off', () => {
    expect(written({ disableLogStats: false })).toEqual([]);
    expect(written({ disableFastapiDocs: false }, '0.9.2')).toEqual([]);
  });

  it('not at all when it is undefined', () => {
    expect(written({ maxModelLen: undefined })).toEqual([]);
  });

  it('in the order of the table, with the name of its property', () => {
    const args = typedArguments({ tensorParallelSize: 2, maxModelLen: 1 }, at('0.32.0'));
    expect(args.map(({ origin }) => origin)).toEqual(['engine.maxModelLen', 'engine.tensorParallelSize']);
  });
});

/** A value of every option that has a set of values or a bound. */
const EVERY: EngineOptions = {
  maxModelLen: 8192,
  gpuMemoryUtilization: 0.9,
  kvCacheDtype: 'fp8',
  kvCacheMemory: Size.gibibytes(8),
  blockSize: 16,
  enablePrefixCaching: true,
  prefixCachingHashAlgo: 'sha256_cbor',
  kvOffloadingSize: Size.gibibytes(4),
  kvOffloadingBackend: 'native',
  cpuOffload: Size.gibibytes(1),
  maxNumBatchedTokens: 4096,
  maxNumSeqs: 64,
  schedulingPolicy: 'priority',
  watermark: 0.01,
  performanceMode: 'throughput',
  optimizationLevel: 2,
  cudagraphCaptureSizes: [1, 2, 4],
  compilationConfig: { mode: 3 },
  tensorParallelSize: 2,
  eplbConfig: {},
  all2allBackend: 'deepep_low_latency',
  distributedExecutorBackend: 'mp',
  apiServerCount: 1,
  loadFormat: 'safetensors',
  safetensorsLoadStrategy: 'prefetch',
  modelLoaderExtraConfig: {},
  ignorePatterns: ['original/**/*'],
  hfOverrides: {},
  tokenizerMode: 'hf',
  maxLoraRank: 320,
  speculativeConfig: { method: 'ngram', num_speculative_tokens: 4 },
  kvTransferConfig: { kv_connector: 'NixlConnector', kv_role: 'kv_producer' },
  kvEventsConfig: {},
  structuredOutputsConfig: {},
  toolCallParser: 'llama3_json',
  reasoningParser: 'qwen3',
  limitMmPerPrompt: { image: 2 },
  allowedMediaDomains: ['example.com'],
  allowedOrigins: ['*'],
  sseKeepAliveInterval: Duration.seconds(15),
  loggingConfig: { formatter: 'json' },
  customHistogramBuckets: { request_latency: [0.06, 0.1] },
  collectDetailedTraces: ['model', 'worker'],
};

it.each(['0.32.0', '0.33.0'])('what the documentation of the options names is accepted by %s', (version) => {
  const catalogue = at(version);
  expect(checkArguments(typedArguments(EVERY, catalogue), catalogue).map(findingLine)).toEqual([]);
});

it.each<[EngineOptions, string]>([
  [{ gpuMemoryUtilization: 0 }, '--gpu-memory-utilization is "0"; give a number, greater than 0 and at most 1'],
  [{ gpuMemoryUtilization: 1.5 }, '--gpu-memory-utilization is "1.5"'],
  [{ watermark: 1 }, '--watermark is "1"'],
  [{ tensorParallelSize: 0 }, '--tensor-parallel-size is "0"; give a whole number, at least 1'],
  [{ schedulingPolicy: 'lifo' }, '--scheduling-policy is "lifo"'],
  [{ ignorePatterns: [] }, '--ignore-patterns needs a value, but has none'],
])('refuses %j for 0.32.0', (engine, message) => {
  const catalogue = at('0.32.0');
  const [finding] = checkArguments(typedArguments(engine, catalogue), catalogue);
  expect(finding?.severity).toBe(FindingSeverity.ERROR);
  expect(finding && findingLine(finding)).toContain(message);
});
