import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import { QUIRKS } from '../../lib/engine/catalogue/data/quirks';
import {
  behaviourRows,
  flagRows,
  jsonSchema,
  metricRows,
  routeRows,
  variableRows,
} from '../../lib/engine/catalogue/load';
import type { FlagRow, Row } from '../../lib/engine/catalogue/rows';
import { holds } from '../../lib/engine/catalogue/span';
import type { Release } from '../../lib/engine/release';
import { compareVersions, KNOWN_MINORS, lastPatchOf, parseRelease } from '../../lib/engine/release';

const at = (text: string) => Catalogue.of(parseRelease(text));

/** The tables describe a minor as of its last patch release. */
const LAST_PATCHES: Release[] = KNOWN_MINORS.map(lastPatchOf).filter((release) => release !== undefined);

describe('the tables', () => {
  const FLAGS = [
    137, 164, 176, 200, 194, 195, 204, 207, 212, 222, 226, 231, 239, 247, 261, 261, 266, 270, 274, 282, 284, 292, 300,
    311, 316, 320,
  ];
  // Those of vLLM itself; the five of the HTTP server are in every release.
  const METRICS = [
    38, 34, 32, 45, 45, 46, 46, 46, 52, 55, 58, 58, 62, 62, 67, 67, 79, 79, 87, 87, 100, 100, 104, 112, 126, 138,
  ];

  it.each(LAST_PATCHES.map((release, index) => [release.text, FLAGS[index], METRICS[index]]))(
    'list for %s %i flags and %i metrics',
    (text, flags, metrics) => {
      const catalogue = at(String(text));
      expect(catalogue.flags()).toHaveLength(Number(flags));
      expect(catalogue.metrics().filter(({ name }) => name.startsWith('vllm:'))).toHaveLength(Number(metrics));
    },
  );

  const routes = routeRows().map((row) => ({ ...row, name: `${row.method} ${row.path}` }));
  const fields = Object.entries(jsonSchema()).flatMap(([owner, rows]) =>
    rows.map((row) => ({ ...row, name: `${owner} ${row.name}` })),
  );
  const tables: [string, readonly Row[]][] = [
    ['flags', flagRows()],
    ['keys of JSON flags', fields],
    ['variables', variableRows()],
    ['metrics', metricRows()],
    ['routes', routes],
  ];

  it.each(tables)('name each of the %s once', (_, rows) => {
    const names = rows.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it.each(tables)('have spans of the %s that end after they begin, and whose ends are versions', (_, rows) => {
    const ranged = (row: Row) => ['choices', 'labels', 'also', 'aliases'].map((key) => (row as never)[key] as unknown);
    const spansOf = (words: unknown) => (typeof words === 'object' ? Object.keys(words ?? {}) : []);
    const aliasSpans = flagRows().flatMap((row) => Object.values(row.aliases ?? {}));
    const words = rows.flatMap(ranged).flatMap(spansOf);
    const spans = [
      ...rows.map((row) => row.in ?? '..'),
      ...aliasSpans,
      ...words.filter((word) => !word.startsWith('-')),
    ];
    for (const span of spans.flatMap((each) => each.split(' '))) {
      expect(span).toMatch(/^(\d+\.\d+(\.\d+)*)?\.\.(\d+\.\d+(\.\d+)*)?$/);
      const [from = '', until = ''] = span.split('..');
      if (from !== '' && until !== '') expect(compareVersions(from, until)).toBeLessThan(0);
    }
  });

  it.each(tables)('have earlier states of the %s for known minors only', (_, rows) => {
    const minors = rows.flatMap(({ before }) => Object.keys(before ?? {}));
    expect(minors.filter((minor) => !KNOWN_MINORS.includes(minor))).toEqual([]);
  });

  it('describe only minors that are known in the notes on behaviour, oldest first', () => {
    const minors = behaviourRows().map(({ minor }) => minor);
    expect([...minors].sort(compareVersions)).toEqual(minors);
    expect(minors.filter((minor) => !KNOWN_MINORS.includes(minor))).toEqual([]);
  });

  // Names of flags in columns of their own are checked by the compiler.
  it.each([...tables, ['behaviours', behaviourRows()], ['quirks', Object.values(QUIRKS)]])(
    'name only known flags in the texts of the %s',
    (_, rows) => {
      const known = new Set(flagRows().flatMap(({ name, aliases = {} }) => [name, ...Object.keys(aliases)]));
      const named = JSON.stringify(rows).match(/--[a-z0-9]+(-[a-z0-9]+)*/g) ?? [];
      expect(named.filter((name) => !known.has(name.replace(/^--no-/, '--')))).toEqual([]);
    },
  );

  it.each(LAST_PATCHES.map(({ text }) => text))('give every spelling of %s to one flag', (text) => {
    const release = parseRelease(text);
    const spellings = (row: FlagRow) => {
      const aliases = Object.entries(row.aliases ?? {}).filter(([, span]) => holds(span, release));
      return [row.name, ...aliases.map(([alias]) => alias)];
    };
    const all = flagRows()
      .filter((row) => holds(row.in, release))
      .flatMap(spellings);
    expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
  });

  it('have keys only for flags that accept JSON', () => {
    const json = new Set<string>(flagRows().flatMap(({ name, kind }) => (kind === 'json' ? [name] : [])));
    const owners = Object.keys(jsonSchema()).filter((owner) => owner.startsWith('--'));
    expect(owners.filter((flag) => !json.has(flag))).toEqual([]);
  });

  it('name bucket families that --custom-histogram-buckets knows', () => {
    const known = [...(at('0.33.0').fields('--custom-histogram-buckets')?.known.keys() ?? [])];
    const used = new Set(
      at('0.33.0')
        .metrics()
        .flatMap(({ family }) => family ?? []),
    );
    expect([...used].sort()).toEqual(known.sort());
  });
});

describe('a flag', () => {
  it('is found by its name, with dashes or underscores', () => {
    expect(at('0.32.0').flag('--max_model_len')?.flag.name).toBe('--max-model-len');
  });

  it('has a name that the compiler checks', () => {
    expect(at('0.32.0').hasFlag('--max-model-len')).toBe(true);
    // @ts-expect-error -- a misspelt name
    expect(at('0.32.0').hasFlag('--max-model-lne')).toBe(false);
  });

  it('is found by the short forms of the release', () => {
    expect(at('0.32.0').flag('-tp')?.flag.name).toBe('--tensor-parallel-size');
    expect(at('0.11.2').flag('-O')?.flag.name).toBe('--compilation-config');
    expect(at('0.12.0').flag('-O')?.flag.name).toBe('--optimization-level');
    expect(at('0.12.0').flag('-cc')?.flag.name).toBe('--compilation-config');
  });

  it('is found by its opposite, and from 0.33 on by --disable-x', () => {
    expect(at('0.32.0').flag('--no-enable-prefix-caching')).toMatchObject({ opposite: true });
    expect(at('0.32.0').flag('--disable-prefix-caching')).toBeUndefined();
    expect(at('0.32.0').missingFlag('--disable-prefix-caching')).toEqual({ comesIn: '0.33' });
    const inverse = at('0.33.0').flag('--disable-prefix-caching');
    expect(inverse).toMatchObject({ opposite: true, flag: { name: '--enable-prefix-caching' } });
  });

  it('is found by a key of its JSON', () => {
    const spelled = at('0.32.0').flag('--compilation_config.pass_config.x+');
    expect(spelled).toMatchObject({ path: ['pass_config', 'x'], append: true, flag: { name: '--compilation-config' } });
    expect(at('0.32.0').flag('--max-model-len.x')).toBeUndefined();
  });

  it('is not found by the beginning of its name', () => {
    expect(at('0.32.0').flag('--max-num-s')).toBeUndefined();
  });

  it('has the default, kind and choices of the release', () => {
    expect(at('0.31.0').flag('--allowed-origins')?.flag.default).toEqual(['*']);
    expect(at('0.32.0').flag('--allowed-origins')?.flag.default).toEqual([]);
    expect(at('0.19.1').flag('--gpu-memory-utilization')?.flag.default).toBe(0.9);
    expect(at('0.32.0').flag('--gpu-memory-utilization')?.flag.default).toBe(0.92);
    const kinds = ['0.8.5', '0.9.2', '0.10.0'].map(
      (text) => at(text).flag('--disable-mm-preprocessor-cache')?.flag.kind,
    );
    expect(kinds).toEqual(['flag', 'bool', 'flag']);
    expect(at('0.10.2').flag('--kv-cache-dtype')?.flag.choices).toEqual([
      'auto',
      'fp8',
      'fp8_e4m3',
      'fp8_e5m2',
      'fp8_inc',
    ]);
    expect(at('0.32.0').flag('--kv-cache-dtype')?.flag.closed).toBe(true);
    expect(at('0.33.0').flag('--kv-cache-dtype')?.flag.closed).toBe(false);
  });

  it('is added and removed in patch releases before 0.12', () => {
    expect(at('0.11.0').flag('--rope-theta')).toBeDefined();
    expect(at('0.11.1').flag('--rope-theta')).toBeUndefined();
    expect(at('0.11.0').flag('--all2all-backend')).toBeUndefined();
    expect(at('0.11.1').flag('--all2all-backend')).toBeDefined();
  });

  it('is explained when another release has it', () => {
    expect(at('0.28.0').missingFlag('--custom-histogram-buckets')).toEqual({ comesIn: '0.32' });
    expect(at('0.32.0').missingFlag('--task')).toEqual({ goneIn: '0.13', replacedBy: '--runner and --convert' });
    expect(at('0.32.0').missingFlag('--nonsense')).toBeUndefined();
    expect(at('0.11.0').missingFlag('-cc')).toEqual({ comesIn: '0.12', replacedBy: '--compilation-config' });
  });
});

describe('the other tables', () => {
  it('know the keys of a JSON flag, and since when vLLM refuses others', () => {
    expect(at('0.31.0').fields('--kv-transfer-config')?.known.has('kv_rank')).toBe(true);
    expect(at('0.32.0').fields('--kv-transfer-config')?.known.has('kv_rank')).toBe(false);
    expect(at('0.15.1').fields('--kv-transfer-config')?.closed).toBe(false);
    expect(at('0.16.0').fields('--kv-transfer-config')?.closed).toBe(true);
    expect(at('0.8.5').fields('--kv-transfer-config')).toBeUndefined();
    expect(at('0.32.0').fields('--override-generation-config')).toBeUndefined();
  });

  it('know the variables of the release, and gaps', () => {
    expect(at('0.32.0').env('VLLM_ENGINE_READY_TIMEOUT_S')?.default).toBe(600);
    const texts = ['0.28.0', '0.29.0', '0.31.0'];
    const present = texts.map((text) => at(text).env('VLLM_ROCM_USE_AITER_FP4_ASM_GEMM') !== undefined);
    expect(present).toEqual([true, false, true]);
    const gap = at('0.29.0').missingEnv('VLLM_ROCM_USE_AITER_FP4_ASM_GEMM');
    expect(gap).toEqual({ comesIn: '0.31', goneIn: '0.29' });
  });

  it('know the metrics of the release with labels, values and buckets', () => {
    expect(at('0.9.1').metric('vllm:kv_cache_usage_perc')).toBeUndefined();
    expect(at('0.9.1').missingMetric('vllm:kv_cache_usage_perc')).toEqual({ comesIn: '0.9.2' });
    expect(at('0.11.2').metric('vllm:gpu_cache_usage_perc')).toMatchObject({ hidden: true });
    const removed = { goneIn: '0.12', replacedBy: 'vllm:kv_cache_usage_perc' };
    expect(at('0.32.0').missingMetric('vllm:gpu_cache_usage_perc')).toEqual(removed);
    const reasons = (text: string) => at(text).metric('vllm:request_success_total')?.labelValues['finished_reason'];
    expect(reasons('0.12.0')).toEqual(['stop', 'length', 'abort']);
    expect(reasons('0.32.0')).toEqual(['stop', 'length', 'abort', 'error', 'repetition']);
    const firstToken = at('0.31.0').metric('vllm:time_to_first_token_seconds');
    expect(firstToken?.buckets).toContain(0.06);
    expect(firstToken?.family).toBeUndefined();
    expect(at('0.32.0').metric('vllm:time_to_first_token_seconds')?.family).toBe('time_to_first_token');
  });

  it('know which routes the API key guards', () => {
    const rerank = (text: string) =>
      at(text)
        .routes()
        .find(({ path }) => path === '/v2/rerank')?.guarded;
    expect([rerank('0.21.0'), rerank('0.22.1')]).toEqual([false, true]);
    const pause = (text: string) =>
      at(text)
        .routes()
        .find(({ path }) => path === '/pause')?.when;
    expect([pause('0.12.0'), pause('0.32.0')]).toEqual(['always', 'env VLLM_SERVER_DEV_MODE=1']);
    expect(at('0.21.0').apiKeyPrefixes()).toEqual(['/v1']);
    expect(at('0.27.1').apiKeyPrefixes()).toEqual(['/v1', '/v2', '/inference', '/cohere']);
  });

  it('are made once for a release, and read as the newest for one that they do not know', () => {
    expect(at('0.32.0')).toBe(at('0.32.0'));
    expect(at('0.40.0').flags()).toHaveLength(320);
  });
});
