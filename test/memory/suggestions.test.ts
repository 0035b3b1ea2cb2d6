import { Accelerator, GpuModel, Model } from '../../lib';
import { GPU_FACTS } from '../../lib/accelerator/gpu-facts';
import type { ServingProps } from '../../lib/stack/serving-props';
import type { Finding } from '../../lib/preflight/finding';
import { FindingSeverity } from '../../lib/preflight/finding';
import { planOf } from '../support/plan';

/** What keeps an engine from starting, or its pod from being scheduled. */
const errors = (props: Partial<ServingProps>) =>
  planOf(props).findings.filter(
    ({ severity, id }) => severity === FindingSeverity.ERROR || id === 'more-gpus-than-a-node',
  );
const isMemory = ({ id }: Finding): boolean => ['memory-weights', 'memory-kv-cache', 'memory-context'].includes(id);
const suggestions = (props: Partial<ServingProps>) =>
  errors(props)
    .flatMap(({ details = [] }) => details)
    .filter((line) => line.startsWith('fits: '))
    .map((line) => line.slice('fits: '.length));

/** The properties after a suggestion, read as a person would read it. */
function applied(props: Partial<ServingProps>, suggestion: string): Partial<ServingProps> {
  return suggestion.split(', with ').reduce((before, part) => {
    const [, model = '', count = '1'] = /^Accelerator\.gpu\(GpuModel\.(\w+)(?:, (\d+))?\)$/.exec(part) ?? [];
    if (model in GPU_FACTS) {
      return { ...before, accelerator: Accelerator.gpu(GpuModel[model as keyof typeof GPU_FACTS], Number(count)) };
    }
    const [, sliced = '', profile = ''] = /^Accelerator\.mig\(GpuModel\.(\w+), "(.+)"\)$/.exec(part) ?? [];
    if (sliced in GPU_FACTS) {
      return { ...before, accelerator: Accelerator.mig(GpuModel[sliced as keyof typeof GPU_FACTS], profile) };
    }
    const [, copy] = /^Model\.of\("(.+)"\)$/.exec(part) ?? [];
    if (copy !== undefined) return { ...before, model: Model.of(copy) };
    const [, method] = /^quantization: "(\w+)" in Model\.of$/.exec(part) ?? [];
    if (method !== undefined && before.model !== undefined) {
      return { ...before, model: Model.of(before.model.id, { ...before.model.options, quantization: method }) };
    }
    const [, option, text, digits] = /^engine\.(\w+): (?:"(\w+)"|([\d.]+))$/.exec(part) ?? [];
    if (option === undefined) throw new Error(`unknown suggestion "${part}"`);
    return { ...before, engine: { ...before.engine, [option]: text ?? Number(digits) } };
  }, props);
}

const MODELS = [
  'meta-llama/Llama-3.2-1B',
  'meta-llama/Llama-3.1-8B-Instruct',
  'meta-llama/Llama-3.3-70B-Instruct',
  'Qwen/Qwen2.5-32B-Instruct',
  'Qwen/Qwen3-30B-A3B',
  'Qwen/Qwen3-235B-A22B',
  'deepseek-ai/DeepSeek-R1',
  'google/gemma-3-27b-it',
  'google/gemma-4-31B-it',
  'microsoft/phi-4',
  'openai/gpt-oss-20b',
  'openai/gpt-oss-120b',
  'meta-llama/Llama-4-Scout-17B-16E-Instruct',
  'nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16',
  'Qwen/Qwen3-Next-80B-A3B-Instruct',
  'Qwen/Qwen3-VL-235B-A22B-Instruct',
  'tencent/Hy3',
];
const { T4, A10G, L4, L40S, A100_40GB, A100_80GB, H100, H200, B200, GB200, RTX_PRO_6000 } = GpuModel;
const ACCELERATORS: readonly [what: string, accelerator: Accelerator][] = [
  ...[T4, A10G, L4, L40S, A100_40GB, H100, H200, RTX_PRO_6000].flatMap((gpu) =>
    [1, 2, 4].map((count): [string, Accelerator] => [`${count} ${gpu.name}`, Accelerator.gpu(gpu, count)]),
  ),
  ['2 GB200', Accelerator.gpu(GB200, 2)],
  ['8 H100', Accelerator.gpu(H100, 8)],
  ['1g.10gb of an H100', Accelerator.mig(H100, '1g.10gb')],
  ['3g.40gb of an A100', Accelerator.mig(A100_80GB, '3g.40gb')],
  ['2g.45gb of a B200', Accelerator.mig(B200, '2g.45gb')],
  ['a third of an L40S', Accelerator.shared(L40S, { sharers: 3 })],
  ['half of an H100', Accelerator.shared(H100, { sharers: 2 })],
];
const ENGINES: readonly [what: string, engine: NonNullable<ServingProps['engine']>][] = [
  ['nothing set', {}],
  ['a share of the memory', { gpuMemoryUtilization: 0.3 }],
  ['whole prompts', { enableChunkedPrefill: false }],
  ['many sequences', { maxNumSeqs: 2048 }],
  ['a short context', { maxModelLen: 8192 }],
  ['a KV cache in fp8', { kvCacheDtype: 'fp8', maxModelLen: 16384 }],
  ['two stages', { pipelineParallelSize: 2 }],
];

describe('each suggested change fits, and no other check refuses it', () => {
  it.each(MODELS)('for %s', (id) => {
    let tried = 0;
    for (const [what, accelerator] of ACCELERATORS) {
      for (const [name, engine] of ENGINES) {
        const props = { model: Model.of(id), accelerator, engine };
        for (const suggestion of suggestions(props)) {
          const before = new Set(errors(props).map(({ id: error }) => error));
          const left = errors(applied(props, suggestion))
            .filter((finding) => isMemory(finding) || !before.has(finding.id))
            .map(({ problem }) => problem);
          expect([what, name, suggestion, ...left]).toEqual([what, name, suggestion]);
          tried++;
        }
      }
    }
    expect(tried).toBeGreaterThan(10);
  });
});

it('suggests no higher share of a small slice than it has free', () => {
  const accelerator = Accelerator.mig(A100_40GB, '1g.5gb');
  const props = { model: Model.of('Qwen/Qwen3-0.6B'), accelerator, engine: { maxModelLen: 5888, maxNumSeqs: 16 } };
  const shares = suggestions(props).filter((each) => each.startsWith('engine.gpuMemoryUtilization'));
  expect(shares).toEqual(['engine.gpuMemoryUtilization: 0.91']);
  expect(errors(applied(props, 'engine.gpuMemoryUtilization: 0.91'))).toEqual([]);
  expect(errors(applied(props, 'engine.gpuMemoryUtilization: 0.95'))).toMatchObject([{ id: 'gpu-memory-in-use' }]);
});
