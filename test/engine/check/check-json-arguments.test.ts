import type * as Arguments from '../../support/arguments';
import { FindingSeverity } from '../../../lib/preflight/finding';
import { argumentFindings, argumentLines as lines, argumentSeverities as severities } from '../../support/arguments';

describe('the JSON of a flag', () => {
  it.each([
    '{"inductor_passes":{"post_grad_custom_post_pass":"package.module.function"}}',
    '{"encoder_cudagraph_token_budgets":[1,2]}',
    '{"decoder_replay_cudagraph_capture_sizes":[1]}',
    '{"compile_ranges_endpoints":[1,"8"]}',
  ])('accepts --compilation-config=%s', (json) => {
    expect(lines('0.32.0', `--compilation-config=${json}`)).toEqual([]);
  });

  it.each([
    ['{"inductor_passes":{"a":"function"}}', 'give the full name of a function'],
    ['{"inductor_passes":{"a":".function"}}', 'give the full name of a function'],
    ['{"encoder_cudagraph_token_budgets":[0]}', 'at least 1'],
    ['{"decoder_replay_cudagraph_capture_sizes":[-1]}', 'at least 1'],
    ['{"compile_ranges_endpoints":[0]}', 'at least 1'],
  ])('fails for --compilation-config=%s', (json, fix) => {
    const found = lines('0.32.0', `--compilation-config=${json}`);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(fix);
  });

  it.each([
    [
      'broken JSON',
      '0.32.0',
      '--speculative-config={"method":',
      '--speculative-config is "{\\"method\\":", which is not valid JSON; give a JSON object [invalid-json]',
    ],
    [
      'JSON that is no object',
      '0.32.0',
      '--speculative-config=[1]',
      '--speculative-config is "[1]", which is not a JSON object; give a JSON object [wrong-json]',
    ],
    [
      'JSON that is no list',
      '0.32.0',
      '--allowed-origins={}',
      '--allowed-origins is "{}", which is not a JSON list; give a JSON list [wrong-json]',
    ],
    [
      'a slip in a key',
      '0.32.0',
      '--kv-transfer-config={"kv_conector":"x"}',
      '--kv-transfer-config of vLLM 0.32.0 has no key "kv_conector" (did you mean "kv_connector"?); give one of ',
    ],
    [
      'a key of a later release',
      '0.31.0',
      '--logging-config={"formatter":"json"}',
      'the key "formatter" of --logging-config was added in vLLM 0.32, and the pinned version is 0.31.0; raise vllmVersion to 0.32 or later, or remove it [json-key-too-new]',
    ],
    [
      'a removed key',
      '0.32.0',
      '--kv-transfer-config={"kv_rank":0}',
      'the key "kv_rank" of --kv-transfer-config was removed in vLLM 0.32, and the pinned version is 0.32.0; remove it [json-key-removed]',
    ],
    [
      'an unknown key after a dot',
      '0.32.0',
      '--compilation-config.lavel=3',
      '--compilation-config of vLLM 0.32.0 has no key "lavel"',
    ],
    [
      'an unknown bucket family',
      '0.32.0',
      '--custom-histogram-buckets={"request_latencies":[1]}',
      '--custom-histogram-buckets of vLLM 0.32.0 has no key "request_latencies" (did you mean "request_latency"?)',
    ],
    [
      'a value outside the list of a key',
      '0.32.0',
      '--kv-transfer-config={"kv_role":"both"}',
      'the key "kv_role" of --kv-transfer-config is "both"; give one of kv_producer, kv_both, kv_consumer [wrong-json-value]',
    ],
    [
      'a method that a later release dropped',
      '0.33.0',
      '--speculative-config={"method":"medusa"}',
      'the key "method" of --speculative-config is "medusa", which was removed in vLLM 0.33, and the pinned version is 0.33.0; give one of ngram,',
    ],
    [
      'a text where a key needs a number',
      '0.32.0',
      '--speculative-config={"num_speculative_tokens":"many"}',
      'the key "num_speculative_tokens" of --speculative-config is "many"; give a whole number, greater than 0 [wrong-json-value]',
    ],
    [
      'a number where a key needs text',
      '0.32.0',
      '--speculative-config={"model":7}',
      'the key "model" of --speculative-config is 7; give text or null [wrong-json-value]',
    ],
    [
      'a text where a key needs a list',
      '0.32.0',
      '--custom-histogram-buckets={"request_latency":1}',
      'the key "request_latency" of --custom-histogram-buckets is 1; give a list of numbers greater than 0, each greater than the one before it [wrong-json-value]',
    ],
    [
      'null where a key does not accept it',
      '0.32.0',
      '--speculative-config={"parallel_drafting":null}',
      'the key "parallel_drafting" of --speculative-config is null; give true or false [wrong-json-value]',
    ],
    [
      'an unknown inner key',
      '0.32.0',
      '--compilation-config={"pass_config":{"fuse_norm_quants":true}}',
      '--compilation-config of vLLM 0.32.0 has no key "pass_config.fuse_norm_quants" (did you mean "fuse_norm_quant"?); give one of ',
    ],
    [
      'an inner key of an earlier release',
      '0.32.0',
      '-cc.pass_config.enable_sp=true',
      'the key "pass_config.enable_sp" of --compilation-config was removed in vLLM 0.32, and the pinned version is 0.32.0; remove it [json-key-removed]',
    ],
    [
      'a key that vLLM fills',
      '0.32.0',
      '--compilation-config={"traced_files":[]}',
      'the key "traced_files" of --compilation-config is filled by vLLM, which refuses it when it is set; remove it [unknown-json-key]',
    ],
    [
      'a missing key',
      '0.32.0',
      '--watermark-config={}',
      '--watermark-config has no key "key", which vLLM needs; add "key" [missing-json-key]',
    ],
    [
      'a missing key beside a dotted one',
      '0.32.0',
      '--watermark-config.alpha=0.5',
      '--watermark-config has no key "key", which vLLM needs; add "key" [missing-json-key]',
    ],
    [
      'a number outside the bounds of a key',
      '0.32.0',
      '--attention-config={"tokenspeed_mla_min_split_kv":257}',
      'the key "tokenspeed_mla_min_split_kv" of --attention-config is 257; give a whole number, at least 1 and at most 256 [wrong-json-value]',
    ],
    [
      'an item of a wrong type',
      '0.32.0',
      '--compilation-config={"cudagraph_capture_sizes":[1,"two"]}',
      'the key "cudagraph_capture_sizes[1]" of --compilation-config is "two"; give a whole number [wrong-json-value]',
    ],
    [
      'a misspelt name of a mode',
      '0.32.0',
      '--compilation-config={"cudagraph_mode":"piecewize"}',
      'the key "cudagraph_mode" of --compilation-config is "piecewize" (did you mean "PIECEWISE"?); give one of NONE, PIECEWISE, ',
    ],
    [
      'a misspelt attention backend',
      '0.32.0',
      '--attention-config={"backend":"flash_attn_"}',
      'the key "backend" of --attention-config is "flash_attn_" (did you mean "FLASH_ATTN"?); give one of FLASH_ATTN, FLASH_ATTN_MLA, ',
    ],
    [
      'a custom op without its sign',
      '0.32.0',
      '--compilation-config={"custom_ops":["rms_norm"]}',
      'the key "custom_ops" of --compilation-config is ["rms_norm"]; write "+rms_norm" to turn it on or "-rms_norm" to turn it off [wrong-json-value]',
    ],
    [
      'two base modes of custom ops',
      '0.32.0',
      '--compilation-config={"custom_ops":["none","all"]}',
      'the key "custom_ops" of --compilation-config is ["none","all"]; keep one of "all" and "none", once [wrong-json-value]',
    ],
    [
      'a custom op that is on and off',
      '0.32.0',
      '--compilation-config={"custom_ops":["+silu","-silu"]}',
      'the key "custom_ops" of --compilation-config is ["+silu","-silu"]; keep one of "+silu" and "-silu" [wrong-json-value]',
    ],
    [
      'an unknown reasoning parser',
      '0.32.0',
      '--structured-outputs-config.reasoning_parser=qwen4',
      'the key "reasoning_parser" of --structured-outputs-config is "qwen4" (did you mean "qwen3"?); give one of ',
    ],
    [
      'text for an object',
      '0.32.0',
      '--media-io-kwargs={"video":8}',
      'the key "video" of --media-io-kwargs is 8; give an object [wrong-json-value]',
    ],
    [
      'text for a whole JSON, which the engine does not read',
      '0.32.0',
      '--additional-config=abc',
      '--additional-config is "abc", which is not valid JSON; give a JSON object [invalid-json]',
    ],
  ])('refuses %s', (_, release, argument, expected) => {
    expect(severities(release, argument)).toEqual([FindingSeverity.ERROR]);
    expect(lines(release, argument)[0]).toContain(expected);
  });

  it('warns about unknown keys and wrong values of JSON before vLLM refused them', () => {
    expect(severities('0.15.1', '--kv-transfer-config={"kv_conector":"x"}')).toEqual([FindingSeverity.WARNING]);
    expect(severities('0.15.1', '--kv-transfer-config={"kv_role":"both"}')).toEqual([FindingSeverity.WARNING]);
  });

  it('warns about a value outside an open list of a key', () => {
    expect(severities('0.32.0', '--weight-transfer-config={"backend":"mine"}')).toEqual([FindingSeverity.WARNING]);
  });

  it.each([
    ['an unset flag as vLLM has it', '0.32.0', '--speculative-config=None'],
    ['the JSON null of a flag', '0.32.0', '--limit-mm-per-prompt=null'],
    [
      'keys with dashes where vLLM reads them',
      '0.32.0',
      '--speculative-config={"method":"ngram","num-speculative-tokens":2}',
    ],
    [
      'a parser that a plugin can add',
      '0.32.0',
      '--structured-outputs-config={"reasoning_parser":"mine","reasoning_parser_plugin":"/p.py"}',
    ],
    ['any text where the list is open in a later release', '0.33.0', '--attention-config={"indexer_kv_dtype":"fp8"}'],
    [
      'inner keys and bounds of releases before they are known',
      '0.20.2',
      '--compilation-config={"pass_config":{"mine":1},"mode":"mine"}',
    ],
    [
      'inner keys of both schemas between them',
      '0.29.0',
      '--compilation-config={"pass_config":{"enable_sp":true,"fuse_qk_norm_rope_kvcache":true}}',
    ],
  ])('accepts %s', (_, release, argument) => {
    expect(lines(release, argument)).toEqual([]);
  });

  it('refuses the names of a plugin without the plugin', () => {
    const argument = '--reasoning-config.reasoning_parser=mine';
    expect(severities('0.32.0', argument)).toEqual([FindingSeverity.ERROR]);
    expect(lines('0.32.0', argument, '--reasoning-parser-plugin=/p.py')).toEqual([]);
  });

  it.each([
    ['auto', { num_threads: 8, concurrency: 16 }, []],
    ['safetensors', { enable_multithread_load: true, num_threads: 8 }, []],
    ['runai_streamer', { concurrency: 16, memory_limit: -1, distributed: true }, []],
    ['sharded_state', { pattern: 'model-{part}.safetensors' }, []],
    // The image has no such format; an image of the user's own may.
    ['of-a-plugin', { anything: 1 }, ['unknown-choice']],
    ['safetensors', { concurrency: 16 }, ['unknown-json-key']],
    ['runai_streamer', { num_threads: 8 }, ['unknown-json-key']],
    ['runai_streamer', { concurrency: 0 }, ['wrong-json-value']],
    ['sharded_state', { patern: 'x' }, ['unknown-json-key']],
    ['auto', { enable_multithread_load: 1 }, ['wrong-json-value']],
  ])('reads the keys of the loader by the format of the weights: %s with %j', (format, config, ids) => {
    const loader = `--model-loader-extra-config=${JSON.stringify(config)}`;
    const found = argumentFindings('0.32.0', `--load-format=${format}`, loader);
    expect(found.filter(({ severity }) => severity === FindingSeverity.ERROR).map(({ id }) => id)).toEqual(ids);
  });

  it('does not check the keys of the loader before they are known', () => {
    expect(lines('0.31.0', '--load-format=safetensors', '--model-loader-extra-config={"concurrency":16}')).toEqual([]);
  });

  it('names the property of each dotted spelling', () => {
    const findings = argumentFindings('0.32.0', '-cc.mode=3', '-cc.backend=eager', '-cc.pass_config.x=1');
    expect(findings.map(({ subject }) => subject)).toEqual(['extraArgs[2]']);
  });

  it('is only read against its table when there is one', () => {
    jest.isolateModules(() => {
      jest.doMock('../../../lib/engine/catalogue/data/json-schema', () => {
        throw new Error('the table is loaded');
      });
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the modules of this test only
      const fresh = require('../../support/arguments') as typeof Arguments;
      expect(fresh.argumentLines('0.32.0', '--max-model-len=8k', '--kv-cache-dtype=fp8')).toEqual([]);
      expect(() => fresh.argumentLines('0.32.0', '--kernel-config={"x":1}')).toThrow('the table is loaded');
    });
    jest.dontMock('../../../lib/engine/catalogue/data/json-schema');
  });
});
