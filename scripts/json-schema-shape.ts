/** Types of JSON keys in the form of `FieldRow.type`, from JSON Schema and from Python. */
import type { FieldRow } from '../lib/engine/catalogue/field-row';
import type { Bounds } from '../lib/engine/catalogue/rows';

/** What JSON Schema says, as far as pydantic uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly minProperties?: number;
  readonly additionalProperties?: boolean | Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly class?: string;
  readonly 'x-not-settable'?: readonly string[];
}

export type Shape = Omit<FieldRow, 'name' | 'in' | 'choices'> & { readonly choices?: readonly string[] };
export type Defs = Readonly<Record<string, Schema>>;

/** All classes and enums of a schema, those inside one key included. */
export function definitions(schema: Schema): Defs {
  const parts = [...(schema.anyOf ?? []), ...Object.values(schema.properties ?? {})];
  const inner = [...parts, ...Object.values(schema.$defs ?? {})].map(definitions);
  return Object.assign({}, ...inner, schema.$defs) as Defs;
}

const SIMPLE: Readonly<Record<string, string>> = {
  boolean: 'bool',
  integer: 'int',
  number: 'float',
  string: 'text',
  null: 'null',
};

const boundsOf = ({ minimum, maximum, exclusiveMinimum }: Schema): Bounds => ({
  ...(minimum !== undefined && { min: minimum }),
  ...(maximum !== undefined && { max: maximum }),
  ...(exclusiveMinimum !== undefined && { above: exclusiveMinimum }),
});

/** The shape of one schema. Enums become `words` and their choices. */
export function shapeOf(schema: Schema, defs: Defs, classes: ReadonlyMap<string, string>): Shape {
  const inner = (each: Schema) => shapeOf(each, defs, classes);
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/$defs/', '');
    const target = defs[name] ?? {};
    return target.properties === undefined ? inner(target) : { type: classes.get(name) ?? name };
  }
  if (schema.anyOf !== undefined) {
    const shapes = schema.anyOf.map(inner);
    const type = [...new Set(shapes.map((shape) => shape.type))].join(' | ');
    const choices = shapes.flatMap((shape) => shape.choices ?? []);
    return { ...Object.assign({}, ...shapes, boundsOf(schema)), type, ...(choices.length > 0 && { choices }) } as Shape;
  }
  const values = schema.const === undefined ? schema.enum : [schema.const];
  if (values !== undefined) {
    return { type: typeof values[0] === 'number' ? 'numbers' : 'words', choices: values.map(String) };
  }
  if (schema.prefixItems !== undefined) {
    return { type: `tuple(${schema.prefixItems.map((each) => inner(each).type).join(' ')})` };
  }
  if (schema.type === 'array') {
    const item = inner(schema.items ?? {});
    return { ...item, type: `${schema.minItems === undefined ? 'list' : 'filled'}(${item.type})` };
  }
  if (schema.type === 'object') {
    const value =
      typeof schema.additionalProperties === 'object' ? inner(schema.additionalProperties) : { type: 'any' };
    return { ...value, type: `${schema.minProperties === undefined ? 'dict' : 'some'}(${value.type})` };
  }
  return { type: SIMPLE[schema.type ?? ''] ?? 'any', ...boundsOf(schema) };
}

/** The shape of a type as Python has it, for keys that no schema has. `words` stands for any name with known choices. */
export function typeOfPython(type: string, hasChoices: boolean): string {
  const optional = /^Optional\[(.*)\]$/.exec(type)?.[1];
  if (optional !== undefined) return `${typeOfPython(optional, hasChoices)} | null`;
  const parts = type.split(' | ');
  if (parts.length > 1) return [...new Set(parts.map((part) => typeOfPython(part, hasChoices)))].join(' | ');
  const [, outer = '', inner = ''] = /^(list|set|dict|Counter)\[(.*)\]$/.exec(type) ?? [];
  if (outer === 'list' || outer === 'set') return `list(${typeOfPython(inner, hasChoices)})`;
  if (outer === 'dict') return `dict(${typeOfPython(inner.replace(/^str, /, ''), hasChoices)})`;
  const simple = {
    bool: 'bool',
    int: 'int',
    float: 'float',
    str: 'text',
    Path: 'text',
    None: 'null',
    dict: 'dict(any)',
  };
  return simple[type as keyof typeof simple] ?? (hasChoices ? 'words' : 'any');
}
