import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachePool } from '../../lib/memory/cache-pool';
import type { LayerGroup } from '../../lib/model/layer-group';
import { fitInput } from './fit-input';

/**
 * What `get_kv_cache_groups` and `_max_memory_usage_bytes_from_groups` of vllm/v1/core/kv_cache_utils.py of 0.32.0
 * returned for the layers of these models: bytes of a block, and blocks of one request of so many tokens.
 */
interface Row {
  readonly id: string;
  readonly tensor: number;
  readonly cacheBytes: number;
  readonly batchedTokens: number;
  readonly tokens: number;
  readonly dcp?: number;
  readonly hybrid?: boolean;
  readonly drafts?: number;
  readonly prefix?: boolean;
  readonly blockBytes: number;
  readonly blocks: number;
}

const { shapes, rows } = JSON.parse(readFileSync(join(__dirname, 'vllm-blocks-0.32.0.json'), 'utf8')) as {
  shapes: Readonly<Record<string, readonly LayerGroup[]>>;
  rows: readonly Row[];
};

const detailsOf = ({ tensor, cacheBytes, batchedTokens, tokens, dcp, hybrid, drafts, prefix }: Row): string =>
  JSON.stringify({ tensor, cacheBytes, batchedTokens, tokens, dcp, hybrid, drafts, prefix });

it('the table has more than 60 models', () => {
  expect(new Set(rows.map(({ id }) => id)).size).toBeGreaterThan(60);
});

describe('a block and a request have the size that vLLM 0.32 gives them', () => {
  it.each(rows.map((row) => [row.id, detailsOf(row), row] as const))('%s %s', (id, _, row) => {
    const { hybrid = true, drafts = 0, prefix = true, dcp = 1 } = row;
    const groups = shapes[id] ?? [];
    const input = fitInput({
      ...row,
      ...{ hybrid, drafts, decodeContext: dcp },
      blocks: undefined,
      states: { convolution: 2, recurrent: undefined, aligned: prefix, checkpoint: true },
    });
    const pool = cachePool({ groups, hiddenSize: 1, maxLength: row.tokens }, input);
    expect([pool?.blockBytes, pool?.blocksOf(row.tokens)]).toEqual([row.blockBytes, row.blocks]);
  });
});
