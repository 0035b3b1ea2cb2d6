import { RELATIONS } from '../../lib/rules/relations';
import { FACTS } from '../../lib/engine/facts/fact-table';
import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import { parseRelease } from '../../lib/engine/release';
import { Model, VllmVersion } from '../../lib';
import { errorsOf, idsOf, pinned } from '../support/plan';

describe('the table of relations', () => {
  it('has something that is needed or excluded in every row', () => {
    expect(RELATIONS.filter(({ needs = [], without = [] }) => needs.length + without.length === 0)).toEqual([]);
  });

  it('has the flag of every setting in the newest release', () => {
    const catalogue = Catalogue.of(parseRelease('0.32.0'));
    const settings = RELATIONS.flatMap(({ when, and = [], needs = [], without = [] }) => [
      when,
      ...and,
      ...needs,
      ...without,
    ]);
    const names = settings.map(({ setting }) => setting.split('.')[0] ?? '').filter((name) => name !== 'env');
    const flags = names.map((name) => FACTS[name as keyof typeof FACTS].flag);
    expect(flags.filter((flag) => catalogue.flag(flag) === undefined)).toEqual([]);
  });
});

describe('an option that needs another one', () => {
  const whitespace = { structuredOutputsConfig: { backend: 'outlines', disable_any_whitespace: true } };

  it('fails with the value that is set and the one that is needed', () => {
    expect(errorsOf({ engine: whitespace })).toEqual([
      'engine.structuredOutputsConfig: disable_any_whitespace is true, which needs engine.structuredOutputsConfig.backend: "xgrammar" or "guidance"; set engine.structuredOutputsConfig.backend to "xgrammar" or "guidance", or remove it [option-without-another]',
    ]);
  });

  it('fails with the argument that sets it', () => {
    expect(errorsOf({ extraArgs: ['--ray-workers-use-nsight'] })).toEqual([
      'extraArgs[0]: --ray-workers-use-nsight is true, which needs engine.distributedExecutorBackend: "ray", or --data-parallel-backend: "ray"; set engine.distributedExecutorBackend to "ray", or --data-parallel-backend to "ray", or remove it [option-without-another]',
    ]);
  });

  it('is not checked for a release of which nothing is known', () => {
    expect(idsOf({ engine: whitespace, vllmVersion: VllmVersion.unchecked('0.32.0') })).not.toContain(
      'option-without-another',
    );
  });

  it('is not checked for a release before the rule', () => {
    const args = { extraArgs: ['--profiler-config={"profiler":"torch"}'] };
    expect(idsOf({ ...args, ...pinned('0.25.1') })).toEqual(['option-without-another']);
    expect(idsOf({ ...args, ...pinned('0.20.0') })).toEqual([]);
  });
});

describe('two options that exclude each other', () => {
  it('fail with both of their places', () => {
    expect(
      errorsOf({ extraArgs: ['--attention-config={"backend":"FLASH_ATTN"}', '--attention-backend=FLASH_ATTN'] }),
    ).toEqual([
      'extraArgs[1]: --attention-backend is "FLASH_ATTN", which vLLM refuses together with --attention-config.backend; remove one of the two; the other is extraArgs[0] [options-together]',
    ]);
  });

  it('are accepted where one of them is turned off', () => {
    const engine = { disableLogStats: false };
    expect(idsOf({ engine, extraArgs: ['--enable-per-request-metrics'] })).toEqual([]);
  });
});

describe('prompts in one piece with state layers', () => {
  const whole = (id: string, ...more: string[]) => ({
    model: Model.of(id),
    engine: { maxModelLen: 8192, maxNumBatchedTokens: 8192 },
    extraArgs: ['--no-enable-chunked-prefill', ...more],
    unsafeMemoryFit: 'no memory',
    ...pinned('0.32.0'),
  });

  it('refuses them with prefix caching, which is on by default', () => {
    expect(errorsOf(whole('Qwen/Qwen3.5-27B'))).toEqual([
      'extraArgs[0]: engine.enableChunkedPrefill is false, which needs engine.enablePrefixCaching: false; set engine.enablePrefixCaching to false, or remove it [option-without-another]',
    ]);
  });

  it('accepts them without prefix caching, and for other models', () => {
    expect(errorsOf(whole('Qwen/Qwen3.5-27B', '--no-enable-prefix-caching'))).toEqual([]);
    expect(errorsOf(whole('meta-llama/Llama-3.1-8B-Instruct'))).toEqual([]);
  });
});
