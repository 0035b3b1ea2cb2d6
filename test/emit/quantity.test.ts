import { cores, mebibytes } from '../../lib/emit/quantity';

describe('a quantity of memory', () => {
  it.each([
    [1024, '1Gi'],
    [65536, '64Gi'],
    [1536, '1536Mi'],
    [0.5, '1Mi'],
    [15319.04, '15320Mi'],
    [1023.5, '1Gi'],
  ])('of %d MiB is written %s', (mib, expected) => {
    expect(mebibytes(mib)).toBe(expected);
  });
});

describe('a quantity of CPU', () => {
  it.each([
    [6, '6'],
    [0.5, '500m'],
    [1.25, '1250m'],
    [16.1, '16100m'],
  ])('of %d cores is written %s', (cpu, expected) => {
    expect(cores(cpu)).toBe(expected);
  });
});
