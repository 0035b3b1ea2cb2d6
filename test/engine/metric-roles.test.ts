import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import type { MetricRole } from '../../lib/engine/metric-roles';
import { exposedMetrics, METRIC_ROLES, metricOf, movedBy, newestName } from '../../lib/engine/metric-roles';
import { KNOWN_MINORS, lastPatchOf, parseRelease } from '../../lib/engine/release';

const catalogueOf = (version: string) => Catalogue.of(parseRelease(version));
const CATALOGUES = KNOWN_MINORS.flatMap((minor) => lastPatchOf(minor) ?? []).map((release) => Catalogue.of(release));
const NEWEST = CATALOGUES[CATALOGUES.length - 1] as Catalogue;
const ROWS = Object.entries(METRIC_ROLES);

describe.each(ROWS)('the role %s', (role, { names, flags = [], movedBy: movers = [] }) => {
  it('has names that a release exposes', () => {
    const known = names.filter((name) => CATALOGUES.some((each) => each.metric(name)?.hidden === false));
    expect(known).toEqual(names);
  });

  it('has flags of the catalogue', () => {
    expect([...flags, ...movers].filter((flag) => NEWEST.flag(flag) === undefined)).toEqual([]);
  });

  it('never changes from a newer name back to an older one', () => {
    const places = CATALOGUES.map((each) => exposedMetrics(each, flags)[role as MetricRole])
      .filter((name) => name !== undefined)
      .map((name) => names.indexOf(name));
    expect(places).toEqual([...places].sort((a, b) => b - a));
  });
});

it('no metric has two roles', () => {
  const names = ROWS.flatMap(([, row]) => row.names);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

describe('the name in a release', () => {
  it.each<[role: MetricRole, version: string, name: string]>([
    ['kvCacheUse', '0.9.1', 'vllm:gpu_cache_usage_perc'],
    ['kvCacheUse', '0.9.2', 'vllm:kv_cache_usage_perc'],
    ['kvCacheUse', '0.99.0', 'vllm:kv_cache_usage_perc'],
    ['interTokenLatency', '0.10.1', 'vllm:time_per_output_token_seconds'],
    ['interTokenLatency', '0.10.2', 'vllm:inter_token_latency_seconds'],
  ])('of %s in vLLM %s is %s', (role, version, name) => {
    expect(metricOf(role, catalogueOf(version))).toBe(name);
  });

  it('is the newest one where the release exposes none', () => {
    expect(exposedMetrics(catalogueOf('0.31.0'), movedBy('rejections')).rejections).toBeUndefined();
    expect(metricOf('rejections', catalogueOf('0.31.0'))).toBe(newestName('rejections'));
  });
});

describe('what a release exposes', () => {
  it('has a role that needs flags with one of them only', () => {
    expect(exposedMetrics(NEWEST, []).draftTokens).toBeUndefined();
    expect(exposedMetrics(NEWEST, ['--spec-model']).draftTokens).toBe(newestName('draftTokens'));
  });

  it('has a role also without the flags that only change its values', () => {
    expect(exposedMetrics(NEWEST, []).rejections).toBe(newestName('rejections'));
  });
});
