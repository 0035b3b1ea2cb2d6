import { Size } from 'cdk8s';
import { Accelerator, GpuModel, Model, Weights } from '../../lib';
import { h100, idsOf, planOf, warningsOf } from '../support/plan';

const UNKNOWN = { model: Model.of('acme/own-model') };

describe('the size of the weights', () => {
  it('is that of the checkpoint of a known model', () => {
    const { size } = planOf().weights;
    expect(size?.value).toBeCloseTo(14.96 * 1024);
    expect(size?.reason).toBe('checkpoint of meta-llama/Llama-3.1-8B-Instruct');
  });

  it('is what the user set, also for a known model', () => {
    const model = Model.of('meta-llama/Llama-3.1-8B-Instruct', { weightsSize: Size.gibibytes(15.5) });
    expect(planOf({ model }).weights.size).toEqual({ value: 15_872, reason: 'set in model.weightsSize' });
    expect(idsOf({ model })).toEqual([]);
  });

  it('warns about an unknown model, and is then the engine’s share of the accelerator', () => {
    expect(planOf({ ...UNKNOWN, accelerator: h100(2) }).weights.size).toEqual({
      value: 146806,
      reason: 'what fits on the accelerator',
    });
    expect(warningsOf({ ...UNKNOWN, accelerator: h100(2) })).toEqual([
      'model: the size of acme/own-model is unknown: startup budget, memory and disk assume the 143.4 GiB that fit on the accelerator, and the memory fit is not checked; set weightsSize in Model.of to the size of the weight files [weights-unknown]',
    ]);
  });

  it('warns about a fine-tuned model, and names the one that it may be a copy of', () => {
    const [message] = warningsOf({ model: Model.of('acme/Llama-3.1-8B-Instruct-sql') });
    expect(message).toContain(
      'set architecture in Model.of to Architecture.like("meta-llama/Llama-3.1-8B-Instruct") if it is a fine-tuned copy of that model, else weightsSize [weights-unknown]',
    );
  });

  it('is at least that of the parts that are known, where the library does not know all', () => {
    const { size } = planOf({ model: Model.of('OpenGVLab/InternVL3_5-8B') }).weights;
    expect(size).toEqual({
      value: 15_623.168,
      reason: 'checkpoint of OpenGVLab/InternVL3_5-8B, of which the library knows a part',
    });
  });

  it('of an unknown model on a shared GPU is what fits into the share', () => {
    const accelerator = Accelerator.shared(GpuModel.L40S, { sharers: 2 });
    expect(planOf({ ...UNKNOWN, accelerator }).weights.size?.value).toBe(20730);
  });

  it('of an unknown model follows a utilization written without a zero', () => {
    expect(planOf({ ...UNKNOWN, extraArgs: ['--gpu_memory_utilization=.5'] }).weights.size?.value).toBe(23034);
  });

  it('is not guessed from a name that resembles a known one', () => {
    const model = Model.of('someone/Llama-3.1-8B-Instruct-AWQ');
    expect(idsOf({ model })).toEqual(['weights-unknown']);
  });
});

describe('the load rate', () => {
  it.each([
    ['from the Hub', undefined, 100, 'planning figure for the Hub'],
    ['from the Hub into a claim', Weights.fromHub({ cacheClaim: 'c' }), 100, 'planning figure for the Hub'],
    ['from a volume', Weights.fromVolume({ claim: 'c' }), 200, 'planning figure for a network volume'],
    [
      'of the set value',
      Weights.fromHub({ loadRatePerSecond: Size.gibibytes(0.3) }),
      307.2,
      'set in weights.loadRatePerSecond',
    ],
  ])('%s', (_, weights, value, reason) => {
    expect(planOf({ weights }).weights.loadRate).toEqual({ value, reason });
  });
});
