import { parseExtraArgs } from '../../../lib/engine/command-line/arguments';
import { Catalogue } from '../../../lib/engine/catalogue/catalogue';
import { parseRelease } from '../../../lib/engine/release';
import { engineFacts } from '../../../lib/engine/facts/engine-facts';

function parallelism(version: string, ...extraArgs: string[]) {
  const catalogue = Catalogue.of(parseRelease(version));
  return engineFacts(parseExtraArgs(extraArgs, catalogue).arguments, catalogue).parallelism;
}

describe('parallelism', () => {
  it('is one of each when nothing is set', () => {
    const one = { tensor: 1, pipeline: 1, data: 1, dataLocal: 1, prefillContext: 1, decodeContext: 1, apiServers: 1 };
    expect(parallelism('0.32.0')).toEqual(one);
  });

  it('is what the command line sets', () => {
    expect(parallelism('0.32.0', '-tp=4', '-pp=2', '-pcp=3', '-dcp=2')).toMatchObject({
      tensor: 4,
      pipeline: 2,
      prefillContext: 3,
      decodeContext: 2,
    });
  });

  it('counts the ranks of the pod where they are set', () => {
    expect(parallelism('0.32.0', '-dp=4', '-dpl=2')).toMatchObject({ data: 4, dataLocal: 2 });
    expect(parallelism('0.32.0', '-dp=4')).toMatchObject({ data: 4, dataLocal: 4 });
  });
});

describe('API servers', () => {
  it.each([
    ['one per rank since 0.15', '0.15.1', ['-dp=2'], 2],
    ['one before 0.15', '0.14.1', ['-dp=2'], 1],
    ['as many as set', '0.14.1', ['-dp=2', '--api-server-count=3'], 3],
    ['as many as set, fewer than ranks', '0.32.0', ['-dp=2', '-asc=1'], 1],
    ['one with an external balancer', '0.32.0', ['-dp=4', '--data-parallel-external-lb'], 1],
    ['one per process with several ports', '0.32.0', ['-dp=4', '-dpm'], 1],
    ['one per rank of the pod with a hybrid balancer', '0.32.0', ['-dp=4', '-dpl=2', '--data-parallel-hybrid-lb'], 2],
    ['one per rank when the balancer is turned off', '0.32.0', ['-dp=4', '--no-data-parallel-external-lb'], 4],
  ])('are %s', (_, version, extraArgs, expected) => {
    expect(parallelism(version, ...extraArgs).apiServers).toBe(expected);
  });
});
