import { Catalogue } from '../../../lib/engine/catalogue/catalogue';
import { checkArguments } from '../../../lib/engine/check/check-arguments';
import { parseRelease } from '../../../lib/engine/release';
import { findingLine, FindingSeverity } from '../../../lib/preflight/finding';
import {
  argumentFindings as findings,
  argumentLines as lines,
  argumentSeverities as severities,
} from '../../support/arguments';

describe('arguments', () => {
  it.each([
    ['a number', '0.32.0', '--max-model-len=8192'],
    ['a number with a suffix', '0.32.0', '--max-model-len=8k'],
    ['a fraction with a decimal suffix', '0.32.0', '--max-model-len=25.6k'],
    ['auto for the context length', '0.32.0', '--max-model-len=auto'],
    ['-1 for the context length', '0.32.0', '--max-model-len=-1'],
    ['a share', '0.32.0', '--gpu-memory-utilization=.9'],
    ['a known choice', '0.32.0', '--kv-cache-dtype=fp8'],
    ['a choice in another case where case does not matter', '0.32.0', '--moe-backend=Deep-GEMM'],
    ['a switch', '0.32.0', '--no-enable-prefix-caching'],
    ['JSON with known keys', '0.32.0', '--kv-transfer-config={"kv_connector":"NixlConnector","kv_role":"kv_both"}'],
    ['a key of JSON', '0.32.0', '--kv-transfer-config.kv_role=kv_both'],
    ['an item for a list in JSON', '0.32.0', '--compilation-config.cudagraph_capture_sizes+=8'],
    ['free JSON', '0.32.0', '--override-generation-config={"anything":1}'],
    ['text where JSON or text is allowed', '0.32.0', '--pt-load-map-location=cuda:0'],
    ['a compilation level as the number of old releases', '0.11.2', '-O3'],
    ['a parser that is built in', '0.32.0', '--tool-call-parser=hermes'],
    ['none for the reasoning parser', '0.33.0', '--reasoning-parser=none'],
    ['an optional value that is unset', '0.32.0', '--hf-token'],
    ['a boolean as value', '0.11.2', '--guided-decoding-disable-fallback=true'],
  ])('may be %s', (_, release, ...extraArgs) => {
    expect(findings(release, ...extraArgs).filter(({ severity }) => severity === FindingSeverity.ERROR)).toEqual([]);
  });

  it('may repeat a flag that vLLM collects', () => {
    expect(lines('0.32.0', '--middleware=a.A', '--middleware=b.B')).toEqual([]);
  });

  it('may set different keys of one JSON flag', () => {
    const args = ['--compilation-config.mode=3', '--compilation-config.cudagraph_mode=FULL'];
    expect(lines('0.32.0', ...args)).toEqual([]);
  });

  it('may name a parser of a plugin', () => {
    expect(lines('0.32.0', '--tool-call-parser=mine', '--tool-parser-plugin=/plugins/mine.py')).toEqual([]);
    expect(lines('0.32.0', '--reasoning-parser=mine', '--reasoning-parser-plugin=/plugins/mine.py')).toEqual([]);
  });
});

describe('an argument', () => {
  it.each([
    [
      'a slip in the name of a flag',
      '0.32.0',
      '--max-modle-len=8192',
      'vLLM 0.32.0 has no flag --max-modle-len (did you mean "--max-model-len"?); correct the name or remove it [unknown-flag]',
    ],
    [
      'a flag that nothing resembles',
      '0.32.0',
      '--frobnicate-everything',
      'vLLM 0.32.0 has no flag --frobnicate-everything; correct the name or remove it [unknown-flag]',
    ],
    [
      'a key of a flag that does not accept JSON',
      '0.32.0',
      '--max-model-len.x=1',
      '--max-model-len.x has a key after the dot, and --max-model-len does not accept JSON; write --max-model-len and its value [unknown-flag]',
    ],
    [
      'the opposite of a switch that has none',
      '0.32.0',
      '--no-disable-log-stats',
      'vLLM 0.32.0 has --disable-log-stats without a --no- form; remove --no-disable-log-stats [unknown-flag]',
    ],
    [
      'the beginning of one flag',
      '0.32.0',
      '--max-num-seq=4',
      "--max-num-seq is not the full name of a flag: vLLM's parser would read it as --max-num-seqs; write --max-num-seqs [abbreviated-flag]",
    ],
    [
      'the beginning of several flags',
      '0.32.0',
      '--max-num-queued=4',
      "--max-num-queued is not the full name of a flag: vLLM's parser cannot choose between --max-num-queued-reqs, --max-num-queued-tokens; write the full name [abbreviated-flag]",
    ],
    [
      'a flag of a later release',
      '0.28.0',
      '--max-num-queued-reqs=4',
      '--max-num-queued-reqs was added in vLLM 0.29, and the pinned version is 0.28.0; raise vllmVersion to 0.29 or later, or remove it [flag-too-new]',
    ],
    [
      'a flag of a later patch release',
      '0.11.0',
      '--cudagraph-capture-sizes=1',
      '--cudagraph-capture-sizes was added in vLLM 0.11.1, and the pinned version is 0.11.0; raise vllmVersion to 0.11.1 or later, or remove it [flag-too-new]',
    ],
    [
      'an inverse spelling of a later release',
      '0.32.0',
      '--disable-prefix-caching',
      '--disable-prefix-caching was added in vLLM 0.33, and the pinned version is 0.32.0; raise vllmVersion to 0.33 or later, or remove it [flag-too-new]',
    ],
    [
      'a short form of a later release',
      '0.11.2',
      '-cc={}',
      '-cc was added in vLLM 0.12, and the pinned version is 0.11.2; use --compilation-config, or raise vllmVersion to 0.12 or later, or remove it [flag-too-new]',
    ],
    [
      'a removed flag',
      '0.32.0',
      '--swap-space=4',
      '--swap-space was removed in vLLM 0.18, and the pinned version is 0.32.0; remove it [flag-removed]',
    ],
    [
      'a removed flag that another one replaces',
      '0.32.0',
      '--task=embed',
      '--task was removed in vLLM 0.13, and the pinned version is 0.32.0; use --runner and --convert, or remove it [flag-removed]',
    ],
    [
      'a flag removed by a patch release',
      '0.11.1',
      '--rope-theta=1',
      '--rope-theta was removed in vLLM 0.11.1, and the pinned version is 0.11.1; use --hf-overrides, or remove it [flag-removed]',
    ],
    [
      'a removed flag that is now the beginning of another',
      '0.28.0',
      '--device=cuda',
      "--device was removed in vLLM 0.10, and the pinned version is 0.28.0; vLLM's parser would read it as --device-ids; remove it [flag-removed]",
    ],
    [
      'a flag without its value',
      '0.32.0',
      '--seed',
      '--seed needs a value, but has none; write --seed=<value> [missing-value]',
    ],
    [
      'a value for a switch',
      '0.32.0',
      '--enable-prefix-caching=true',
      '--enable-prefix-caching accepts no value, but has "true"; write --enable-prefix-caching to turn it on, or --no-enable-prefix-caching to turn it off [unexpected-value]',
    ],
    [
      'a value for a switch without opposite',
      '0.32.0',
      '--disable-log-stats=false',
      '--disable-log-stats accepts no value, but has "false"; write --disable-log-stats to turn it on, or remove it [unexpected-value]',
    ],
    ['a text for a whole number', '0.32.0', '--seed=abc', '--seed is "abc"; give a whole number [not-a-number]'],
    [
      'a fraction for a whole number',
      '0.32.0',
      '--max-num-seqs=4.5',
      '--max-num-seqs is "4.5"; give a whole number [not-a-number]',
    ],
    ['a text for a number', '0.32.0', '--watermark=some', '--watermark is "some"; give a number [not-a-number]'],
    ['no text for a number', '0.32.0', '--seed=', '--seed is ""; give a whole number [not-a-number]'],
    [
      'an unknown suffix',
      '0.32.0',
      '--max-num-batched-tokens=8x',
      '--max-num-batched-tokens is "8x"; give a whole number, or one such as 8k (8000) or 8K (8192) [not-a-number]',
    ],
    [
      'a fraction with a binary suffix',
      '0.32.0',
      '--max-num-batched-tokens=1.5K',
      '--max-num-batched-tokens is "1.5K"; give a whole number, or one such as 8k (8000) or 8K (8192) [not-a-number]',
    ],
    [
      'a suffix before the flag accepted it',
      '0.8.5',
      '--max-num-batched-tokens=8k',
      '--max-num-batched-tokens is "8k"; give a whole number [not-a-number]',
    ],
    [
      'a fraction with a binary suffix',
      '0.32.0',
      '--max-model-len=8.5K',
      '--max-model-len is "8.5K"; give a whole number, or one such as 8k (8000) or 8K (8192)',
    ],
    [
      'auto before the flag accepted it',
      '0.13.0',
      '--max-model-len=auto',
      '--max-model-len is "auto"; give a whole number, or one such as 8k (8000) or 8K (8192) [not-a-number]',
    ],
    [
      'a context length of nothing',
      '0.32.0',
      '--max-model-len=0',
      '--max-model-len is "0"; give a whole number, or one such as 8k (8000) or 8K (8192), at least 1, or one of auto, -1 [out-of-bounds]',
    ],
    [
      'more than the whole GPU',
      '0.32.0',
      '--gpu-memory-utilization=1.5',
      '--gpu-memory-utilization is "1.5"; give a number, greater than 0 and at most 1 [out-of-bounds]',
    ],
    [
      'a fraction at its open end',
      '0.32.0',
      '--watermark=1',
      '--watermark is "1"; give a number, at least 0 and less than 1 [out-of-bounds]',
    ],
    [
      'a value outside a closed list',
      '0.32.0',
      '--scheduling-policy=prio',
      '--scheduling-policy is "prio"; give one of fcfs, priority [unknown-choice]',
    ],
    [
      'a slip in a value of a closed list',
      '0.32.0',
      '--dtype=bfloat61',
      '--dtype is "bfloat61" (did you mean "bfloat16"?); give one of auto, half, float16, bfloat16, float, float32 [unknown-choice]',
    ],
    [
      'a number outside a closed list',
      '0.32.0',
      '--max-lora-rank=24',
      '--max-lora-rank is "24"; give one of 1, 8, 16, 32, 64, 128, 256, 320, 512 [unknown-choice]',
    ],
    [
      'a value of a later release',
      '0.10.2',
      '--kv-cache-dtype=nvfp4',
      '--kv-cache-dtype is "nvfp4", which was added in vLLM 0.20, and the pinned version is 0.10.2; raise vllmVersion to 0.20 or later, or give one of auto, fp8, fp8_e4m3, fp8_e5m2, fp8_inc [unknown-choice]',
    ],
    [
      'a removed value',
      '0.32.0',
      '--convert=reward',
      '--convert is "reward", which was removed in vLLM 0.16, and the pinned version is 0.32.0; give one of auto, none, embed, classify [unknown-choice]',
    ],
  ])('refuses %s', (_, release, argument, expected) => {
    expect(severities(release, argument)).toEqual([FindingSeverity.ERROR]);
    expect(lines(release, argument)[0]).toContain(expected);
  });

  it('refuses a text for a boolean value', () => {
    expect(lines('0.11.2', '--guided-decoding-disable-fallback=maybe')).toContain(
      '--guided-decoding-disable-fallback is "maybe"; give true or false [unknown-choice]',
    );
  });

  it('refuses a parser name that is not built in', () => {
    expect(lines('0.32.0', '--tool-call-parser=hermess')[0]).toMatch(
      /^--tool-call-parser is "hermess" \(did you mean "hermes"\?\); give one of .*, or load your own with --tool-parser-plugin \[unknown-parser\]$/,
    );
    expect(severities('0.32.0', '--reasoning-parser=mine')).toEqual([FindingSeverity.ERROR]);
  });

  it('refuses two values for a flag that accepts one, from a typed option', () => {
    const catalogue = Catalogue.of(parseRelease('0.32.0'));
    const twice = { origin: 'engine.seed', flag: '--seed', values: ['1', '2'] };
    expect(checkArguments([twice], catalogue).map(findingLine)).toEqual([
      'engine.seed: --seed accepts one value, but has "1" "2"; give one [too-many-values]',
    ]);
  });

  it.each([
    ['twice', ['--seed=1', '--seed=2'], '--seed "2" sets --seed again: extraArgs[0] already sets --seed "1"'],
    [
      'by a short form',
      ['-tp=2', '--tensor-parallel-size=4'],
      '--tensor-parallel-size "4" sets --tensor-parallel-size again',
    ],
    ['with underscores', ['--max-model-len=1', '--max_model_len=2'], '--max_model_len "2" sets --max-model-len again'],
    ['and its opposite', ['--enforce-eager', '--no-enforce-eager'], '--no-enforce-eager sets --enforce-eager again'],
    ['as a list', ['--lora-modules=a=/a', '--lora-modules=b=/b'], '--lora-modules "b=/b" sets --lora-modules again'],
    [
      'whole and by a key',
      ['--kv-transfer-config={"kv_role":"kv_both"}', '--kv-transfer-config.kv_role=kv_both'],
      '--kv-transfer-config.kv_role "kv_both" sets --kv-transfer-config again',
    ],
    [
      'by keys of two spellings, of which vLLM drops one',
      ['--compilation-config.mode=3', '-cc.backend=eager'],
      '-cc.backend "eager" sets --compilation-config again: extraArgs[0] already sets --compilation-config.mode "3"',
    ],
    [
      'by a key twice',
      ['--compilation-config.mode=3', '-cc.mode=0'],
      '-cc.mode "0" sets --compilation-config again: extraArgs[0] already sets --compilation-config.mode "3"',
    ],
  ])('refuses a flag set %s', (_, args, expected) => {
    const [line = ''] = lines('0.32.0', ...args);
    expect(line).toContain(expected);
    expect(line).toContain('; keep one of them [flag-twice]');
  });

  it.each([
    [
      'an API key set twice',
      ['--api-key=s3cr3t', '--api_key=s3cr3t'],
      '--api_key a value that is not printed sets --api-key again: extraArgs[0] already sets --api-key a value that is not printed',
    ],
    ['two tokens', ['--hf-token=s3cr3t', '--hf-token=s3cr3t2'], '--hf-token a value that is not printed sets'],
    [
      'a password in a URL for a switch',
      ['--enforce-eager=https://me:s3cr3t@host'],
      '--enforce-eager accepts no value, but has a value that is not printed',
    ],
    [
      'a secret for a number',
      [`--seed=hf_${'s3cr3t'.repeat(4)}`],
      '--seed is a value that is not printed; give a whole number',
    ],
    [
      'a secret for a choice',
      [`--dtype=ghp_${'s3cr3t'.repeat(4)}`],
      '--dtype is a value that is not printed; give one of',
    ],
    [
      'broken JSON with a secret',
      [`--kv-transfer-config={"x":"hf_${'s3cr3t'.repeat(4)}"`],
      '--kv-transfer-config is a value that is not printed, which is not valid JSON',
    ],
    [
      'a secret as the value of a key',
      [`--kv-transfer-config={"kv_role":"hf_${'s3cr3t'.repeat(4)}"}`],
      'the key "kv_role" of --kv-transfer-config is a value that is not printed; give one of',
    ],
  ])('refuses %s without printing it', (_, args, expected) => {
    const [line = ''] = lines('0.32.0', ...args);
    expect(line).toContain(expected);
    expect(line).not.toContain('s3cr3t');
  });

  it('warns about a deprecated flag', () => {
    expect(severities('0.32.0', '--log-config-file=/etc/log.json')).toEqual([FindingSeverity.WARNING]);
    expect(lines('0.32.0', '--log-config-file=/etc/log.json')).toEqual([
      '--log-config-file is deprecated since vLLM 0.31; use --logging-config.pylogging_config_file [deprecated-flag]',
    ]);
    expect(lines('0.33.0', '--ir-op-priority={}')).toEqual([
      '--ir-op-priority is deprecated since vLLM 0.33; remove it before a later vLLM refuses it [deprecated-flag]',
    ]);
  });

  it('warns about a value outside an open list', () => {
    expect(severities('0.32.0', '--tokenizer-mode=mistrel')).toEqual([FindingSeverity.WARNING]);
    expect(lines('0.32.0', '--tokenizer-mode=mistrel')[0]).toContain(
      '--tokenizer-mode is "mistrel" (did you mean "mistral"?); vLLM accepts other names only from a plugin',
    );
  });
});
