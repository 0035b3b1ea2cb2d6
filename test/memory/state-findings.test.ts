import { Accelerator, GpuModel, Model } from '../../lib';
import type { EngineOptions } from '../../lib';
import { gpu } from '../support/memory';
import { pinned, planOf, warningsOf } from '../support/plan';

const STATES = { ...gpu(GpuModel.H100), model: Model.of('Qwen/Qwen3.5-27B-FP8') };
const found = (props: Parameters<typeof planOf>[0]) =>
  planOf(props).findings.filter(({ id }) => id === 'sequences-above-blocks').length;

describe('sequences of a model with states', () => {
  it('warns about more of them than blocks, which vLLM refuses: recipes #831', () => {
    const [warning] = warningsOf(STATES);
    expect(warning).toContain(
      'engine.maxNumSeqs: is unset, so it is 1024, but the state of each sequence needs a block',
    );
    expect(warning).toContain('set it to 512 [sequences-above-blocks]');
  });

  it.each<[what: string, engine: EngineOptions]>([
    ['so many', { maxNumSeqs: 512 }],
    ['eager mode', { enforceEager: true }],
    ['graphs of parts', { compilationConfig: { cudagraph_mode: 'piecewise' } }],
  ])('accepts %s', (_, engine) => {
    expect(found({ ...STATES, engine })).toBe(0);
  });

  it.each<[what: string, props: Parameters<typeof planOf>[0]]>([
    ['states of which there is room for all', { ...STATES, accelerator: Accelerator.gpu(GpuModel.B200, 2) }],
    ['a model without states', { ...STATES, model: Model.of('Qwen/Qwen3-32B-FP8') }],
    ['a release that was not read', { ...STATES, ...pinned('0.28.0') }],
  ])('accepts %s', (_, props) => {
    expect(found(props)).toBe(0);
  });
});

describe('a model that reads only text', () => {
  it('has no encoders', () => {
    const weights = (extraArgs: string[]) => planOf({ ...STATES, extraArgs }).memory.fitted?.fit.weights ?? 0;
    // 460.6 million parameters in 16 bits.
    expect((weights([]) - weights(['--language-model-only'])) / 1024 / 1.02).toBeCloseTo(0.858, 2);
  });
});
