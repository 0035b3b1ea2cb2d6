import { FindingSeverity } from '../../../lib/preflight/finding';
import { argumentLines as lines, argumentSeverities as severities } from '../../support/arguments';

describe('the JSON of a flag', () => {
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
      'the key "num_speculative_tokens" of --speculative-config is "many"; give a whole number greater than 0 [wrong-json-value]',
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
});
