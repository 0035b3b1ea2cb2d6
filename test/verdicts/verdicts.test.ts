import { Accelerator, GpuModel, Model, VllmVersion } from '../../lib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackWith } from '../support/stack';
import { EXCEPTIONS } from './exceptions';
import type { Given } from './read-arguments';
import { gpusOf, readArguments } from './read-arguments';

/** What the parser and the configuration of vLLM do not ask: whether files exist, and whether a folder can be written. */
const ABOUT_FILES = /^(path-|folder-not-writable$)/;

/** Whether a message is about files only. */
const isAboutFiles = (message: string): boolean =>
  [...message.matchAll(/ \[([a-z-]+)\]$/gm)].every(([, id = '']) => ABOUT_FILES.test(id));

/** The message of the library, or undefined when it accepts the arguments. */
function refusal({ env, model, engine, extraArgs }: Given, gpus: number): string | undefined {
  try {
    stackWith({
      model: Model.of('meta-llama/Llama-3.1-8B-Instruct', model),
      accelerator: Accelerator.gpu(GpuModel.H100, Math.min(8, gpus)),
      vllmVersion: VllmVersion.of('0.32.0'),
      env,
      engine,
      extraArgs,
    });
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    return isAboutFiles(message) ? undefined : message;
  }
}

type Verdicts = Record<string, Record<'starts' | 'fails', string[]>>;
const read = (file: string) => JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as Verdicts;
const verdicts = read('vllm-0.32.0.json');
/**
 * Options, JSON keys, variables and their combinations, drawn at random. Produced by the parser and the configuration of a
 * real vLLM 0.32.0 on a stand-in for an H100: no weights are loaded and no kernel runs. About 61,000 were compared; these
 * are one of each kind, apart from those with the size of memory.
 */
const combinations = read('combinations-0.32.0.json');
const excepted = EXCEPTIONS.flatMap(({ given }) => given);

/** The lines about which the library decides otherwise, with its message. */
function otherwise(way: string, verdict: 'starts' | 'fails', table = verdicts): Map<string, string | undefined> {
  const messages = (table[way]?.[verdict] ?? []).map((line) => {
    return [line, refusal(readArguments(way, line), gpusOf(line))] as const;
  });
  return new Map(messages.filter(([, message]) => (message === undefined) === (verdict === 'fails')));
}

beforeAll(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

describe.each(['extraArgs', 'engine', 'model'])('arguments in %s', (way) => {
  it.each(['starts', 'fails'] as const)('with which vLLM 0.32.0 %s are decided as by vLLM', (verdict) => {
    const wrong = [...otherwise(way, verdict)].filter(([line]) => !excepted.includes(line));
    expect(wrong).toEqual([]);
  });
});

it.each(['starts', 'fails'] as const)('combinations with which vLLM 0.32.0 %s are decided as by vLLM', (verdict) => {
  const wrong = [...otherwise('extraArgs', verdict, combinations)].filter(([line]) => !excepted.includes(line));
  expect(wrong).toEqual([]);
});

it('has no exception that is none', () => {
  const lines = [verdicts, combinations].flatMap((table) =>
    Object.keys(table).flatMap((way) =>
      (['starts', 'fails'] as const).flatMap((verdict) => [...otherwise(way, verdict, table).keys()]),
    ),
  );
  expect(excepted.filter((line) => !lines.includes(line))).toEqual([]);
});
