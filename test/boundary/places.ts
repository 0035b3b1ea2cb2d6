import { Duration, Size } from 'cdk8s';
import * as library from '../../lib';
import type { Callable, Member, PublicApi, Type } from './public-api';
import { CLASS_SAMPLES, SAMPLES } from './samples';

/** One place in the arguments of a call: a parameter, a property, an item of a list or a value of a map. */
export interface Place {
  /** `options.signals[]`. */
  readonly path: string;
  /** The property that a message must name. */
  readonly key: string;
  readonly type: Type;
  /** The name under which `samples.ts` has a value. */
  readonly of: string;
  /** The arguments with a value here, all others valid. */
  readonly fill: (value: unknown) => unknown;
}

const exported = library as unknown as Readonly<Record<string, Record<string, unknown>>>;

/** A value that is accepted; `of`: its struct or method, and the property or parameter. */
export function validValue(api: PublicApi, type: Type, of: string): unknown {
  if (Object.hasOwn(SAMPLES, of)) return SAMPLES[of];
  switch (type.kind) {
    case 'list':
      return [validValue(api, type.of, `${of}[]`)];
    case 'map':
      return { a: validValue(api, type.of, `${of}{}`) };
    case 'primitive':
      return { string: 'a', number: 1, boolean: true, any: {} }[type.name];
    case 'named':
      return validNamed(api, type.name);
  }
}

function validNamed(api: PublicApi, name: string): unknown {
  const members = api.structs.get(name);
  if (members) return validStruct(api, name, members);
  if (name === 'Duration') return Duration.minutes(5);
  if (name === 'Size') return Size.gibibytes(16);
  if (api.enums.has(name)) return Object.values(exported[name] ?? {})[0];
  const sample = CLASS_SAMPLES[name];
  if (sample) return sample();
  throw new Error(`add a sample of ${name} to test/boundary/samples.ts`);
}

/** A struct with what it requires. */
function validStruct(api: PublicApi, name: string, members: readonly Member[]): object {
  const required = members.filter(({ optional }) => !optional);
  const values = required.map((each) => [each.name, validValue(api, each.type, `${name}.${each.name}`)] as const);
  return { ...Object.fromEntries(values), ...(SAMPLES[`${name} needs`] as object | undefined) };
}

type Hole = (value: unknown) => unknown;

/** Every place inside a value, itself included. `around`: the structs around it. */
function* inside(api: PublicApi, at: Place, around: readonly string[]): Generator<Place> {
  yield at;
  const { type, path, key, of, fill } = at;
  if (type.kind === 'list') {
    yield* inside(
      api,
      { path: `${path}[]`, key, type: type.of, of: `${of}[]`, fill: (value) => fill([value]) },
      around,
    );
  } else if (type.kind === 'map') {
    yield* inside(
      api,
      { path: `${path}{}`, key, type: type.of, of: `${of}{}`, fill: (value) => fill({ a: value }) },
      around,
    );
  } else if (type.kind === 'named' && !around.includes(type.name)) {
    const members = api.structs.get(type.name) ?? [];
    const base = validStruct(api, type.name, members);
    for (const { name, type: inner } of members) {
      const hole: Hole = (value) => fill({ ...base, [name]: value });
      const next = { path: `${path}.${name}`, key: name, type: inner, of: `${type.name}.${name}`, fill: hole };
      yield* inside(api, next, [...around, type.name]);
    }
  }
}

/** The parameters that are swept; `test/emit/scope.test.ts` has the scope and the id of a construct. */
const checked = ({ method, parameters }: Callable) => (method === 'new' ? parameters.slice(2) : parameters);

/** Arguments that are accepted. */
export const validArguments = (api: PublicApi, callable: Callable): unknown[] =>
  checked(callable).map(({ name, type, optional }) =>
    optional ? undefined : validValue(api, type, `${callable.className}.${callable.method}.${name}`),
  );

/** Every place in the arguments of a call. */
export function placesOf(api: PublicApi, callable: Callable): Place[] {
  const valid = validArguments(api, callable);
  return checked(callable).flatMap(({ name, type }, index) => {
    const of = `${callable.className}.${callable.method}.${name}`;
    const fill: Hole = (value) => valid.map((each, at) => (at === index ? value : each));
    return [...inside(api, { path: name, key: name, type, of, fill }, [])];
  });
}
