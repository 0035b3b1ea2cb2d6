import { typeErrors } from '../support/type-errors';

const PREAMBLE = `
  import { anyObject, flag, instance, integer, listOf, mapOf, oneOf, shape, text } from '../../lib/shapes/shape';
  import type { OptionalShapes } from '../../lib/shapes/struct';
  import { structOf } from '../../lib/shapes/struct';

  enum Colour { RED = 'red', BLUE = 'blue' }
  interface Point { readonly x: number }
  interface Loose { readonly x?: number }
  interface Options {
    readonly name: string;
    readonly age?: number;
    readonly tags?: string[];
    readonly colour?: Colour;
    readonly point?: Point;
    readonly labels?: { [key: string]: string };
  }
  const point = structOf<Point>({ x: integer(0) }, {});
  const required = { name: text };
  const optional = {
    age: integer(0), tags: listOf(text), colour: oneOf(...Object.values(Colour)), point, labels: mapOf(text),
  };
`;

const SOUND = {
  'every property has a shape of its type': 'structOf<Options>(required, optional);',
  'a shape lets less pass than the type': `structOf<Options>(required, { ...optional, colour: oneOf(Colour.RED) });`,
  'an inherited part has its shapes elsewhere': `
    interface More extends Options { readonly big: boolean }
    const inherited: OptionalShapes<Options> = optional;
    structOf<More>({ ...required, big: flag }, { ...inherited });`,
};

const WRONG: Readonly<Record<string, readonly [program: string, message: string]>> = {
  'a required property has no shape': ['structOf<Options>({}, optional);', "'{}' is not assignable"],
  'an optional property has no shape': [
    'const { age, ...others } = optional; structOf<Options>(required, others);',
    "Property 'age' is missing",
  ],
  'a required property is unknown': [
    'structOf<Options>({ ...required, nmae: text }, optional);',
    "'nmae' does not exist",
  ],
  'an optional property is unknown': [
    'structOf<Options>(required, { ...optional, aeg: text });',
    "'aeg' does not exist",
  ],
  'a property is unknown in a struct without required ones': [
    'structOf<Loose>({ y: text }, { x: integer(0) });',
    "'y' does not exist",
  ],
  'a property is unknown in a struct without optional ones': [
    'structOf<Point>({ x: integer(0) }, { y: text });',
    "'y' does not exist",
  ],
  'a property is unknown in a constant with shapes': [
    'const shapes: OptionalShapes<Loose> = { x: integer(0), y: text }; structOf<Loose>({}, shapes);',
    "'y' does not exist",
  ],
  'an optional property is required': [
    'structOf<Options>({ ...required, age: integer(0) }, optional);',
    "'Shape<number>' is not assignable to type 'undefined'",
  ],
  'a required property is optional': [
    'structOf<Options>(required, { ...optional, name: text });',
    "'Shape<string>' is not assignable to type 'undefined'",
  ],
  'a number has the shape of a string': [
    'structOf<Options>(required, { ...optional, age: text });',
    "'Shape<string>' is not assignable to type 'Shape<number>'",
  ],
  'an enumeration has the shape of any string': [
    'structOf<Options>(required, { ...optional, colour: text });',
    "'Shape<string>' is not assignable to type 'Shape<Colour>'",
  ],
  'a list has the shape of its items': [
    'structOf<Options>(required, { ...optional, tags: text });',
    "'Shape<string>' is not assignable to type 'Shape<string[]>'",
  ],
  'a list has a shape with other items': [
    'structOf<Options>(required, { ...optional, tags: listOf(integer(0)) });',
    "'Shape<number[]>' is not assignable to type 'Shape<string[]>'",
  ],
  'a map has a shape with other values': [
    'structOf<Options>(required, { ...optional, labels: mapOf(flag) });',
    "'Shape<Record<string, boolean>>' is not assignable",
  ],
  'a struct has the shape of another one': [
    'structOf<Options>(required, { ...optional, point: structOf<Loose>({}, { x: integer(0) }) });',
    "'Shape<Loose>' is not assignable to type 'Shape<Point>'",
  ],
  'a struct has the shape of any object': [
    'structOf<Options>(required, { ...optional, point: anyObject });',
    "'Shape<object>' is not assignable to type 'Shape<Point>'",
  ],
  'a predicate does not name the type that it proves': [
    "structOf<Options>({ name: shape('a name', () => true) }, optional);",
    "'Shape<unknown>' is not assignable to type 'Shape<string>'",
  ],
  'an instance does not name its class': [
    "structOf<Options>(required, { ...optional, point: instance('Point', 'a Point') });",
    "'Shape<unknown>' is not assignable to type 'Shape<Point>'",
  ],
  'the struct is not named': ['structOf(required, {});', "'Shape<string>' is not assignable to type 'Shape<never>'"],
};

describe('the shape of a struct', () => {
  const wrong = Object.entries(WRONG).map(([what, [program]]) => [what, program]);
  const programs = Object.entries<string>({ ...SOUND, ...Object.fromEntries(wrong) });
  const errors = typeErrors(Object.fromEntries(programs.map(([what, program]) => [what, PREAMBLE + program])));

  it.each(Object.keys(SOUND))('compiles when %s', (what) => {
    expect(errors[what]).toEqual([]);
  });

  it.each(Object.entries(WRONG))('fails to compile when %s', (what, [, message]) => {
    expect(errors[what]).toEqual([expect.stringContaining(message)]);
  });
});
