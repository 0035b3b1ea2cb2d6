import type { EngineOptions, VllmInferenceStackProps } from '../../lib';
import { Accelerator, GpuModel, Model, SecretKey, VllmVersion, Weights } from '../../lib';
import { findingLine } from '../../lib/preflight/finding';
import { planParts } from '../../lib/stack/stack-parts';
import { stackFindings } from '../../lib/stack/stack-findings';
import { SMALLEST } from '../support/plan';

const IDS = /\[(parser-of|reasoning-parser|tokenizer-mode-of|model-needs|gated-)[a-z-]*\]$/;
const CODER = 'Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8';
const GLM = 'zai-org/GLM-4.7-FP8';

const linesOf = (id: string, engine: EngineOptions = {}, more: Partial<VllmInferenceStackProps> = {}): string[] => {
  const props = { ...SMALLEST, model: Model.of(id), accelerator: Accelerator.gpu(GpuModel.H200, 8), engine, ...more };
  return stackFindings(planParts({ ...props, namespace: 'llm' }, 'llm', 'Test'))
    .map(findingLine)
    .filter((line) => IDS.test(line));
};
const tools = (toolCallParser: string, more: EngineOptions = {}): EngineOptions => ({
  enableAutoToolChoice: true,
  toolCallParser,
  ...more,
});

describe('the parser of tool calls', () => {
  it.each([
    [CODER, 'qwen3_coder'],
    [CODER, 'qwen3_xml'],
    [CODER, 'hf'],
    ['Qwen/Qwen3-8B', 'hermes'],
    ['meta-llama/Llama-3.1-8B-Instruct', 'llama3_json'],
    ['acme/Qwen3-Coder-480B-A35B-Instruct', 'hermes'],
  ])('of %s may be %s', (id, parser) => {
    expect(linesOf(id, tools(parser)).join()).not.toContain('[parser-of-another-model]');
  });

  it('warns about one of another family', () => {
    expect(linesOf(CODER, tools('hermes'))).toEqual([
      `engine.toolCallParser: is "hermes", and ${CODER} writes tool calls in another format: clients would get them as plain text; set "qwen3_coder" instead [parser-of-another-model]`,
    ]);
  });

  it('may come from a plugin', () => {
    expect(linesOf(CODER, tools('mine', { toolParserPlugin: '/plugins/mine.py' }))).toEqual([]);
  });

  it('does not matter while no tool is chosen', () => {
    expect(linesOf(CODER, { toolCallParser: 'hermes' })).toEqual([]);
  });
});

describe('the parser of reasoning', () => {
  it('is not asked for without tools', () => {
    expect(linesOf(GLM)).toEqual([]);
  });

  it('is named in a notice, with tools', () => {
    expect(linesOf(GLM, tools('glm47'))).toEqual([
      `engine.reasoningParser: is unset, and ${GLM} thinks before it calls a tool: clients get the thoughts as part of the answer; set it to "glm45" [reasoning-parser-unset]`,
    ]);
  });

  it('warns about one of another family', () => {
    expect(linesOf(GLM, { reasoningParser: 'deepseek_r1' })).toEqual([
      expect.stringMatching(
        /^engine.reasoningParser: is "deepseek_r1", .*; set "glm45" instead \[parser-of-another-model\]$/,
      ),
    ]);
  });
});

describe('the tokenizer mode', () => {
  const id = 'deepseek-ai/DeepSeek-V3.2';

  it.each([undefined, 'auto', 'deepseek_v32'])('of DeepSeek-V3.2 may be %s', (tokenizerMode) => {
    expect(linesOf(id, tokenizerMode === undefined ? {} : { tokenizerMode })).toEqual([]);
  });

  it('warns about one without a chat template', () => {
    expect(linesOf(id, { tokenizerMode: 'hf' })).toEqual([
      `engine.tokenizerMode: is "hf": ${id} has no chat template, so each chat request fails; set "deepseek_v32", or remove it [tokenizer-mode-of-another-model]`,
    ]);
  });
});

describe('a needed option', () => {
  const id = 'MiniMaxAI/MiniMax-M3';

  it('warns about an unset block size', () => {
    expect(linesOf(id)).toEqual([
      `--block-size: is unset, and ${id} is served with --block-size=128; set engine.blockSize to 128 [model-needs-option]`,
    ]);
  });

  it('warns about another block size', () => {
    expect(linesOf(id, { blockSize: 16 })).toEqual([
      expect.stringContaining(`engine.blockSize: is "16", and ${id} is served with --block-size=128`),
    ]);
  });

  it('may be set', () => {
    expect(linesOf(id, { blockSize: 128 })).toEqual([]);
  });

  it('is set by Model.recommended', () => {
    expect(linesOf(id, {}, { model: Model.recommended(id) })).toEqual([]);
  });
});

describe('the release', () => {
  it('warns about one before the recipe', () => {
    expect(linesOf('google/gemma-4-31B-it', {}, { vllmVersion: VllmVersion.of('0.18.0') })).toEqual([
      'vllmVersion: is 0.18.0, and google/gemma-4-31B-it is served with vLLM 0.19.1 or later: an older one may not know it; set it to 0.19.1 or later [model-needs-newer-vllm]',
    ]);
  });

  it('may be older than the recipe of an old class', () => {
    const vllmVersion = VllmVersion.of('0.9.0');
    expect(linesOf('meta-llama/Llama-3.3-70B-Instruct', {}, { vllmVersion })).toEqual([]);
  });
});

describe('a gated model', () => {
  const id = 'meta-llama/Llama-3.1-8B-Instruct';
  const token = SecretKey.of('hugging-face', 'token');

  it('warns about a missing token', () => {
    expect(linesOf(id)).toEqual([
      `model.accessToken: is unset: ${id} is gated, and the Hub answers 401 to a pod without a token; accept its licence on the Hub, and set accessToken: SecretKey.of("hugging-face", "token") in Model.of [gated-without-token]`,
    ]);
  });

  it.each<[way: string, more: Partial<VllmInferenceStackProps>]>([
    ['accessToken', { model: Model.of(id, { accessToken: token }) }],
    ['a variable from a Secret', { secretEnv: { HF_TOKEN: token } }],
    ['a volume', { weights: Weights.fromVolume({ claim: 'models' }) }],
    ['a mirror', { env: { HF_ENDPOINT: 'https://hub.example.com' } }],
    [
      'envFrom',
      {
        podTemplateOverrides: {
          spec: { containers: [{ name: 'vllm', envFrom: [{ secretRef: { name: 'hugging-face' } }] }] },
        },
      },
    ],
  ])('may have %s instead', (_, more) => {
    expect(linesOf(id, {}, more)).toEqual([]);
  });

  it('is not guessed from a name', () => {
    expect(linesOf('acme/Llama-3.1-8B-Instruct')).toEqual([]);
  });
});
