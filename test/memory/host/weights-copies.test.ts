import { Size } from 'cdk8s';
import type { ServingProps } from '../../../lib/stack/serving-props';
import { inGib, needsOf } from '../../support/host';
import { h100, planOf } from '../../support/plan';

const limitOf = (props: Partial<ServingProps>) => planOf(props).resources.memoryLimit;
const two = { accelerator: h100(2) };

describe('weights that are offloaded', () => {
  it.each<[string, Partial<ServingProps>, string[]]>([
    [
      'are a size for each GPU',
      { ...two, engine: { cpuOffload: Size.gibibytes(4), tensorParallelSize: 2 } },
      ['8: offloaded'],
    ],
    ['are none without a flag', {}, []],
    [
      'are layers of a group',
      { extraArgs: ['--offload-group-size=4'] },
      ['3.74: offloaded (weights of 1 of 4 layers)'],
    ],
    [
      'are several layers of a group',
      { extraArgs: ['--offload-group-size=4', '--offload-num-in-group=2'] },
      ['7.48: offloaded (weights of 2 of 4 layers)'],
    ],
    [
      'are by groups where both are set, as vLLM chooses',
      { extraArgs: ['--offload-group-size=4', '--cpu-offload-gb=4'] },
      ['3.74: offloaded (weights of 1 of 4 layers)'],
    ],
    [
      'are by size where the backend is set',
      { extraArgs: ['--offload-group-size=4', '--cpu-offload-gb=4', '--offload-backend=uva'] },
      ['4: offloaded'],
    ],
  ])('%s', (_, props, expected) => {
    expect(inGib(needsOf(props).memory)).toEqual(expected);
  });
});

describe('sleep mode', () => {
  it('keeps the weights where their page cache was, so the limit does not grow', () => {
    expect(limitOf({ extraArgs: ['--enable-sleep-mode'] })).toEqual({
      value: 25 * 1024,
      reason: '15 GiB weights, which sleep mode keeps, 2 GiB /dev/shm, 8 GiB for the processes',
    });
  });

  it('keeps them once for each engine of a dense model', () => {
    const props = { ...two, engine: { dataParallelSize: 2 }, extraArgs: ['--enable-sleep-mode'] };
    expect(limitOf(props).reason).toMatch(/^29\.9 GiB weights, which sleep mode keeps/);
  });

  it('keeps nothing where it is off', () => {
    expect(limitOf({ extraArgs: ['--no-enable-sleep-mode'] }).reason).toMatch(/^15 GiB weights, 2 GiB/);
  });
});

describe('the Run:ai streamer', () => {
  const streamed = (...more: string[]) => ['--load-format=runai_streamer', ...more];
  const buffersOf = (props: Partial<ServingProps>) => inGib(needsOf(props).weights);

  it.each<[string, Partial<ServingProps>, string[]]>([
    ['reads no more than the weights', { extraArgs: streamed() }, ['14.96: buffers of the Run:ai streamer']],
    [
      'has a buffer in each rank',
      { ...two, engine: { tensorParallelSize: 2 }, extraArgs: streamed() },
      ['29.92: buffers of the Run:ai streamer, 15 GiB for each of 2 ranks'],
    ],
    [
      'has the limit of the variable',
      { extraArgs: streamed(), env: { RUNAI_STREAMER_MEMORY_LIMIT: '4294967296' } },
      ['4: buffers of the Run:ai streamer'],
    ],
    [
      'has the limit of its options, which win',
      {
        extraArgs: streamed('--model-loader-extra-config={"memory_limit":2147483648}'),
        env: { RUNAI_STREAMER_MEMORY_LIMIT: '4294967296' },
      },
      ['2: buffers of the Run:ai streamer'],
    ],
    [
      'has no limit at -1',
      { extraArgs: streamed(), env: { RUNAI_STREAMER_MEMORY_LIMIT: '-1' } },
      ['14.96: buffers of the Run:ai streamer'],
    ],
    [
      'reads a part in each rank when it is distributed',
      {
        ...two,
        engine: { tensorParallelSize: 2 },
        extraArgs: streamed('--model-loader-extra-config={"distributed":true}'),
      },
      ['14.96: buffers of the Run:ai streamer, 7.5 GiB for each of 2 ranks'],
    ],
    ['is not used by default', { env: { RUNAI_STREAMER_MEMORY_LIMIT: '4294967296' } }, []],
  ])('%s', (_, props, expected) => {
    expect(buffersOf(props)).toEqual(expected);
  });

  it('with a small buffer leaves the limit as it is', () => {
    const props = { extraArgs: streamed(), env: { RUNAI_STREAMER_MEMORY_LIMIT: '4294967296' } };
    expect(limitOf(props).reason).toBe(limitOf({}).reason);
  });

  it('with a buffer in each rank makes the limit larger', () => {
    const props = { ...two, engine: { tensorParallelSize: 2 } };
    expect(limitOf({ ...props, extraArgs: streamed() }).value - limitOf(props).value).toBe(15 * 1024);
  });
});
