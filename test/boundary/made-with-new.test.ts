import * as library from '../../lib';
import { brandOf, isBranded } from '../../lib/shapes/brand';
import { publicApi } from './public-api';
import { CLASS_SAMPLES } from './samples';
import { WRONG_VALUES } from './wrong-values';

type Constructor = new (...given: unknown[]) => object;

const API = publicApi();
const CONSTRUCTS = API.callables.filter(({ method }) => method === 'new').map(({ className }) => className);
const classOf = (name: string) => (library as unknown as Record<string, Constructor>)[name] as Constructor;

/** Every class that only its factories make. TypeScript has private constructors; JavaScript calls them. */
const MADE = [...API.classes].filter((name) => !CONSTRUCTS.includes(name));

/** What a constructor could be given: nothing, the values of an instance in any order, and everything else. */
const argumentsOf = (name: string): unknown[][] => {
  const sample = CLASS_SAMPLES[name]?.() ?? {};
  const own = Object.values(sample);
  return [
    [],
    own,
    own.slice(1),
    [undefined, ...own],
    [sample],
    [{ ...sample }],
    ...WRONG_VALUES.map(([, each]) => [each]),
  ];
};

const MESSAGE =
  /^(\w+) has 1 problem:\n {2}- new \1\(…\): makes .*; write a factory instead, such as \1\.(\w+)\(…\) \[/;

/** The factory that the message of a refused call has. */
function factoryIn(make: () => object): string | undefined {
  try {
    return `no message but ${JSON.stringify(make())}`;
  } catch (thrown) {
    return MESSAGE.exec((thrown as Error).message)?.[2] ?? String(thrown);
  }
}

describe.each(MADE)('new %s', (name) => {
  const factories = API.callables.filter(({ className }) => className === name).map(({ method }) => method);

  it('is refused with a factory, whatever it is given', () => {
    const named = argumentsOf(name).map((given) => factoryIn(() => new (classOf(name))(...given)));
    expect(named.filter((each) => !factories.includes(each ?? ''))).toEqual([]);
  });

  it('is refused for a subclass too', () => {
    class Mine extends classOf(name) {}
    expect(factories).toContain(factoryIn(() => new Mine('a')));
    expect(factories).toContain(factoryIn(() => Reflect.construct(classOf(name), ['a'], Mine) as object));
  });
});

it('such a class is none of the constructs, and there are many', () => {
  expect(MADE.length).toBeGreaterThan(30);
});

it.each<[title: string, use: () => unknown, message: string]>([
  ['a GPU by its name', () => new (classOf('GpuModel'))('H100'), 'such as GpuModel.of(…)'],
  ['a release by its text', () => new (classOf('VllmVersion'))('0.32.0'), 'such as VllmVersion.of(…)'],
  ['a price by its number', () => new (classOf('Price'))(2.5), 'such as Price.perGpuHour(…)'],
  ['an address', () => new (classOf('PrometheusServer'))('http://a:9090'), 'such as PrometheusServer.at(…)'],
  ['an objective by what is in it', () => new (classOf('Objective'))({ kind: 'errorRate' }), 'such as Objective.'],
  ['a Secret by its name and key', () => new (classOf('SecretKey'))('name', 'key'), 'such as SecretKey.of(…)'],
])('refuses %s', (_, use, message) => {
  expect(use).toThrow(message);
});

it.each(MADE)('an object with the prototype of %s is none', (name) => {
  const empty = Object.create(classOf(name).prototype as object) as object;
  expect(brandOf(empty)).toBeUndefined();
  expect(isBranded(empty, name)).toBe(false);
});
