import type { EngineOptions } from '../../lib';
import { Accelerator, GpuModel } from '../../lib';
import { errorsOf, idsOf, pinned, warningsOf } from '../support/plan';

describe('batched tokens ', () => {
  it('refuses fewer than the sequences of a step', () => {
    expect(errorsOf({ engine: { maxNumBatchedTokens: 128, maxNumSeqs: 256 } })).toEqual([
      'engine.maxNumBatchedTokens: is 128, fewer than the 256 sequences of one step (max-num-seqs); set it to at least 256, or engine.maxNumSeqs to at most 128 [batched-tokens-below-seqs]',
    ]);
    expect(idsOf({ engine: { maxNumBatchedTokens: 256, maxNumSeqs: 256 } })).toEqual([]);
  });

  it('refuses fewer than a prompt that must not be split', () => {
    const engine = { maxNumBatchedTokens: 4096, enableChunkedPrefill: false };
    expect(errorsOf({ engine: { ...engine, maxModelLen: 8192 } })).toEqual([
      'engine.maxNumBatchedTokens: is 4096, but a prompt of up to 8192 tokens must fit into one step without chunked prefill; use at least 8192, or remove engine.enableChunkedPrefill [batched-tokens-below-length]',
    ]);
    expect(idsOf({ engine: { ...engine, maxModelLen: 4096 } })).toEqual([]);
    expect(idsOf({ engine: { maxNumBatchedTokens: 4096, maxModelLen: 8192 } })).toEqual([]);
  });

  it.each([{ pooling_type: 'MEAN' }, { seq_pooling_type: 'CLS' }, { tok_pooling_type: 'STEP' }])(
    'refuses fewer than a prompt whose tokens are pooled by %j',
    (pooler) => {
      const given = (tokens: number) => ({
        engine: { maxNumBatchedTokens: tokens, maxModelLen: 4096 },
        extraArgs: ['--runner=pooling', `--pooler-config=${JSON.stringify(pooler)}`],
      });
      expect(idsOf(given(1024))).toContain('batched-tokens-below-length');
      expect(idsOf(given(4096))).not.toContain('batched-tokens-below-length');
    },
  );

  it('does not need a whole prompt for its last token', () => {
    const extraArgs = ['--runner=pooling', '--pooler-config={"pooling_type":"LAST"}'];
    const engine = { maxNumBatchedTokens: 1024, maxModelLen: 4096 };
    expect(idsOf({ engine, extraArgs })).not.toContain('batched-tokens-below-length');
  });

  it('knows the default of a model that is not converted', () => {
    expect(idsOf({ extraArgs: ['--convert=none', '--max-num-seqs=10000'] })).toContain('batched-tokens-below-seqs');
  });

  it('uses the longest context of the model where it is unset or auto', () => {
    const engine = { maxNumBatchedTokens: 4096, enableChunkedPrefill: false };
    expect(errorsOf({ engine })[0]).toContain('a prompt of up to 131072 tokens');
    expect(errorsOf({ engine, extraArgs: ['--max-model-len=auto'] })[0]).toContain('up to 131072 tokens');
    expect(errorsOf({ engine, extraArgs: ['--max-model-len=-1'] })[0]).toContain('up to 131072 tokens');
  });
});

describe('sequences of a step ', () => {
  const on = (gpu: GpuModel, engine: EngineOptions) => ({ accelerator: Accelerator.gpu(gpu), engine });
  const { A100_80GB, B200, H100, L4, L40S, RTX_PRO_6000, T4 } = GpuModel;

  it('refuses more than the tokens that vLLM gives a step on this GPU', () => {
    expect(errorsOf(on(H100, { maxNumSeqs: 8193 }))).toEqual([
      'engine.maxNumSeqs: is 8193, more than the 8192 tokens of one step (max-num-batched-tokens), vLLM’s default on this GPU; use at most 8192, or set engine.maxNumBatchedTokens to 8193 [batched-tokens-below-seqs]',
    ]);
  });

  it.each([
    ['the default of an L40S', on(L40S, { maxNumSeqs: 2049 })],
    ['that of an A100, which is that of a small GPU', on(A100_80GB, { maxNumSeqs: 2049 })],
    ['that of a B200', on(B200, { maxNumSeqs: 16385 })],
    ['the double one for throughput', on(H100, { maxNumSeqs: 16385, performanceMode: 'throughput' })],
  ])('refuses more than %s', (_, props) => {
    expect(idsOf(props)).toContain('batched-tokens-below-seqs');
  });

  it.each([
    ['as many as the default', on(H100, { maxNumSeqs: 8192 })],
    ['a set size of the step', on(L40S, { maxNumSeqs: 4096, maxNumBatchedTokens: 4096 })],
    ['the default of a B200', on(B200, { maxNumSeqs: 9000 })],
    ['a workstation GPU with 96 GB', on(RTX_PRO_6000, { maxNumSeqs: 8000 })],
    ['a small GPU', on(L4, { maxNumSeqs: 1024 })],
    ['the default of throughput', on(L40S, { maxNumSeqs: 4096, performanceMode: 'throughput' })],
    ['a step for whole prompts', on(L40S, { maxNumSeqs: 4096, enableChunkedPrefill: false, maxModelLen: 8192 })],
    ['a GPU of another vendor', { accelerator: Accelerator.resource('amd.com/gpu', 1), engine: { maxNumSeqs: 8193 } }],
    ['a release with the older engine', { ...on(L40S, { maxNumSeqs: 4096 }), ...pinned('0.10.2') }],
    ['a pooling model of unknown kind', { ...on(T4, { maxNumSeqs: 4096 }), extraArgs: ['--runner=pooling'] }],
  ])('accepts %s', (_, props) => {
    expect(idsOf(props)).not.toContain('batched-tokens-below-seqs');
  });
});

describe('active requests ', () => {
  const active = (count: number, ...more: string[]) => ({
    accelerator: Accelerator.gpu(GpuModel.H100),
    extraArgs: [`--max-num-active-seqs=${count}`, ...more],
  });

  it('refuses more than the sequences of a step', () => {
    expect(errorsOf(active(300, '--max-num-seqs=256'))).toEqual([
      'extraArgs[0]: --max-num-active-seqs is 300, more than the 256 sequences of one step (max-num-seqs); use at most 256, or set engine.maxNumSeqs to 300 [active-above-seqs]',
    ]);
    expect(errorsOf(active(2000))[0]).toContain(
      'more than the 1024 sequences of one step (max-num-seqs), vLLM’s default',
    );
    expect(idsOf(active(129, '--max-num-batched-tokens=128'))).toEqual(['active-above-seqs']);
  });

  it('accepts as many', () => {
    expect(errorsOf(active(256, '--max-num-seqs=256'))).toEqual([]);
    expect(errorsOf(active(1024))).toEqual([]);
    expect(errorsOf(active(2048, '--performance-mode=throughput'))).toEqual([]);
  });
});

it('partial prefills: refuses more long ones than there are', () => {
  const long = (...extraArgs: string[]) => ({ ...pinned('0.20.0'), extraArgs });
  expect(errorsOf(long('--max-long-partial-prefills=2'))).toEqual([
    'extraArgs[0]: --max-long-partial-prefills is 2, more than the 1 partial prefills of one step (max-num-partial-prefills); use at most 1 [long-prefills-above-prefills]',
  ]);
  expect(errorsOf(long('--max-long-partial-prefills=1'))).toEqual([]);
  expect(errorsOf(long('--max-long-partial-prefills=2', '--max-num-partial-prefills=2'))).toEqual([]);
});

describe('the long-prefill threshold ', () => {
  it('refuses one beyond the context', () => {
    expect(errorsOf({ engine: { longPrefillTokenThreshold: 9000 }, extraArgs: ['--max-model-len=8K'] })).toEqual([
      'engine.longPrefillTokenThreshold: is 9000 tokens, more than the longest context of 8192; set it to at most 8192 [long-prefill-threshold]',
    ]);
    expect(idsOf({ engine: { longPrefillTokenThreshold: 200000 } })).toEqual(['long-prefill-threshold']);
  });

  it.each(['auto', '-1', '8192'])('accepts one within a context of %s', (length) => {
    expect(idsOf({ engine: { longPrefillTokenThreshold: 512 }, extraArgs: [`--max-model-len=${length}`] })).toEqual([]);
  });
});

describe('adapters ', () => {
  it('refuses fewer in host memory than in a batch', () => {
    expect(errorsOf({ engine: { enableLora: true, maxLoras: 4, maxCpuLoras: 2 } })).toEqual([
      'engine.maxCpuLoras: is 2, fewer than the 4 adapters of one batch (max-loras); use at least 4 [cpu-loras-below-loras]',
    ]);
    expect(idsOf({ engine: { enableLora: true, maxLoras: 2, maxCpuLoras: 2 } })).toEqual([]);
  });

  it('refuses a rank that vLLM does not have', () => {
    expect(errorsOf({ engine: { enableLora: true, maxLoraRank: 24 } })).toEqual([
      'engine.maxLoraRank: --max-lora-rank is "24"; give one of 1, 8, 16, 32, 64, 128, 256, 320, 512 [unknown-choice]',
    ]);
    expect(idsOf({ engine: { enableLora: true, maxLoraRank: 32 } })).toEqual([]);
  });

  it.each([{ maxLoras: 2 }, { maxCpuLoras: 2 }, { maxLoraRank: 8 }])('warns about %j without LoRA', (engine) => {
    expect(warningsOf({ engine })).toEqual([
      `engine.${Object.keys(engine)[0]}: has no effect while LoRA is off; set engine.enableLora, or remove it [lora-is-off]`,
    ]);
    expect(errorsOf({ engine })).toEqual([]);
    expect(idsOf({ engine: { ...engine, enableLora: false } })).toEqual(['lora-is-off']);
    expect(idsOf({ engine: { ...engine, enableLora: true } })).toEqual([]);
  });

  it('refuses modules without LoRA', () => {
    expect(errorsOf({ engine: { loraModules: ['a=/a'], maxLoras: 4, maxCpuLoras: 2 } })).toEqual([
      'engine.loraModules: names adapters while LoRA is off, and the server fails when it loads them; set engine.enableLora, or remove it [lora-is-off]',
    ]);
    expect(idsOf({ engine: { loraModules: ['a=/a'], enableLora: true } })).toEqual([]);
  });

  const lora = { enableLora: true, maxNumSeqs: 64, maxNumBatchedTokens: 256 };
  it.each([
    ['a typed option', { engine: { ...lora, speculativeConfig: { method: 'ngram', num_speculative_tokens: 4 } } }],
    [
      'dotted keys',
      {
        engine: lora,
        extraArgs: ['--speculative-config.method=ngram', '--speculative-config.num_speculative_tokens=4'],
      },
    ],
    ['short forms', { engine: lora, extraArgs: ['--spec-method=ngram', '--spec-tokens=4'] }],
  ])('refuses steps too small for drafts, set by %s', (_, props) => {
    expect(errorsOf(props)).toEqual([
      'engine.maxNumBatchedTokens: is 256, but 64 sequences with 4 drafts each and LoRA need 320; set it to at least 320, or engine.maxNumSeqs to at most 51 [batched-tokens-below-drafts]',
    ]);
    expect(errorsOf({ ...props, engine: { ...props.engine, maxNumBatchedTokens: 320 } })).toEqual([]);
  });

  it('accepts small steps without LoRA', () => {
    const speculativeConfig = { method: 'ngram', num_speculative_tokens: 4 };
    expect(idsOf({ engine: { ...lora, enableLora: false, speculativeConfig } })).toEqual([]);
  });

  it('refuses drafts that do not fit into the step that vLLM takes for this GPU', () => {
    const engine = { enableLora: true, speculativeConfig: { method: 'ngram', num_speculative_tokens: 8 } };
    expect(errorsOf({ engine })).toEqual([
      'engine.maxNumBatchedTokens: is unset, so it is 2048 on this GPU, but 256 sequences with 8 drafts each and LoRA need 2304; set it to at least 2304, or engine.maxNumSeqs to at most 227 [batched-tokens-below-drafts]',
    ]);
    expect(idsOf({ engine: { ...engine, maxNumSeqs: 227 } })).toEqual([]);
    expect(idsOf({ engine: { ...engine, maxNumBatchedTokens: 2304 } })).toEqual([]);
    expect(idsOf({ engine: { ...engine, performanceMode: 'throughput' } })).toEqual(['batched-tokens-below-drafts']);
  });

  it('refuses as many sequences as tokens, where only the tokens are set', () => {
    const engine = {
      enableLora: true,
      maxNumBatchedTokens: 256,
      speculativeConfig: { method: 'ngram', num_speculative_tokens: 4 },
    };
    expect(errorsOf({ engine })).toEqual([
      'engine.maxNumBatchedTokens: is 256, but 256 sequences with 4 drafts each and LoRA need 1280; set it to at least 1280, or engine.maxNumSeqs to at most 51 [batched-tokens-below-drafts]',
    ]);
  });

  it('reads the longest prompt as one step without chunked prefill', () => {
    const speculativeConfig = { method: 'ngram', num_speculative_tokens: 16 };
    const engine = { enableLora: true, enableChunkedPrefill: false, speculativeConfig };
    expect(idsOf({ engine: { ...engine, maxModelLen: 4096 } })).toContain('batched-tokens-below-drafts');
    expect(idsOf({ engine: { ...engine, maxModelLen: 20_000 } })).not.toContain('batched-tokens-below-drafts');
  });

  it.each([
    ['a release of which the defaults are not certain', pinned('0.18.0')],
    ['a device of unknown memory', { accelerator: Accelerator.resource('amd.com/gpu', 1) }],
  ])('is not certain with %s', (_, props: Parameters<typeof idsOf>[0]) => {
    const speculativeConfig = { method: 'ngram', num_speculative_tokens: 16 };
    const engine = { ...props.engine, enableLora: true, speculativeConfig };
    expect(idsOf({ ...props, engine })).not.toContain('batched-tokens-below-drafts');
  });
});
