import type { CheckpointFacts } from './checkpoint-facts';

/** Numbers of the facts that no row of the table has as such, so that tests can compare what the library concludes. */
export function expectations(facts: readonly CheckpointFacts[]): string {
  const lines = facts
    .filter(({ cache }) => cache !== null)
    .map((each) => {
      const { id, layers, kvBytesPerToken, windowed, indexerBytesPerToken, stateBytesPerSequence } = each;
      const published = each.weightBytesSource === 'published' ? each.weightBytes : null;
      const ofWindows = windowed?.reduce((sum, { bytesPerToken }) => sum + bytesPerToken, 0) ?? 0;
      const numbers = [layers, kvBytesPerToken, ofWindows, indexerBytesPerToken ?? 0, stateBytesPerSequence ?? 0];
      return `  ${JSON.stringify([id, ...numbers, published, each.totalParams])},`;
    });
  return [
    '/** Written by `npm run models` from the facts. Bytes are for bf16 and one rank. */',
    'export type ExpectedModel = [',
    '  id: string,',
    '  layers: number,',
    '  /** Of layers that keep every token; null where the facts do not know. */',
    '  bytesPerToken: number | null,',
    '  /** Of layers with a window or chunks. */',
    '  windowBytesPerToken: number,',
    '  indexBytesPerToken: number,',
    '  stateBytesPerSequence: number,',
    '  publishedBytes: number | null,',
    '  parameters: number | null,',
    '];',
    '',
    '// prettier-ignore',
    'export const EXPECTED_MODELS: readonly ExpectedModel[] = [',
    ...lines,
    '];',
    '',
  ].join('\n');
}
