import { Size, SizeRoundingBehavior } from 'cdk8s';
import { mebibytesOf } from '../../lib/units/mebibytes';

describe('a size in MiB', () => {
  it.each<[what: string, size: Size, mib: number]>([
    ['of whole GiB', Size.gibibytes(2), 2048],
    ['of a fraction of a GiB, which cdk8s refuses to convert', Size.gibibytes(14.96), 15319.04],
    ['of less than a MiB', Size.kibibytes(512), 0.5],
    ['of TiB', Size.tebibytes(1), 1048576],
  ])('%s is exact', (_, size, mib) => {
    expect(mebibytesOf(size)).toBeCloseTo(mib, 6);
  });

  it('relies on the number of a member of an enum of cdk8s', () => {
    expect(SizeRoundingBehavior.NONE).toBe(2);
  });
});
