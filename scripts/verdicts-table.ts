/**
 * Writes test/verdicts/vllm-0.32.0.json, the arguments with which a real vLLM was run and whether it started, from the
 * facts about vLLM:
 *
 *     npm run verdicts -- ../shared/facts           # writes it
 *     npm run verdicts -- ../shared/facts --check   # changes nothing; fails when it is out of date
 */
import { readFacts, writeGenerated } from './generated';

interface Case {
  /** Where the arguments are set: in `extraArgs`, or in typed options of the engine or the model. */
  readonly how: 'extra' | 'engine' | 'options';
  readonly said: string;
  /** `accepts`, or `refuses: ` and the reason. */
  readonly vllm: string;
}

/** The arguments by where they are set, then by whether vLLM starts with them. */
export function verdictsOf(cases: readonly Case[]): Record<string, { starts: string[]; fails: string[] }> {
  const ways = { extra: 'extraArgs', engine: 'engine', options: 'model' } as const;
  const given = (way: Case['how'], starts: boolean): string[] =>
    cases.filter(({ how, vllm }) => how === way && (vllm === 'accepts') === starts).map(({ said }) => said);
  const rows = Object.entries(ways) as [Case['how'], string][];
  return Object.fromEntries(rows.map(([way, name]) => [name, { starts: given(way, true), fails: given(way, false) }]));
}

if (require.main === module) {
  const command = 'npm run verdicts';
  const { cases } = readFacts<{ cases: readonly Case[] }>('vllm-verdicts-0.32.0.json', command);
  writeGenerated('test/verdicts/vllm-0.32.0.json', `${JSON.stringify(verdictsOf(cases), null, 2)}\n`, command);
}
