import * as library from '../../lib';
import { brandOf } from '../../lib/shapes/brand';
import { assemblyApi, hasAssembly } from './assembly';
import { placesOf } from './places';
import type { PublicApi, Type } from './public-api';
import { publicApi } from './public-api';

const API = publicApi();

const textOf = (type: Type): string => ('of' in type ? `${type.kind} of ${textOf(type.of)}` : type.name);

/** All that users can write, a line each, without the order of the files. */
function linesOf({ callables, structs, enums, classes, constants }: PublicApi): string[] {
  const list = (members: PublicApi['callables'][number]['parameters']) =>
    members.map(({ name, type, optional }) => `${name}${optional ? '?' : ''}: ${textOf(type)}`);
  return [
    ...callables.map(({ className, method, parameters }) => `${className}.${method}(${list(parameters).join(', ')})`),
    ...[...structs].flatMap(([name, members]) => list(members).map((each) => `${name}.${each}`)),
    ...[...enums].flatMap(([name, members]) => members.map((each) => `enum ${name}.${each}`)),
    ...[...classes].map((name) => `class ${name}`),
    ...constants.map((name) => `constant ${name}`),
  ].sort();
}

// The assembly is made by `npm run build`: without it this test is listed as skipped.
(hasAssembly() ? it : it.skip)('the sweep reads the API that jsii has compiled; after a change, npm run build', () => {
  const compiled = linesOf(assemblyApi());
  expect(compiled.length).toBeGreaterThan(900);
  expect(linesOf(API)).toEqual(compiled);
});

/** What users read and never write. */
const RESULTS = ['Decision', 'Finding'];

it('the sweep reaches each property of each struct that users write', () => {
  const swept = new Set(API.callables.flatMap((each) => placesOf(API, each).map(({ of }) => of)));
  // A struct that others extend is swept as a part of them.
  const written = [...API.structs].filter(([name]) => !API.bases.has(name) && !RESULTS.includes(name));
  const properties = written.flatMap(([struct, members]) => members.map(({ name }) => `${struct}.${name}`));
  expect(properties.filter((each) => !swept.has(each))).toEqual([]);
});

it.each([...API.bases])('%s is not swept itself, and another struct has all of its properties', (base) => {
  const names = (struct: string) => (API.structs.get(struct) ?? []).map(({ name }) => name);
  const others = [...API.structs.keys()].filter((each) => each !== base && !API.bases.has(each));
  const extensions = others.filter((each) => names(base).every((name) => names(each).includes(name)));
  expect(extensions).not.toEqual([]);
});

it.each(API.constants)('%s is an instance of its class', (constant) => {
  const [className = '', name = ''] = constant.split('.');
  const value = (library as unknown as Record<string, Record<string, object>>)[className]?.[name];
  expect(value && brandOf(value)).toBe(className);
});

it.each([...API.enums])('%s has the members of its declaration', (name, members) => {
  expect(Object.keys((library as unknown as Record<string, object>)[name] ?? {})).toEqual(members);
});
