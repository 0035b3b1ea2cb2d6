import { RELATIONS } from '../../lib/rules/relations';
import { FACTS } from '../../lib/engine/facts/fact-table';
import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import { parseRelease } from '../../lib/engine/release';
import { VllmVersion } from '../../lib';
import { errorsOf, h100, idsOf, pinned } from '../support/plan';

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
  it.each([
    [
      ['--grpc-port=1'],
      '--grpc-port is 1, which needs env.VLLM_USE_RUST_FRONTEND: "1"; set env.VLLM_USE_RUST_FRONTEND to "1"',
    ],
    [
      ['--all2all-backend=moonep', '--expert-placement-strategy=round_robin'],
      '--all2all-backend is "moonep", which vLLM refuses together with --expert-placement-strategy: "round_robin"; remove one',
    ],
    [
      ['--distributed-executor-backend=ray'],
      '--distributed-executor-backend is "ray", which needs the Python package ray',
    ],
  ])('fails with what is set, as the user wrote it: %j', (extraArgs, problem) => {
    expect(errorsOf({ extraArgs })).toEqual([expect.stringContaining(`extraArgs[0]: ${problem}`)]);
  });

  it.each([
    ['--model-impl=terratorch', 'unknown-choice'],
    ['--decode-context-parallel-size=2', 'decode-context-parallelism'],
    ['--engram-config={"dp_shared_memory":true}', 'option-of-another-model'],
    ['--offload-backend=prefetch', 'offload-groups'],
  ])('has one finding for one mistake: %s', (argument, id) => {
    expect(errorsOf({ extraArgs: [argument] })).toEqual([expect.stringContaining(`[${id}]`)]);
  });

  it('fails with the switch to add, which accepts no value', () => {
    expect(errorsOf({ extraArgs: ['--numa-bind-nodes', '0'] })).toEqual([
      'extraArgs[0]: --numa-bind-nodes is ["0"], which needs --numa-bind; add --numa-bind to extraArgs, or remove it [option-without-another]',
    ]);
  });

  const whitespace = { structuredOutputsConfig: { backend: 'outlines', disable_any_whitespace: true } };

  it('fails with the value that is set and the one that is needed', () => {
    expect(errorsOf({ engine: whitespace })).toEqual([
      'engine.structuredOutputsConfig: disable_any_whitespace is true, which needs engine.structuredOutputsConfig.backend: "xgrammar" or "guidance"; set engine.structuredOutputsConfig.backend to "xgrammar" or "guidance", or remove it [option-without-another]',
    ]);
  });

  it('fails with the argument that sets it', () => {
    expect(errorsOf({ extraArgs: ['--ray-workers-use-nsight'] })).toEqual([
      'extraArgs[0]: --ray-workers-use-nsight is true, which needs engine.distributedExecutorBackend: "ray", or --data-parallel-backend: "ray"; set engine.distributedExecutorBackend to "ray", or set --data-parallel-backend to "ray", or remove it [option-without-another]',
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

describe('ranks of data parallelism by variable', () => {
  it('are refused for a dense model, and not read beside the flag', () => {
    const env = { VLLM_DP_SIZE: '2' };
    expect(errorsOf({ env })).toEqual([
      'env.VLLM_DP_SIZE: is "2", which needs engine.dataParallelSize: more than 1; set engine.dataParallelSize to more than 1, or remove it [option-without-another]',
    ]);
    expect(idsOf({ env: { VLLM_DP_SIZE: '1' } })).toEqual([]);
    expect(idsOf({ env, accelerator: h100(2), engine: { dataParallelSize: 2 } })).not.toContain(
      'option-without-another',
    );
  });
});

describe('a Python logging configuration', () => {
  it('is refused where vLLM must not configure its logs', () => {
    const given = (keys: object) => ({ extraArgs: [`--logging-config=${JSON.stringify(keys)}`] });
    const file = { pylogging_config_file: '/config/logging.json' };
    expect(idsOf(given({ ...file, configure_logging: false }))).toEqual(['options-together']);
    expect(idsOf(given({ ...file, configure_logging: true }))).toEqual([]);
    expect(idsOf(given({ configure_logging: false }))).toEqual([]);
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
