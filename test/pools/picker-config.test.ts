import { pickerConfig } from '../../lib/pools/picker-config';

const WEIGHTS = { prefixCache: 3, kvCache: 2, queue: 2 };

/** Plugins of the only profile, with their weights. */
const profile = (config: ReturnType<typeof pickerConfig>) =>
  Object.fromEntries(config.schedulingProfiles.flatMap(({ plugins }) => plugins.map((p) => [p.pluginRef, p.weight])));

const types = (config: ReturnType<typeof pickerConfig>) => config.plugins.map(({ type }) => type);

describe('the configuration of an endpoint picker', () => {
  test("is of the version that the program reads, and not of Gateway API's deprecated group", () => {
    expect(pickerConfig({ weights: WEIGHTS, lengthFilter: false })).toMatchObject({
      apiVersion: 'llm-d.ai/v1alpha1',
      kind: 'EndpointPickerConfig',
    });
  });

  test('scores queue, KV cache and cached prefixes', () => {
    expect(profile(pickerConfig({ weights: WEIGHTS, lengthFilter: false }))).toEqual({
      'queue-scorer': 2,
      'kv-cache-utilization-scorer': 2,
      'prefix-cache-scorer': 3,
    });
  });

  test('reads the metrics of the pods', () => {
    const config = pickerConfig({ weights: WEIGHTS, lengthFilter: false });
    expect(types(config)).toEqual(expect.arrayContaining(['metrics-data-source', 'core-metrics-extractor']));
    expect(config.plugins).toContainEqual({
      type: 'metrics-data-source',
      parameters: { scheme: 'http', path: '/metrics', insecureSkipVerify: true },
    });
  });

  test('filters by length, not only scores, when members have ranges', () => {
    const config = pickerConfig({ weights: WEIGHTS, lengthFilter: true });
    expect(config.plugins[0]).toEqual({
      type: 'context-length-aware',
      parameters: { label: 'llm-d.ai/context-length-range', enableFiltering: true },
    });
    expect(profile(config)).toMatchObject({ 'context-length-aware': 1 });
  });

  test('has no length filter without ranges', () => {
    expect(types(pickerConfig({ weights: WEIGHTS, lengthFilter: false }))).not.toContain('context-length-aware');
  });

  test('has no scorer with weight 0, which would still be computed', () => {
    const config = pickerConfig({ weights: { ...WEIGHTS, prefixCache: 0 }, lengthFilter: false });
    expect(types(config)).not.toContain('prefix-cache-scorer');
    expect(profile(config)).not.toHaveProperty('prefix-cache-scorer');
  });

  test('declares every plugin that a profile refers to, which the program requires', () => {
    for (const lengthFilter of [true, false]) {
      const config = pickerConfig({ weights: WEIGHTS, lengthFilter });
      expect(types(config)).toEqual(expect.arrayContaining(Object.keys(profile(config))));
    }
  });
});
