import { Scaling } from '../../lib';

const fixed = (replicas: unknown) => () => Scaling.fixed(replicas as never);

describe('a fixed number of replicas', () => {
  it('is what was said', () => {
    expect(Scaling.fixed(3).replicas).toBe(3);
  });

  it.each<[what: string, call: () => unknown, message: string]>([
    ['no replicas', fixed(0), 'Scaling.fixed has 1 problem:\n  - replicas: is 0; give a whole number of at least 1'],
    ['a negative number', fixed(-1), 'replicas: is -1'],
    ['half a replica', fixed(1.5), 'replicas: is 1.5'],
    ['NaN', fixed(NaN), 'replicas: is NaN; give a whole number of at least 1'],
    ['endless replicas', fixed(Infinity), 'replicas: is Infinity'],
    ['a number in quotes', fixed('2'), 'replicas: is "2"'],
    ['options', fixed({ replicas: 2 }), 'replicas: is {"replicas":2}'],
    ['null', fixed(null), 'replicas: is null'],
    ['nothing', fixed(undefined), 'replicas: is required and was not given; give a whole number of at least 1'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
