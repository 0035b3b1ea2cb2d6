import { Accelerator, GpuModel, Model } from '../../lib';
import { findingLine } from '../../lib/preflight/finding';
import { h100, planOf } from '../support/plan';

/** Findings about topology, as lines of text. */
const linesOf = (props: Parameters<typeof planOf>[0]): string[] =>
  planOf({ model: Model.of('a/b'), ...props })
    .findings.filter(({ id }) => /over-pcie|than-a-node|uneven/.test(id))
    .map(findingLine);
const on = (model: GpuModel, count: number) => linesOf({ accelerator: Accelerator.gpu(model, count) });

describe('tensor parallelism', () => {
  it('has a notice on GPUs without NVLink', () => {
    expect(on(GpuModel.L40S, 2)).toEqual([
      'engine.tensorParallelSize (by default): splits each layer over 2 GPUs, and a L40S has no NVLink: the partial results of each layer go over PCIe, which slows every token; compare with engine.pipelineParallelSize, which sends far less data, or with one larger GPU; smaller weights may fit on one [tensor-parallelism-over-pcie]',
    ]);
  });

  it.each(['T4', 'A10', 'A10G', 'L4', 'RTX_PRO_6000'] as const)('has a notice on the %s', (name) => {
    expect(on(GpuModel[name], 4)).toEqual([expect.stringContaining('has no NVLink')]);
  });

  it.each(['A100_80GB', 'H100', 'H200', 'B200'] as const)('has no notice on the %s', (name) => {
    expect(on(GpuModel[name], 8)).toEqual([]);
  });

  it('has no notice with pipeline parallelism alone', () => {
    expect(linesOf({ accelerator: Accelerator.gpu(GpuModel.L40S, 2), engine: { pipelineParallelSize: 2 } })).toEqual(
      [],
    );
  });
});

describe('the GPUs of a pod', () => {
  it('warns about more than a machine has', () => {
    expect(linesOf({ accelerator: h100(16) })).toEqual([
      'accelerator: has 16 H100s, and all GPUs of a pod are on one node: no common machine has more than 8, so the pods may stay Pending; use at most 8, and more replicas [more-gpus-than-a-node]',
    ]);
  });

  it('warns about more than a compute tray of an NVL72 has', () => {
    expect(on(GpuModel.GB200, 8)).toEqual([expect.stringContaining('no common machine has more than 4')]);
    expect(on(GpuModel.GB200, 4)).toEqual([]);
  });

  it('may be 16 where a machine has them', () => {
    expect(on(GpuModel.A100_40GB, 16)).toEqual([]);
  });

  it('have a notice when few other pods can use the rest of a node', () => {
    expect(linesOf({ accelerator: h100(6) })).toEqual([
      'accelerator: has 6 GPUs, and machines have 1, 2, 4 or 8: few other pods can use the GPUs that are left on a node; use 8 or 4 [uneven-gpus]',
    ]);
    expect(on(GpuModel.H200, 3)).toEqual([expect.stringContaining('use 4 or 2')]);
  });

  it('are not checked for another vendor', () => {
    expect(linesOf({ accelerator: Accelerator.resource('amd.com/gpu', 16) })).toEqual([]);
  });
});
