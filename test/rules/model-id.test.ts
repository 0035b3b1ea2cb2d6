import { Architecture, Model, VllmVersion, Weights } from '../../lib';
import { errorsOf, idsOf, warningsOf } from '../support/plan';

const of = (id: string, options = {}) => ({ model: Model.of(id, options) });
const OF_IDS = ['model-id-case', 'model-id-misspelt', 'model-of-vllm-omni', 'model-class-removed'];
const ids = (props: object) => idsOf(props).filter((id) => OF_IDS.includes(id));

describe('the id of a model', () => {
  it('warns about other upper- and lower-case letters than on the Hub', () => {
    expect(warningsOf(of('qwen/qwen3-8b'))).toEqual([
      'model: is qwen/qwen3-8b; the Hub spells it Qwen/Qwen3-8B: pods download it into a cache folder of its own, and do not find it without the Hub; set Qwen/Qwen3-8B [model-id-case]',
    ]);
  });

  it('warns about a slip', () => {
    expect(warningsOf(of('Qwen/Qwen-3-8B', { architecture: Architecture.like('Qwen/Qwen3-8B') }))).toEqual([
      'model: is Qwen/Qwen-3-8B, which the library does not know (did you mean "Qwen/Qwen3-8B"?): a pod cannot download a model that does not exist; set Qwen/Qwen3-8B, or acknowledge this if it is another model [model-id-misspelt]',
    ]);
  });

  it.each([
    ['a known model', of('Qwen/Qwen3-8B')],
    ['the old name of one', of('meta-llama/Meta-Llama-3.1-8B-Instruct')],
    ['a fine-tuned model', of('acme/Llama-3.1-8B-Instruct-sft')],
    ['a model of your own', of('acme/own-model')],
    ['a path', of('/models/qwen3-8b')],
    ['a slip on a volume', { ...of('Qwen/Qwen-3-8B'), weights: Weights.fromVolume({ claim: 'models' }) }],
  ])('may be that of %s', (_, props) => {
    expect(ids(props)).toEqual([]);
  });
});

describe('a model that vLLM itself cannot serve', () => {
  it('refuses one of vllm-omni with vLLM’s image', () => {
    expect(errorsOf(of('Qwen/Qwen-Image'))).toContain(
      'model: is Qwen/Qwen-Image, which only vllm-omni serves: vLLM has no class for it and would not start; set another model, or an image with vllm-omni in vllmVersion [model-of-vllm-omni]',
    );
  });

  it('accepts one with an image of your own', () => {
    const vllmVersion = VllmVersion.of('0.32.0', { repository: 'registry.example.com/vllm-omni', imageTag: 'v0.32.0' });
    expect(ids({ ...of('Qwen/Qwen-Image'), vllmVersion })).toEqual([]);
  });

  it('warns about a class that the release no longer has', () => {
    expect(warningsOf(of('rednote-hilab/dots.llm1.inst'))).toContain(
      'model: has the class Dots1ForCausalLM, which vLLM removed after 0.23.0: it starts only if Transformers has a class that vLLM can use; set vllmVersion to at most 0.23.0, or try this one first [model-class-removed]',
    );
  });

  it('accepts that class in a release that has it', () => {
    expect(ids({ ...of('rednote-hilab/dots.llm1.inst'), vllmVersion: VllmVersion.of('0.23.0') })).toEqual([]);
  });
});
