import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Model } from '../../lib';
import { h100, idsOf, pinned } from '../support/plan';
import { QWEN_MOE, LLAMA_8B } from '../support/plan';
import { readArguments } from '../verdicts/read-arguments';

/**
 * Arguments by the model that they are for and by what is found about them. Each was given to vLLM 0.32.0's own parser and
 * configuration, without weights, on a machine that looks like eight H100: it refuses all but the accepted ones.
 */
type Table = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const table = JSON.parse(readFileSync(join(__dirname, 'option-relations.json'), 'utf8')) as Table;

const MODELS: Readonly<Record<string, Model>> = {
  llama: LLAMA_8B,
  mixture: QWEN_MOE,
  deepseek: Model.of('deepseek-ai/DeepSeek-V3'),
};

/** The number of GPUs that a line needs. */
const gpusOf = (line: string): number =>
  [...line.matchAll(/--(?:tensor|pipeline|data|prefill-context)-parallel-size=(\d+)/g)].reduce(
    (product, [, size]) => product * Number(size),
    1,
  );

/** What is found about the options; whether weights fit, files exist and events are published are other questions. */
function found(model: string, line: string): string[] {
  const { env, extraArgs } = readArguments('extraArgs', line);
  const props = { model: MODELS[model], accelerator: h100(gpusOf(line)), env, extraArgs, ...pinned('0.32.0') };
  const ignored =
    /^memory|^unknown-model|^data-parallelism-of-dense-model$|^no-metrics$|^kv-events-off$|^weights|^accelerator|^module-not-in-image$|^path-/;
  return idsOf(props).filter((id) => !ignored.test(id));
}

const rows = Object.entries(table).flatMap(([model, byId]) =>
  Object.entries(byId).flatMap(([id, lines]) => lines.map((line) => [line, model, id] as const)),
);

describe('options that vLLM compares', () => {
  it.each(rows.filter(([, , id]) => id !== 'accepted'))('refuses %s for %s: %s', (line, model, id) => {
    expect(found(model, line)).toEqual([id]);
  });

  it.each(rows.filter(([, , id]) => id === 'accepted'))('accepts %s for %s', (line, model) => {
    expect(found(model, line)).toEqual([]);
  });
});
