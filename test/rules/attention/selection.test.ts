import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackendName } from '../../../lib/rules/attention/backend-table';
import { BACKENDS, priorities } from '../../../lib/rules/attention/backend-table';
import { chosenBackend, lackOf, problemOf } from '../../../lib/rules/attention/choose-backend';
import type { AttentionRequest, CacheKind } from '../../../lib/rules/attention/request';
import type { ComputeFormat } from '../../../lib/model/number-formats';

const NAMES = Object.keys(BACKENDS) as BackendName[];

/** Reads a line of the table. */
function read(line: string): { request: AttentionRequest; backends: string; choice: string } {
  const [given = '', backends = '', choice = ''] = line.split(' > ');
  const [capability, kind, headSize, compute, cache = '', block, needs = ''] = given.split(' ');
  const needed = (need: string): boolean => needs.split(',').includes(need);
  return {
    request: {
      capability: Number(capability),
      kind: kind as CacheKind,
      headSize: Number(headSize),
      compute: compute as ComputeFormat,
      cache,
      blockSize: block === '-' ? undefined : Number(block),
      hasSinks: needed('hasSinks'),
      hasWindow: needed('hasWindow'),
      isEncoder: needed('isEncoder'),
      hasImagePrefix: needed('hasImagePrefix'),
      prefillContext: needed('prefillContext'),
      decodeContext: needed('decodeContext'),
      isInvariant: needed('isInvariant'),
    },
    backends,
    choice,
  };
}

const lines = readFileSync(join(__dirname, 'selection-0.32.0.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

describe.each(['7.5', '8.0', '8.9', '9.0', '10.0', '12.0'])('on compute capability %s', (capability) => {
  const cases = lines.filter((line) => line.startsWith(`${capability} `));

  it('backends support what vLLM 0.32.0 answers', () => {
    expect(cases.length).toBeGreaterThan(200);
    const wrong = cases.filter((line) => {
      const { request, backends } = read(line);
      const own = NAMES.filter((name) => lackOf(name, request) === undefined).sort();
      return (own.join(' ') || '-') !== backends;
    });
    expect(wrong).toEqual([]);
  });

  it('the first of them is the choice of vLLM', () => {
    const wrong = cases.filter((line) => {
      const { request, choice } = read(line);
      const own = priorities(request).find((name) => lackOf(name, request) === undefined) ?? '-';
      // Which sparse backend comes first on Blackwell depends on heads of a rank too.
      return capability === '10.0' && request.kind === 'sparse' ? (own === '-') !== (choice === '-') : own !== choice;
    });
    expect(wrong).toEqual([]);
  });
});

describe('a backend that vLLM chooses and then fails with ', () => {
  const heads = read('8.0 heads 80 bfloat16 auto - - > - > -').request;
  const latent = read('8.0 latent 576 bfloat16 auto - - > - > -').request;

  it.each([
    ['Triton with fp8 before 8.9', { ...heads, cache: 'fp8' }],
    ['Triton with fp8 per head before 8.9', { ...heads, cache: 'fp8_per_token_head' }],
    ['Triton with bf16 on Turing', { ...heads, capability: 7.5, cache: 'bfloat16' }],
    ['latent vectors in fp8 before 8.9', { ...latent, cache: 'fp8' }],
    ['FP4 with decode context parallelism', { ...heads, headSize: 128, cache: 'nvfp4', decodeContext: true }],
  ])('is no choice: %s', (_, request) => {
    expect(chosenBackend(request)).toBeUndefined();
  });

  it.each([
    ['FlashInfer with fp8 on Ampere', { ...heads, headSize: 128, cache: 'fp8' }, 'FLASHINFER'],
    ['Triton with fp8 on Ada', { ...heads, capability: 8.9, cache: 'fp8' }, 'TRITON_ATTN'],
    ['Triton with int8 on Turing', { ...heads, capability: 7.5, cache: 'int8_per_token_head' }, 'TRITON_ATTN'],
    ['latent vectors in fp8 on Ada', { ...latent, capability: 8.9, cache: 'fp8' }, 'TRITON_MLA'],
    ['FP4 on Ampere', { ...heads, headSize: 128, cache: 'nvfp4' }, 'FLASHINFER'],
  ])('accepts %s', (_, request, name) => {
    expect(chosenBackend(request)).toBe(name);
  });

  it('is no backend to set either', () => {
    expect(problemOf('TRITON_ATTN', { ...heads, cache: 'fp8' })).toBe('a KV cache in fp8');
    expect(problemOf('TRITON_ATTN', heads)).toBeUndefined();
  });
});
