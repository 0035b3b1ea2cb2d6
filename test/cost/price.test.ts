import { Accelerator, GpuModel } from '../../lib';
import { dollarsPerDeviceHour, priceDecision } from '../../lib/cost/device-price';
import { Price } from '../../lib/cost/price';
import { messageOf } from '../support/scaling';

const price = (accelerator: Accelerator) => dollarsPerDeviceHour(Price.perGpuHour(2.5), accelerator);

describe('the price of a device', () => {
  it.each<[what: string, accelerator: Accelerator, value: number, reason: string]>([
    [
      'of a GPU is the price that is set, however many a replica has',
      Accelerator.gpu(GpuModel.H100, 4),
      2.5,
      'set in price',
    ],
    [
      'of a MIG slice is its share of seven compute slices',
      Accelerator.mig(GpuModel.H100, '2g.20gb'),
      0.714286,
      '$2.5 for a GPU, of which the slice has 2 of 7 compute slices',
    ],
    [
      'of a MIG slice is its share of four where a GPU has four',
      Accelerator.mig(GpuModel.A30, '1g.6gb'),
      0.625,
      '$2.5 for a GPU, of which the slice has 1 of 4 compute slices',
    ],
    [
      'of a MIG slice with more memory is the same',
      Accelerator.mig(GpuModel.H100, '1g.20gb'),
      0.357143,
      '$2.5 for a GPU, of which the slice has 1 of 7 compute slices',
    ],
    [
      'of a share is an equal part',
      Accelerator.shared(GpuModel.L4, { sharers: 4 }),
      0.625,
      '$2.5 for a GPU, shared by 4 pods',
    ],
    [
      'of another vendor’s device is the price that is set',
      Accelerator.resource('amd.com/gpu', 8),
      2.5,
      'set in price',
    ],
  ])('%s', (_, accelerator, value, reason) => {
    expect(price(accelerator)).toEqual({ value, reason });
  });

  it('is a decision of the plan', () => {
    const decision = priceDecision(price(Accelerator.gpu(GpuModel.H100)));
    expect(decision).toEqual({ what: 'price of a device', value: '$2.5 per hour', reason: 'set in price' });
  });

  it.each([0, -1, NaN, Infinity, '2.5'])('refuses %p dollars', (dollars) => {
    expect(messageOf(() => Price.perGpuHour(dollars as number))).toContain('give a number above 0');
  });
});
