import { Duration, Size } from 'cdk8s';
import { Catalogue } from '../../../lib/engine/catalogue/catalogue';
import type { FlagKind } from '../../../lib/engine/catalogue/rows';
import type { Rendering } from '../../../lib/engine/options/option-table';
import { ENGINE_SHAPE, OPTIONS } from '../../../lib/engine/options/option-table';
import { parseRelease } from '../../../lib/engine/release';
import { findingLine } from '../../../lib/preflight/finding';
import { findingsOf } from '../../../lib/shapes/shape';

const CATALOGUES = ['0.32.0', '0.33.0'].map((version) => Catalogue.of(parseRelease(version)));
const ROWS = Object.entries(OPTIONS);

/** The flag as the newest version of the two has it. */
const factOf = (flag: string) =>
  CATALOGUES.map((catalogue) => catalogue.flag(flag)?.flag).findLast((fact) => fact !== undefined);

/** The kinds of flags that accept what a rendering writes. */
const KINDS: Readonly<Record<Rendering, readonly FlagKind[]>> = {
  value: ['value'],
  switch: ['bool', 'flag'],
  json: ['json'],
  list: ['list'],
  gib: ['value'],
  bytes: ['value'],
  seconds: ['value'],
};

/** The types of flags that a rendering writes, where it writes only numbers. */
const TYPES: Readonly<Partial<Record<Rendering, readonly string[]>>> = {
  gib: ['float'],
  bytes: ['int+suffix'],
  seconds: ['int', 'float'],
};

describe('every option', () => {
  it.each(ROWS)('%s has a flag of its own full name', (_, { flag }) => {
    expect(factOf(flag)?.name).toBe(flag);
  });

  it.each(ROWS)('%s is written in the format of its flag', (_, { flag, rendering }) => {
    const fact = factOf(flag);
    expect(KINDS[rendering]).toContain(fact?.kind);
    if (TYPES[rendering]) expect(TYPES[rendering]).toContain(fact?.type);
  });

  it('is named like its flag, except for sizes, whose flags name a unit', () => {
    const camel = (flag: string) => flag.slice(2).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    const others = ROWS.filter(([option, { flag }]) => camel(flag) !== option).map(([option]) => option);
    expect(others).toEqual(['kvCacheMemory', 'cpuOffload']);
  });

  it('has a flag that no other option has', () => {
    expect(new Set(ROWS.map(([, { flag }]) => flag)).size).toBe(ROWS.length);
  });

  it('exists in both versions', () => {
    const missing = ROWS.filter(([, { flag }]) => CATALOGUES.some((catalogue) => !catalogue.flag(flag)));
    expect(missing.map(([option]) => option)).toEqual([]);
  });

  it('uses all renderings', () => {
    expect([...new Set(ROWS.map(([, { rendering }]) => rendering))].sort()).toEqual(Object.keys(KINDS).sort());
  });
});

const refusals = (engine: object) => findingsOf(engine, 'engine', ENGINE_SHAPE).map(findingLine);

describe('the shape of engine', () => {
  it('accepts a value of each kind', () => {
    const engine = {
      maxModelLen: 1,
      gpuMemoryUtilization: 0.5,
      kvCacheDtype: 'fp8',
      kvCacheMemory: Size.gibibytes(0.3),
      enableLora: false,
      cudagraphCaptureSizes: [1, 2],
      compilationConfig: {},
      sseKeepAliveInterval: Duration.seconds(15),
      allowedOrigins: ['*'],
    };
    expect(refusals(engine)).toEqual([]);
  });

  it.each([
    [{ maxModelLen: 0 }, 'engine.maxModelLen: is 0; give a whole number of at least 1'],
    [{ maxModelLen: 1.5 }, 'engine.maxModelLen: is 1.5; give a whole number of at least 1'],
    [{ maxNumSeqs: '8' }, 'engine.maxNumSeqs: is "8"; give a whole number of at least 0'],
    [{ optimizationLevel: 4 }, 'engine.optimizationLevel: is 4; give a whole number from 0 to 3'],
    [{ gpuMemoryUtilization: -1 }, 'engine.gpuMemoryUtilization: is -1; give a number from 0 to 1'],
    [{ kvCacheDtype: '' }, 'engine.kvCacheDtype: is ""; give a non-empty string'],
    [{ enableLora: 'yes' }, 'engine.enableLora: is "yes"; give true or false'],
    [{ compilationConfig: [] }, 'engine.compilationConfig: is []; give an object'],
    [{ hfOverrides: { rope_theta: NaN } }, 'engine.hfOverrides.rope_theta: is NaN; give a value that JSON can write'],
    [{ kvTransferConfig: { f: () => 1 } }, 'engine.kvTransferConfig.f: is a function; give a value that JSON'],
    [{ loraModules: 'a=b' }, 'engine.loraModules: is "a=b"; give a list'],
    [{ cudagraphCaptureSizes: [0] }, 'engine.cudagraphCaptureSizes[0]: is 0; give a whole number of at least 1'],
    [{ cpuOffload: 4 }, 'engine.cpuOffload: is 4; give a Size'],
    [{ sseKeepAliveInterval: Duration.millis(1500) }, 'engine.sseKeepAliveInterval: is 1.5 s; give a Duration of'],
    [{ maxModelLength: 1 }, 'engine.maxModelLength: unknown property (did you mean "maxModelLen"?)'],
  ])('refuses %j', (engine, message) => {
    expect(refusals(engine)).toEqual([expect.stringContaining(message)]);
  });
});
