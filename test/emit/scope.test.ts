import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import * as library from '../../lib';
import { WRONG_VALUES } from '../boundary/wrong-values';

const CONSTRUCTS = ['FleetDashboards', 'GpuPlatform', 'InferencePool', 'ModelRoutes', 'VllmInferenceStack'] as const;

type AnyConstructor = new (scope: unknown, id: unknown, props?: unknown) => Construct;
const chart = () => new Chart(new App(), 'test', { namespace: 'llm' });

describe.each(CONSTRUCTS)('%s', (name) => {
  const of = library[name] as unknown as AnyConstructor;
  const outcome = (make: () => unknown): string => {
    try {
      make();
      return 'is accepted';
    } catch (thrown) {
      return (thrown as Error).message;
    }
  };

  it('refuses every scope that is no construct', () => {
    const answers = WRONG_VALUES.map(([, value]) => outcome(() => new of(value, 'Id')));
    const refusal = `${name} has 1 problem:\n  - scope: `;
    expect(answers.filter((each) => !each.startsWith(refusal))).toEqual([]);
  });

  it('refuses an App, which is not a Chart', () => {
    expect(() => new of(new App(), 'Id')).toThrow(
      `${name} has 1 problem:\n  - scope: is an App; give the Chart that the objects are for, or a construct in it [wrong-value]`,
    );
  });

  it('refuses an id that is no text', () => {
    const wrong = WRONG_VALUES.filter(([, value]) => typeof value !== 'string' || value.trim() === '');
    const answers = wrong.map(([, value]) => outcome(() => new of(chart(), value)));
    expect(answers.filter((each) => !each.startsWith(`${name} has 1 problem:\n  - id: `))).toEqual([]);
  });
});

it.each([
  ['a Chart', () => chart()],
  ['a Chart in a Chart', () => new Chart(chart(), 'Inner')],
  ['a construct in a Chart', () => new Construct(chart(), 'Group')],
  ['a Chart in a construct', () => new Chart(new Construct(new App(), 'Group'), 'Inner')],
  ['a Chart of its own', () => new Chart(undefined as never, 'Root')],
])('%s is a scope', (_, scope) => {
  expect(() => new library.FleetDashboards(scope(), 'Fleet')).not.toThrow();
});
