/**
 * Writes lib/engine/catalogue/data/json-schema.ts, the keys of the JSON flags with their types, from the facts about vLLM
 * and from json-schema-validators.ts:
 *
 *     npm run json-schema -- ../shared/facts           # writes it
 *     npm run json-schema -- ../shared/facts --check   # changes nothing; fails when it is out of date
 */
import { FLAGS } from '../lib/engine/catalogue/data/flags';
import type { FieldRow } from '../lib/engine/catalogue/field-row';
import type { Words } from '../lib/engine/catalogue/rows';
import { compareVersions, KNOWN_MINORS } from '../lib/engine/release';
import { readFacts, writeGenerated } from './generated';
import type { Defs, Schema } from './json-schema-shape';
import { definitions, shapeOf, typeOfPython } from './json-schema-shape';
import { FREE_KEYS, VALIDATORS } from './json-schema-validators';

/** A key by release; the choices are a list, or each with its first release and the first one without it. */
interface Field {
  readonly flag: string;
  readonly field: string;
  readonly type: string;
  readonly since: string;
  readonly removed: string | null;
  readonly choices?: readonly string[] | Readonly<Record<string, readonly [string, string | null]>>;
}

/** Words by the span in which they hold. `first` and `last` are the ends of the key itself. */
function wordsOf(choices: NonNullable<Field['choices']>, first: string): Words {
  if (Array.isArray(choices)) return choices.join(' ');
  const bySpan = new Map<string, string[]>();
  for (const [word, [since, removed]] of Object.entries(choices as Readonly<Record<string, [string, string | null]>>)) {
    const span = `${since === first ? '' : since}..${removed ?? ''}`;
    bySpan.set(span, [...(bySpan.get(span) ?? []), word]);
  }
  const spans = [...bySpan].map(([span, words]) => [span, words.join(' ')] as const);
  return spans.length === 1 && spans[0]?.[0] === '..' ? spans[0][1] : Object.fromEntries(spans);
}

/** The choices of one key in several versions of the schema. Between two versions, the choices of both count. */
function wordsOfVersions(byVersion: readonly (readonly [string, readonly string[] | undefined])[]): Words | undefined {
  const known = byVersion.filter(([, choices]) => choices !== undefined);
  const newest = known.at(-1)?.[1];
  if (newest === undefined) return undefined;
  const words: Record<string, string[]> = { '..': [...newest] };
  known.slice(0, -1).forEach(([, choices = []], index) => {
    const gone = choices.filter((each) => !newest.includes(each));
    if (gone.length > 0) words[`..${minorOf(known[index + 1]?.[0] ?? '')}`] = gone;
  });
  const spans = Object.entries(words).map(([span, each]) => [span, each.join(' ')] as const);
  return spans.length === 1 ? spans[0]?.[1] : Object.fromEntries(spans);
}

const minorOf = (version: string): string => version.replace(/\.\d+$/, '');

interface Facts {
  readonly versions: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
  readonly fields: readonly Field[];
}

/** The tables of all flags and of the classes inside them. */
export function jsonSchemaOf({ versions, fields }: Facts): Record<string, FieldRow[]> {
  const order = Object.keys(versions).sort(compareVersions);
  const newest = versions[order.at(-1) ?? ''] ?? {};
  const classes = new Map(Object.entries(newest).map(([flag, schema]) => [schema.class ?? '', flag]));
  /** Each version's schema of a flag or class, oldest first. */
  const schemasOf = new Map<string, (readonly [string, Schema, Defs])[]>();
  for (const version of order) {
    for (const [flag, schema] of Object.entries(versions[version] ?? {})) {
      const defs = definitions(schema);
      const named = Object.entries(defs).filter(([name, each]) => each.properties && !classes.has(name));
      for (const [name, each] of [[flag, schema] as const, ...named]) {
        const known = schemasOf.get(name) ?? [];
        if (!known.some(([other]) => other === version)) schemasOf.set(name, [...known, [version, each, defs]]);
      }
    }
  }

  const tables: Record<string, FieldRow[]> = {};
  const flags = new Set<string>(FLAGS.map(({ name }) => name));
  const names = new Set([...schemasOf.keys(), ...fields.map(({ flag }) => flag), ...Object.keys(VALIDATORS)]);
  for (const name of [...names].sort()) {
    if (name.startsWith('--') && !flags.has(name)) continue; // Filled from flags of its own, as MambaConfig is.
    const schemas = schemasOf.get(name) ?? [];
    const own = fields.filter(({ flag }) => flag === name);
    const keys = new Set([
      ...own.map(({ field }) => field),
      ...schemas.flatMap(([, { properties }]) => Object.keys(properties ?? {})),
      ...Object.keys(VALIDATORS[name] ?? {}),
    ]);
    tables[name] = [...keys].sort().map((key) =>
      rowOf(
        name,
        key,
        schemas,
        own.find(({ field }) => field === key),
        classes,
      ),
    );
  }
  for (const [flag, type] of Object.entries(FREE_KEYS)) tables[flag] = [...(tables[flag] ?? []), { name: '*', type }];
  return withoutUnused(tables);
}

function rowOf(
  name: string,
  key: string,
  schemas: readonly (readonly [string, Schema, Defs])[],
  field: Field | undefined,
  classes: ReadonlyMap<string, string>,
): FieldRow {
  const holding = schemas.filter(([, { properties }]) => properties?.[key] !== undefined);
  const byVersion = holding.map(
    ([version, { properties }, defs]) => [version, shapeOf(properties?.[key] ?? {}, defs, classes)] as const,
  );
  // SkipValidation: vLLM replaces what is set.
  const isSkipped = field?.type.startsWith('SkipValidation[') === true && !field.type.includes('bool');
  const shape = isSkipped ? { type: 'any' } : byVersion.at(-1)?.[1];
  const since = field?.since.replace('≤', '') ?? '';
  const span =
    field === undefined
      ? nestedSpan(schemas, holding.length, byVersion.at(-1)?.[0])
      : `${since}..${field.removed ?? ''}`;
  const choices =
    field?.choices === undefined
      ? wordsOfVersions(byVersion.map(([version, each]) => [version, each.choices] as const))
      : wordsOf(field.choices, since);
  const { null: orNull, ...extra } = VALIDATORS[name]?.[key] ?? {};
  const [, newest] = schemas.at(-1) ?? [];
  const own = shape ?? { type: typeOfPython(field?.type ?? 'Any', field?.choices !== undefined) };
  const python = field === undefined ? '' : typeOfPython(field.type, field.choices !== undefined);
  const isOptional = orNull === true || /\| null$/.test(python);
  const type = extra.type ?? (isOptional && !own.type.includes('null') ? `${own.type} | null` : own.type);
  const hasChoices = /\b(words|numbers|folded)\b/.test(type) && choices !== undefined;
  return {
    name: key,
    ...(span !== '..' && { in: span }),
    ...own,
    choices: hasChoices ? choices : undefined,
    ...(newest?.required?.includes(key) === true && { required: true }),
    ...(schemas.some(([, each]) => each['x-not-settable']?.includes(key)) && { computed: true }),
    ...extra,
    type: orNull === true && !type.includes('null') ? `${type} | null` : type,
    ...(extra.type === undefined && opened(type, python, schemas.at(-1)?.[0])),
  };
}

/** A list that is open in the newest minor, to which `python` belongs, and closed in the last schema, which is older. */
function opened(type: string, python: string, last: string | undefined): Pick<FieldRow, 'type' | 'before'> | undefined {
  const after = KNOWN_MINORS[KNOWN_MINORS.indexOf(minorOf(last ?? '')) + 1];
  const isOpen = python.includes('words | text') && type.includes('words') && !type.includes('text');
  if (!isOpen || after === undefined) return undefined;
  return { type: type.replace('words', 'words | text'), before: { [after]: { type } } };
}

/** When a key exists that only the schemas have: between two of them, it counts as there. */
function nestedSpan(
  schemas: readonly (readonly [string, ...unknown[]])[],
  count: number,
  last: string | undefined,
): string {
  const versions = schemas.map(([version]) => version);
  const after = versions[versions.indexOf(last ?? '') + 1];
  if (count === versions.length || count === 0) return '..';
  if (after !== undefined) return `..${minorOf(after)}`;
  const before = versions[versions.indexOf(last ?? '') - count];
  return `${before === undefined ? '' : `${before.replace(/\d+$/, (patch) => String(Number(patch) + 1))}`}..`;
}

/** Classes that no key refers to are not set by anyone. */
function withoutUnused(tables: Record<string, FieldRow[]>): Record<string, FieldRow[]> {
  const used = (name: string): boolean =>
    name.startsWith('--') ||
    VALIDATORS[name] !== undefined ||
    Object.entries(tables).some(
      ([other, rows]) => other !== name && rows.some(({ type }) => type.split(/[ ()]/).includes(name)),
    );
  const left = Object.fromEntries(Object.entries(tables).filter(([name]) => used(name)));
  return Object.keys(left).length === Object.keys(tables).length ? left : withoutUnused(left);
}

const quoted = (text: string) => (text.includes("'") ? JSON.stringify(text) : `'${text}'`);

function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const known = Object.entries(value).filter(([, each]) => each !== undefined);
  const entries = known.map(([key, each]) => `${/^[a-z]\w*$/i.test(key) ? key : quoted(key)}: ${literal(each)}`);
  return `{ ${entries.join(', ')} }`;
}

/** The text of the generated file. */
export function render(tables: Readonly<Record<string, readonly FieldRow[]>>, measuredSince: string): string {
  const blocks = Object.entries(tables).map(
    ([name, rows]) =>
      `  ${/^\w+$/.test(name) ? name : quoted(name)}: [\n${rows.map((row) => `    ${literal(row)},\n`).join('')}  ],\n`,
  );
  return `import type { JsonSchema } from '../field-row';

/** Generated by scripts/json-schema.ts. The first minor whose bounds, nested keys and names of values are known. */
export const MEASURED_SINCE = '${measuredSince}';

/** The keys of the JSON flags and of the classes inside them. The keys of a row are explained in ../field-row.ts. */
export const JSON_SCHEMA: JsonSchema = {
${blocks.join('')}};
`;
}

if (require.main === module) {
  const command = 'npm run json-schema';
  const facts = {
    ...readFacts<Pick<Facts, 'fields'>>('vllm-config-fields.json', command),
    ...readFacts<Pick<Facts, 'versions'>>('vllm-json-schema.json', command),
  };
  const [oldest = ''] = Object.keys(facts.versions).sort(compareVersions);
  writeGenerated('lib/engine/catalogue/data/json-schema.ts', render(jsonSchemaOf(facts), minorOf(oldest)), command);
}
