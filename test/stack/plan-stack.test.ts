import { Accelerator, GpuModel, MigStrategy, Placement, VllmVersion, Weights } from '../../lib';
import { FindingSeverity } from '../../lib/preflight/finding';
import { errorsOf, idsOf, pinned, planOf, warningsOf } from '../support/plan';

const noticeIds = (props: Parameters<typeof planOf>[0]) =>
  planOf(props)
    .findings.filter(({ severity }) => severity === FindingSeverity.NOTICE)
    .map(({ id }) => id);

describe('a plan', () => {
  it('is plain data, and always the same', () => {
    const plan = planOf();
    expect(JSON.parse(JSON.stringify(plan))).toEqual(JSON.parse(JSON.stringify(planOf())));
    expect(plan).toMatchObject({ name: 'vllm', version: '0.32.0', port: 8000, https: false });
    expect(plan.device).toEqual({ resourceName: 'nvidia.com/gpu', onCpu: false, count: 1 });
  });

  it('of three properties has no errors or warnings', () => {
    expect(idsOf({})).toEqual([]);
  });

  it('serves HTTPS with a certificate', () => {
    expect(planOf({ engine: { sslCertfile: '/tls/tls.crt', sslKeyfile: '/tls/tls.key' } }).https).toBe(true);
  });

  it('reports all problems together', () => {
    const engine = { maxNumSeqs: 64, maxNumBatchedTokens: 32, enableLogOutputs: true };
    const props = { engine, extraArgs: ['--port=1', '--frobnicate'], env: { HOME: '/' } };
    expect(idsOf(props)).toEqual([
      'owned-flag',
      'unknown-flag',
      'batched-tokens-below-seqs',
      'log-outputs-without-requests',
      'owned-variable',
    ]);
  });

  it('warns about an unknown version', () => {
    expect(warningsOf({ vllmVersion: VllmVersion.unchecked('0.40.0') })).toEqual([
      'vllmVersion: is 0.40.0, which the library does not know: flags, variables and metrics are not checked; use VllmVersion.of as soon as the library knows it [version-unchecked]',
    ]);
  });

  it('checks combinations of options even then', () => {
    const engine = { maxNumSeqs: 64, maxNumBatchedTokens: 32 };
    expect(idsOf({ vllmVersion: VllmVersion.unchecked('0.40.0'), engine })).toEqual([
      'version-unchecked',
      'batched-tokens-below-seqs',
    ]);
  });

  it('has notices about the driver, an unset placement and an unset revision', () => {
    expect(noticeIds({ engine: { maxModelLen: 8192 } })).toEqual([
      'driver-of-image',
      'placement-open',
      'revision-open',
    ]);
    const accelerator = Accelerator.gpu(GpuModel.L4);
    const weights = Weights.fromVolume({ claim: 'c' });
    expect(noticeIds({ accelerator, placement: Placement.gke(), weights, engine: { maxModelLen: 4096 } })).toEqual([
      'driver-of-image',
    ]);
  });

  it('warns about a slice that looks like a whole GPU while the placement is unset', () => {
    const accelerator = Accelerator.mig(GpuModel.H100, '1g.10gb', { strategy: MigStrategy.SINGLE });
    expect(idsOf({ accelerator })).toContain('slice-or-whole-gpu');
    expect(idsOf({ accelerator, placement: Placement.gke() })).not.toContain('slice-or-whole-gpu');
    expect(idsOf({ accelerator: Accelerator.mig(GpuModel.H100, '1g.10gb') })).not.toContain('slice-or-whole-gpu');
  });

  it('follows a placement, and refuses one that has no label for the GPU', () => {
    const engine = { maxModelLen: 8192 };
    const props = { accelerator: Accelerator.gpu(GpuModel.L4), placement: Placement.gke(), engine };
    expect(planOf(props).nodeLabels).toEqual({ 'cloud.google.com/gke-accelerator': ['nvidia-l4'] });
    expect(idsOf({ placement: Placement.gke() })).toEqual(['placement-unknown']);
  });
});

describe('a plan refuses what the pinned version does not know', () => {
  it('a flag of another version', () => {
    expect(errorsOf({ engine: { maxNumQueuedReqs: 8 }, ...pinned('0.28.0') })).toEqual([
      'engine.maxNumQueuedReqs: --max-num-queued-reqs was added in vLLM 0.29, and the pinned version is 0.28.0; raise vllmVersion to 0.29 or later, or remove it [flag-too-new]',
    ]);
  });

  it('a key of a JSON flag', () => {
    const engine = { kvTransferConfig: { kv_connector: 'NixlConnector', kv_role: 'kv_both', kv_rank: 0 } };
    expect(errorsOf({ engine })).toEqual([
      'engine.kvTransferConfig: the key "kv_rank" of --kv-transfer-config was removed in vLLM 0.32, and the pinned version is 0.32.0; remove it [json-key-removed]',
    ]);
    expect(errorsOf({ engine, ...pinned('0.31.0') })).toEqual([]);
  });

  it.each([
    ['a tool parser', { enableAutoToolChoice: true, toolCallParser: 'mine' }, { toolParserPlugin: '/p.py' }],
    ['a reasoning parser', { reasoningParser: 'mine' }, { reasoningParserPlugin: '/p.py' }],
  ])('%s that neither vLLM nor a plugin has', (_, engine, plugin) => {
    expect(idsOf({ engine })).toEqual(['unknown-parser']);
    expect(idsOf({ engine: { ...engine, ...plugin } })).toEqual([]);
  });
});
