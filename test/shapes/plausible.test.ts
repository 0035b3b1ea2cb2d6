import { Duration, Size } from 'cdk8s';
import { GpuSharing } from '../../lib';
import type { PlausibleRange } from '../../lib/defaults/plausible';
import { configFindings } from '../../lib/gpu-platform/device-plugin/config-findings';
import { planConfig } from '../../lib/gpu-platform/device-plugin/config-plan';
import { error, warning } from '../../lib/preflight/finding';
import { implausible, withUnits } from '../../lib/shapes/plausible';
import { exporterFound } from '../support/gpu-platform';
import { refusalOf } from '../support/stack';

const SIZE: PlausibleRange = { unit: 'MiB', least: 1024, most: 4096 * 1024, why: 'so it is' };
const TIME: PlausibleRange = { unit: 's', least: 1, most: 600, why: 'so it is' };

const said = (range: PlausibleRange, value: number): string[] =>
  implausible(range, 'x', value).map(({ problem, fix }) => `${problem}; ${fix}`);

describe('a quantity', () => {
  it.each<[string, PlausibleRange, number, string]>([
    [
      'MiB for GiB',
      SIZE,
      80,
      'is 80 MiB, which is less than 1 GiB: so it is; write Size.gibibytes(80) if that is meant',
    ],
    [
      'KiB for GiB',
      SIZE,
      80 / 1024,
      'is 80 KiB, which is less than 1 GiB: so it is; write Size.gibibytes(80) if that is meant',
    ],
    [
      'TiB for GiB',
      SIZE,
      80 * 1024 ** 2,
      'is 80 TiB, which is more than 4 TiB: so it is; write Size.gibibytes(80) if that is meant',
    ],
    [
      'ms for s',
      TIME,
      0.2,
      'is 200 ms, which is less than 1 s: so it is; write Duration.seconds(200) if that is meant',
    ],
    [
      'minutes for s',
      TIME,
      3600,
      'is 60 min, which is more than 10 min: so it is; write Duration.seconds(60) if that is meant',
    ],
  ])('warns about %s', (_, range, value, expected) => {
    expect(said(range, value)).toEqual([expected]);
  });

  it.each([1024, 4096 * 1024, 80_000.5])('accepts %s MiB', (value) => {
    expect(said(SIZE, value)).toEqual([]);
  });

  it('may be unset', () => {
    expect(implausible(SIZE, 'x', undefined)).toEqual([]);
  });

  it('of which no unit fits is to be corrected', () => {
    expect(said({ unit: 'count', most: 10, why: 'so it is' }, 11)).toEqual([
      'is 11, which is more than 10: so it is; correct it, or acknowledge this finding',
    ]);
  });

  it('adds its unit to an error about the same property, and stays beside a warning', () => {
    const [unit] = implausible(SIZE, 'resources.memory', 16);
    const refused = error('memory-limit-below-shm', 'resources.memory', 'is 16 MiB', 'raise it');
    const warned = warning('memory-limit-low', 'resources.memory', 'is 16 MiB', 'raise it');
    const other = error('drain-blocked', 'disruptionBudget', 'is 1', 'remove it');
    expect(unit && withUnits([refused, other, unit])).toEqual([
      { ...refused, fix: 'raise it; write Size.gibibytes(16) if that is meant' },
      other,
    ]);
    expect(unit && withUnits([warned, unit])).toEqual([warned, unit]);
  });

  it('is named by an error about memory that follows from it', () => {
    const message = refusalOf({ engine: { kvCacheMemory: Size.mebibytes(8) } });
    expect(message).toContain(' has 1 problem:');
    expect(message).toContain(
      'first look at engine.kvCacheMemory: it is 8 MiB, which is less than 256 MiB: a smaller cache holds few prompts; write Size.gibibytes(8) if that is meant',
    );
  });

  it('adds nothing to an error where no unit fits: an error cannot be acknowledged', () => {
    const [unit] = implausible({ unit: 'count', most: 10, why: 'so it is' }, 'engine.maxNumSeqs', 11);
    const refused = error('batched-tokens-below-seqs', 'engine.maxNumSeqs', 'is 11', 'use at most 5');
    expect(unit && withUnits([unit, refused])).toEqual([refused]);
  });
});

describe('quantities of a GPU platform', () => {
  const ids = (findings: readonly { id: string; subject: string }[]): string[] =>
    findings.filter(({ id }) => id === 'implausible-quantity').map(({ subject }) => subject);

  it.each<[string, object, string]>([
    ['samples each second', { interval: Duration.seconds(1) }, 'exporter.interval'],
    ['cores in millicores', { resources: { cpu: 100 } }, 'exporter.resources.cpu'],
    ['a memory of 128 KiB', { resources: { memory: Size.kibibytes(128) } }, 'exporter.resources.memory'],
    ['a limit of 512 GiB', { resources: { memoryLimit: Size.gibibytes(512) } }, 'exporter.resources.memoryLimit'],
  ])('warns about %s', (_, options, subject) => {
    expect(ids(exporterFound(options))).toEqual([subject]);
  });

  it('accepts the slowest and a large exporter', () => {
    const resources = { cpu: 1, memory: Size.gibibytes(2) };
    expect(ids(exporterFound({ interval: Duration.seconds(60), resources }))).toEqual([]);
  });

  it.each<[string, GpuSharing, string]>([
    [
      'time slices',
      GpuSharing.timeSlicing({ resources: [{ name: 'nvidia.com/gpu', replicas: 1000 }] }),
      'config.sharing.resources[0].replicas',
    ],
    ['MPS', GpuSharing.mps({ replicas: 100 }), 'config.sharing.replicas'],
  ])('warns about hundreds of pods on one GPU by %s', (_, sharing, subject) => {
    expect(ids(configFindings(planConfig('default', 'config', { sharing })))).toEqual([subject]);
  });
});
