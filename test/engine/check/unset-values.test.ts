import { argumentLines as lines } from '../../support/arguments';
import { errorsOf, idsOf } from '../../support/plan';

describe('a value that vLLM’s parser reads as unset', () => {
  it.each([
    '--grpc-port=None',
    '--num-gpu-blocks-override=None',
    '--mamba-block-size=',
    '--video-pruning-rate=',
    '--safetensors-load-strategy=None',
    '--dcp-comm-backend=None',
    '--prefix-cache-retention-interval=',
    '--speculative-config=None',
    '--speculative-config=null',
    '--kv-transfer-config=',
    '--default-mm-loras=null',
  ])('is accepted: %s', (argument) => {
    expect(lines('0.32.0', argument)).toEqual([]);
  });

  it.each([
    '--block-size=None',
    '--max-model-len=',
    '--max-num-seqs=None',
    '--data-parallel-rank=None',
    '--kda-prefill-backend=',
    '--log-level=',
    '--device-ids=None',
    '--kv-transfer-config=null',
  ])('is refused where the type of the flag has no null: %s', (argument) => {
    expect(lines('0.32.0', argument)).toHaveLength(1);
  });

  it('is nothing that another option could need or exclude', () => {
    expect(errorsOf({ extraArgs: ['--speculative-config=None'] })).toEqual([]);
    expect(errorsOf({ extraArgs: ['--kv-transfer-config='] })).toEqual([]);
    expect(errorsOf({ extraArgs: ['--mamba-ssu-algorithm=None'] })).toEqual([]);
    expect(idsOf({ extraArgs: ['--mamba-ssu-algorithm=simple'] })).toEqual(['option-without-another']);
  });
});

describe('a number as Python reads it', () => {
  it.each(['--max-num-seqs=1_000', '--seed= 1', '--seed=1 ', '--gpu-memory-utilization= 0.9', '--max-model-len=8k '])(
    'may have blanks around it and underscores inside: %s',
    (argument) => {
      expect(lines('0.32.0', argument)).toEqual([]);
    },
  );

  it.each(['--seed=1__0', '--seed=_1', '--seed=1 0', '--max-model-len=1_0k'])('fails for %s', (argument) => {
    expect(lines('0.32.0', argument)).toHaveLength(1);
  });

  it('is the number for other rules too', () => {
    expect(idsOf({ extraArgs: ['--max-num-seqs=2_00', '--max-num-batched-tokens=1_00 '] })).toEqual([
      'batched-tokens-below-seqs',
    ]);
  });

  it('fails for a negative time without a comment', () => {
    expect(lines('0.32.0', '--sse-keep-alive-interval=-1')).toEqual([
      '--sse-keep-alive-interval is "-1"; give a whole number, at least 0 [out-of-bounds]',
    ]);
    expect(lines('0.32.0', '--sse-keep-alive-interval=0')).toEqual([]);
  });
});
