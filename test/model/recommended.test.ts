import { App, Chart } from 'cdk8s';
import type { EngineOptions } from '../../lib';
import { knownShape } from '../../lib/model/known-models';
import { Accelerator, GpuModel, Model, VllmInferenceStack, VllmVersion } from '../../lib';
import { RECOMMENDED } from '../../lib/engine/command-line/recommended-arguments';
import { FindingSeverity } from '../../lib/preflight/finding';
import type { StackPlan } from '../../lib/plan/stack-plan';
import { planStack } from '../../lib/stack/plan-stack';
import { servingFindings } from '../../lib/stack/serving-findings';
import { SMALLEST } from '../support/plan';
import { RECIPES } from './data/recipes';

const planFor = (model: Model, engine: EngineOptions = {}, extraArgs: string[] = [], devices = 8): StackPlan =>
  planStack(
    {
      ...SMALLEST,
      model,
      accelerator: Accelerator.gpu(GpuModel.B200, devices),
      engine,
      extraArgs,
      vllmVersion: VllmVersion.of('0.32.0'),
      unsafeMemoryFit: 'memory is another test',
    },
    { metricUsers: [], metrics: [] },
  );
const GLM = 'zai-org/GLM-4.7-FP8';

describe('a recommended model', () => {
  it('has the parsers of its recipe', () => {
    expect(planFor(Model.recommended(GLM)).args).toEqual(
      expect.arrayContaining([
        '--enable-auto-tool-choice',
        '--tool-call-parser=glm47',
        '--reasoning-parser=glm45',
        '--trust-remote-code',
      ]),
    );
  });

  it('has the modes of Mistral', () => {
    const { args } = planFor(Model.recommended('mistralai/Ministral-3-8B-Instruct-2512'));
    expect(args).toEqual(
      expect.arrayContaining(['--tokenizer-mode=mistral', '--config-format=mistral', '--load-format=mistral']),
    );
  });

  it('has an fp8 KV cache where the recipe of the checkpoint has one', () => {
    expect(planFor(Model.recommended('nvidia/GLM-4.7-NVFP4')).args).toContain('--kv-cache-dtype=fp8');
    expect(planFor(Model.recommended(GLM)).args.join()).not.toContain('--kv-cache-dtype');
  });

  it('leaves each option to the user who sets it', () => {
    const engine = { toolCallParser: 'glm45', enableAutoToolChoice: false };
    const { args } = planFor(Model.recommended(GLM, { trustRemoteCode: false }), engine, ['--reasoning-parser=hf']);
    const flags = args.filter((arg) => /tool|reasoning|trust/.test(arg));
    expect(flags).toEqual(['--no-enable-auto-tool-choice', '--tool-call-parser=glm45', '--reasoning-parser=hf']);
  });

  it('lists what it adds in the decisions of the stack', () => {
    const chart = new Chart(new App(), 'c', { namespace: 'llm' });
    const { decisions } = new VllmInferenceStack(chart, 'S', {
      name: 'vllm',
      model: Model.recommended('Qwen/Qwen3-8B', { revision: 'abc' }),
      accelerator: Accelerator.gpu(GpuModel.H100),
    });
    expect(decisions.filter(({ reason }) => reason === 'recipe of Qwen/Qwen3-8B')).toEqual([
      { what: '--enable-auto-tool-choice', value: 'on', reason: 'recipe of Qwen/Qwen3-8B' },
      { what: '--tool-call-parser', value: 'hermes', reason: 'recipe of Qwen/Qwen3-8B' },
      { what: '--reasoning-parser', value: 'qwen3', reason: 'recipe of Qwen/Qwen3-8B' },
    ]);
  });

  it('refuses an id without a recipe, and names the nearest ones', () => {
    expect(() => Model.recommended('Qwen/Qwen3-8')).toThrow(
      /id: is "Qwen\/Qwen3-8", for which no recipe is known; use Model.of, .*; or use "Qwen\/Qwen3-8B".*\[model-without-recipe\]/,
    );
  });
});

it('adds nothing to Model.of', () => {
  const { args } = planStack({ ...SMALLEST, model: Model.of('Qwen/Qwen3-8B') }, { metricUsers: [], metrics: [] });
  expect(args.join()).not.toMatch(/tool|reasoning/);
});

const errorsOf = (plan: StackPlan): string[] =>
  servingFindings(plan)
    .filter(({ severity, id }) => severity === FindingSeverity.ERROR && id !== 'owned-flag')
    .map(({ id, subject, problem }) => `${subject}: ${problem} [${id}]`);

const BY_ID = RECIPES.flatMap(([ids, line]) =>
  ids.split(' ').map((id): [id: string, items: string[]] => [id, line.split('\n').filter((arg) => arg !== '')]),
);

/** Flags that the stack decides, or that are for one vendor or one kind of GPU, and values that change nothing. */
const LEFT =
  /^--(tensor-parallel-size|gpu-memory-utilization|served-model-name|max-model-len|max-num-seqs|allowed-local-media-path|additional-config|moe-backend|linear-backend|quantization|attention-config\.(backend|use_trtllm_attention|minimax_m3_msa_decode_backend))=|=auto$/;

/** Parsers that are files beside the model, and a key that vLLM dropped in 0.12. */
const NOT_IN_VLLM = /=(nano_v3|nemotron_json)$|"use_inductor"/;

/** The most GPUs, up to eight, that the heads of a model divide among. */
function gpusFor(id: string): number {
  const { attentionHeads = 8, kvHeads = attentionHeads } = knownShape(id) ?? {};
  const divide = (gpus: number) => attentionHeads % gpus === 0 && (kvHeads % gpus === 0 || gpus % kvHeads === 0);
  return [8, 4, 2].find(divide) ?? 1;
}

describe('the recipe of', () => {
  it.each(BY_ID)('%s starts: no argument of its line is refused', (id, items) => {
    const extraArgs = items.filter((arg) => !NOT_IN_VLLM.test(arg) && !/=ascend$/.test(arg));
    const hasTools = extraArgs.some((arg) => arg.startsWith('--tool-call-parser='));
    const line = extraArgs.filter((arg) => hasTools || arg !== '--enable-auto-tool-choice');
    const [, devices] = /^--tensor-parallel-size=(\d+)$/m.exec(line.join('\n')) ?? [];
    expect(errorsOf(planFor(Model.of(id), {}, line, Number(devices ?? gpusFor(id))))).toEqual([]);
  });

  it.each(BY_ID)('%s is set by Model.recommended without an error', (id) => {
    expect(errorsOf(planFor(Model.recommended(id), {}, [], gpusFor(id)))).toEqual([]);
  });

  it.each(BY_ID)('%s is what Model.recommended sets, apart from what the stack decides', (id, items) => {
    const emitted = planFor(Model.recommended(id))
      .basis.commandLine.args.filter(({ origin }) => origin === RECOMMENDED)
      .map(({ flag, values }) => [flag, ...values].join('='));
    const kept = items.filter((arg) => !NOT_IN_VLLM.test(arg));
    const replaced = kept.length < items.length ? ['--reasoning-parser=nemotron_v3', '--enable-auto-tool-choice'] : [];
    expect(emitted.filter((arg) => !items.includes(arg) && !replaced.includes(arg))).toEqual([]);
    expect(kept.filter((arg) => !emitted.includes(arg) && !replaced.includes(arg) && !LEFT.test(arg))).toEqual([]);
  });
});
