import { Duration } from 'cdk8s';
import { fillInNames } from '../../lib/plan/fill-in-names';

interface Input {
  readonly name: string;
  readonly wait?: Duration;
  readonly limit?: number;
}

/** A function that counts its evaluations. */
function counted() {
  const evaluated: Input[] = [];
  const describeRule = fillInNames(
    (input: Input) => {
      evaluated.push(input);
      const { name, wait, limit } = input;
      return { expr: `up{app="${name}"} > ${limit}`, labels: { [name]: [name, 1, null] }, for: wait?.toSeconds() };
    },
    (input, markOf) => ({ ...input, name: markOf(input.name) }),
  );
  return { describeRule, evaluated };
}

describe('a function whose names are filled in', () => {
  it('is evaluated once for inputs that differ in names', () => {
    const { describeRule, evaluated } = counted();
    const rules = ['a', 'much-longer'].map((name) => describeRule({ name, limit: 1 }));
    expect(rules).toEqual(
      ['a', 'much-longer'].map((name) => ({ expr: `up{app="${name}"} > 1`, labels: { [name]: [name, 1, null] } })),
    );
    expect(evaluated).toHaveLength(1);
  });

  it('is evaluated again for another number or duration', () => {
    const { describeRule, evaluated } = counted();
    expect(describeRule({ name: 'a', limit: 1 }).expr).toBe('up{app="a"} > 1');
    expect(describeRule({ name: 'a', limit: 2 }).expr).toBe('up{app="a"} > 2');
    expect(describeRule({ name: 'a', wait: Duration.seconds(60) }).for).toBe(60);
    expect(describeRule({ name: 'a', wait: Duration.seconds(90) }).for).toBe(90);
    expect(evaluated).toHaveLength(4);
  });

  it('gives each caller its own value', () => {
    const { describeRule } = counted();
    const first = describeRule({ name: 'a' });
    Reflect.deleteProperty(first.labels, 'a');
    expect(describeRule({ name: 'a' }).labels).toHaveProperty('a');
  });

  it('stays correct with more kinds than it keeps', () => {
    const { describeRule } = counted();
    const limits = Array.from({ length: 100 }, (_, limit) => limit);
    const exprs = [...limits, ...limits].map((limit) => describeRule({ name: 'a', limit }).expr);
    expect(exprs).toEqual([...limits, ...limits].map((limit) => `up{app="a"} > ${limit}`));
  });
});
