import type { GpuModel } from '../../lib';
import { Accelerator, GpuModel as Gpu, Model, VllmVersion } from '../../lib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackWith } from '../support/stack';
import { MODEL_EXCEPTIONS } from './exceptions';
import { gpusOf, readArguments } from './read-arguments';

/**
 * What a real vLLM 0.32.0 says of other models on other GPUs. It read a config.json of each model, and a stand-in for the
 * GPU, so it checked its command line, its configuration and the choice of its attention backend; it loaded no weights
 * and built no layers.
 */
type Verdicts = Record<string, Record<string, Partial<Record<'starts' | 'fails', string[]>>>>;
const verdicts = JSON.parse(readFileSync(join(__dirname, 'models-0.32.0.json'), 'utf8')) as Verdicts;
const excepted = MODEL_EXCEPTIONS.flatMap(({ given }) => given);

const GPUS: Readonly<Record<string, GpuModel>> = {
  T4: Gpu.T4,
  L4: Gpu.L4,
  L40S: Gpu.L40S,
  A100: Gpu.A100_80GB,
  H100: Gpu.H100,
  B200: Gpu.B200,
};

/** Arguments that are options of the model. */
const OF_MODEL: readonly [flag: string, option: string][] = [
  ['--dtype', 'dtype'],
  ['--quantization', 'quantization'],
  ['--trust-remote-code', 'trustRemoteCode'],
];

/** The message of the library, or undefined when it accepts the arguments. */
function refusal(gpu: string, id: string, line: string): string | undefined {
  const { env, extraArgs } = readArguments('extraArgs', line);
  const options = extraArgs.flatMap((argument) => {
    const [flag, value] = argument.split('=');
    return OF_MODEL.filter(([each]) => each === flag).map(([, option]) => [option, value ?? true] as const);
  });
  try {
    stackWith({
      model: Model.of(id, { servedNames: ['m'], ...Object.fromEntries(options) }),
      accelerator: Accelerator.gpu(GPUS[gpu] ?? Gpu.H100, Math.min(8, gpusOf(line))),
      vllmVersion: VllmVersion.of('0.32.0'),
      env,
      extraArgs: extraArgs.filter((argument) => !OF_MODEL.some(([flag]) => flag === argument.split('=')[0])),
      unsafeMemoryFit: 'the verdicts are about no memory',
    });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const decided = new Map<string, Map<string, string | undefined>>();

/** The lines about which the library decides otherwise, with its message. */
function otherwise(gpu: string, verdict: 'starts' | 'fails'): Map<string, string | undefined> {
  const known = decided.get(gpu + verdict);
  if (known !== undefined) return known;
  const lines = Object.entries(verdicts[gpu] ?? {}).flatMap(([id, all]) => {
    return (all[verdict] ?? []).map((line) => [`${gpu} ${id} ${line}`, refusal(gpu, id, line)] as const);
  });
  const wrong = new Map(lines.filter(([, message]) => (message === undefined) === (verdict === 'fails')));
  decided.set(gpu + verdict, wrong);
  return wrong;
}

beforeAll(() => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

describe.each(Object.keys(verdicts))('models on a %s', (gpu) => {
  it.each(['starts', 'fails'] as const)('with which vLLM 0.32.0 %s are decided as by vLLM', (verdict) => {
    const wrong = [...otherwise(gpu, verdict)].filter(([line]) => !excepted.includes(line));
    expect(wrong).toEqual([]);
  });
});

it('has no exception that is none', () => {
  const lines = Object.keys(verdicts).flatMap((gpu) => [
    ...otherwise(gpu, 'starts').keys(),
    ...otherwise(gpu, 'fails').keys(),
  ]);
  expect(excepted.filter((line) => !lines.includes(line))).toEqual([]);
});

it('has verdicts of many models', () => {
  const models = new Set(Object.values(verdicts).flatMap(Object.keys));
  expect(models.size).toBeGreaterThan(55);
});
