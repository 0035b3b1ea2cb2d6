import { App, Chart } from 'cdk8s';
import * as library from '../../lib';
import { fits } from './fits';
import { impostersOf } from './imposters';
import type { Place } from './places';
import { placesOf, validArguments } from './places';
import type { Callable } from './public-api';
import { CLASS_SAMPLES } from './samples';
import { publicApi } from './public-api';
import { WRONG_VALUES } from './wrong-values';

/**
 * Every place of the public API, each with every wrong value. The places are read from the declarations: a new property is
 * among them by itself, and a new class needs an instance in `samples.ts`.
 */
const API = publicApi();
const exported = library as unknown as Record<string, Record<string, (...given: unknown[]) => unknown>>;
const chart = () => new Chart(new App(), 'test', { namespace: 'llm' });

/** Calls a factory, or makes a construct. A mode checks its options when its platform is made. */
function call({ className, method }: Callable, given: unknown[]): void {
  const of = exported[className] as unknown as new (...all: unknown[]) => object;
  if (method === 'new') new of(chart(), 'Id', ...given);
  else {
    const made = exported[className]?.[method]?.(...given);
    if (className === 'GpuPlatformMode')
      new library.GpuPlatform(chart(), 'Id', { mode: made as library.GpuPlatformMode });
  }
}

/** The one form of a message: each finding on a line, with what to do and its id. */
const MESSAGE = /^.+ has (1 problem|\d+ problems):(\n {2}- \S.*: .+; .+ \[[-\w.]+\](\n {6}.+)*)+$/;

/** What is wrong with the answer to one value; undefined when nothing is. */
function complaint(
  callable: Callable,
  { path, key, type, fill }: Place,
  value: unknown,
  isOfType: boolean,
): string | undefined {
  try {
    call(callable, fill(value) as unknown[]);
    return isOfType ? undefined : 'is accepted';
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.constructor !== Error || !MESSAGE.test(thrown.message)) {
      return `throws ${String(thrown)}`;
    }
    if (isOfType) return undefined;
    const lines = thrown.message.split('\n').filter((line) => line.startsWith('  - '));
    // The properties of an argument that is a struct are named without the argument.
    const isArgument = !path.includes('.') && type.kind === 'named' && API.structs.has(type.name);
    const own = lines.filter((line) => isArgument || line.includes(key));
    if (own.length === 0) return `does not name ${key}: ${thrown.message}`;
    const isClass = type.kind === 'named' && API.classes.has(type.name);
    const names = (line: string) =>
      line.includes(`${type.kind === 'named' && type.name}.`) || /made with new [A-Z]/.test(line);
    return isClass && !own.some(names) ? `does not name a factory: ${thrown.message}` : undefined;
  }
}

/** Complaints about a place with every value. */
function complaints(callable: Callable, place: Place): string[] {
  const { type, path } = place;
  const imposters = type.kind === 'named' && API.classes.has(type.name) ? impostersOf(type.name) : [];
  return [...WRONG_VALUES, ...imposters].flatMap(([name, value], at) => {
    const isOfType = at < WRONG_VALUES.length && fits(API, type, value);
    const found = complaint(callable, place, value, isOfType);
    return found === undefined ? [] : [`${path} with ${name} ${found}`];
  });
}

beforeEach(() => void jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => void jest.restoreAllMocks());

const nameOf = ({ className, method }: Callable) => `${className}.${method}`;
const callables = API.callables.map((each): [string, Callable] => [nameOf(each), each]);

it.each(callables)('%s accepts the arguments that the sweep begins with', (_, callable) => {
  expect(() => call(callable, validArguments(API, callable))).not.toThrow();
});

const withArguments = callables.filter(([, callable]) => placesOf(API, callable).length > 0);
const places = withArguments.flatMap(([name, callable]) => {
  const byProperty = new Map<string, Place[]>();
  for (const place of placesOf(API, callable)) {
    const [property = ''] = /^\w+(\.\w+)?/.exec(place.path) ?? [];
    byProperty.set(property, [...(byProperty.get(property) ?? []), place]);
  }
  return [...byProperty].map(([property, inside]): [string, string, Callable, Place[]] => [
    name,
    property,
    callable,
    inside,
  ]);
});

it.each(places)('%s refuses what is of a wrong type in %s, and names it', (_, __, callable, inside) => {
  expect(inside.flatMap((place) => complaints(callable, place))).toEqual([]);
});

/** Constructs that are never given to another one. */
const ROOTS = ['FleetDashboards', 'GpuPlatform', 'ModelRoutes'];

it('has an instance of each class in samples.ts', () => {
  const classes = [...API.classes].filter((name) => !ROOTS.includes(name));
  expect(Object.keys(CLASS_SAMPLES).sort()).toEqual(classes.sort());
});

it('sweeps all structs and classes of the API', () => {
  expect(API.structs.size).toBeGreaterThan(100);
  expect(places.length).toBeGreaterThan(400);
  expect(WRONG_VALUES.length).toBeGreaterThanOrEqual(50);
});
