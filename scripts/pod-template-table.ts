/**
 * Writes lib/workload/pod/schema/pod-template-table.ts, the fields of a pod template with their types, from the schema
 * that an API server publishes:
 *
 *     kubectl get --raw /openapi/v3/api/v1 > schema.json
 *     npm run pod-template -- schema.json            # writes it
 *     npm run pod-template -- schema.json --check    # changes nothing; fails when it is out of date
 *
 * The cluster tests compare the table with the schema of their server.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeGenerated } from './generated';

export const FILE = 'lib/workload/pod/schema/pod-template-table.ts';
const COMMAND = 'npm run pod-template -- schema.json';

/** The parts of an OpenAPI schema that the table keeps. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
}

export interface OpenApi {
  readonly info: { readonly version: string };
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const ROOT = 'io.k8s.api.core.v1.PodTemplateSpec';

/** Types without fields of their own, by the last part of their name. */
const LEAVES: Readonly<Record<string, string>> = { Quantity: 'q', IntOrString: 'x', Time: 't', FieldsV1: 'o' };

const SIMPLE: Readonly<Record<string, string>> = { string: 's', boolean: 'b', integer: 'i', number: 'n', object: 'o' };

/** More words than this are not checked: the 65 signals of \`stopSignal\` would be a twentieth of the table. */
const MOST_WORDS = 20;

const shortName = (reference: string): string => reference.replace(/^.*\./, '');

/** The fields of each type: `args:[s]`, `env:[EnvVar]name`, `name!:s`. */
export function typesOf({ components: { schemas } }: OpenApi): ReadonlyMap<string, readonly string[]> {
  const types = new Map<string, readonly string[]>();
  const known = new Map<string, string>();

  const typeOf = (schema: Schema): string => {
    const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
    if (reference !== undefined) return named(reference.replace(/^.*\//, ''));
    if (schema.items) return `[${typeOf(schema.items)}]${(schema['x-kubernetes-list-map-keys'] ?? []).join(',')}`;
    if (schema.additionalProperties) return `{${typeOf(schema.additionalProperties)}}`;
    if (schema.enum && schema.enum.length <= MOST_WORDS) return `=${schema.enum.join('|')}`;
    if (schema.format === 'int64') return 'l';
    const simple = SIMPLE[schema.type ?? ''];
    if (simple === undefined) throw new Error(`the table has no letter for ${JSON.stringify(schema)}`);
    return simple;
  };

  const named = (name: string): string => {
    const short = shortName(name);
    const leaf = LEAVES[short];
    if (leaf !== undefined) return leaf;
    if ((known.get(short) ?? name) !== name) throw new Error(`two types are named ${short}`);
    if (known.has(short)) return short;
    known.set(short, name);
    const { properties = {}, required = [] } = schemas[name] ?? {};
    const fields = Object.keys(properties)
      .sort()
      .map((field) => `${field}${required.includes(field) ? '!' : ''}:${typeOf(properties[field] as Schema)}`);
    types.set(short, fields);
    return short;
  };

  named(ROOT);
  return types;
}

/** One line for each type, sorted by its name: `Container args:[s] env:[EnvVar]name name!:s …`. */
function tableOf(schema: OpenApi): string[] {
  const types = typesOf(schema);
  return [...types.keys()].sort().map((type) => lineOf(type, types));
}

/** The fields of a type, or those that it has besides the fields of a shorter one: `EphemeralContainer=Container …`. */
function lineOf(type: string, types: ReadonlyMap<string, readonly string[]>): string {
  const fields = types.get(type) ?? [];
  const comesFirst = (other: string, its: readonly string[]) =>
    its.length < fields.length || (its.length === fields.length && other < type);
  const bases = [...types].filter(
    ([other, its]) =>
      other !== type && its.length > 1 && comesFirst(other, its) && its.every((each) => fields.includes(each)),
  );
  const [base, shared] = bases.sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  const own = fields.filter((each) => shared?.includes(each) !== true);
  return [base === undefined ? type : `${type}=${base}`, ...own].join(' ');
}

/** The minor of the server, such as `1.37`: some publish their whole version, and others only this. */
export const minorOf = ({ info }: OpenApi): string => info.version.replace(/^v/, '').split('.').slice(0, 2).join('.');

/** The text of the file. */
export function render(schema: OpenApi): string {
  return `/** The minor whose fields these are. */
export const KUBERNETES = '${minorOf(schema)}';

/**
 * The fields of a pod template, a line for each type. Written by \`npm run pod-template\` from the schema of an API server;
 * ./pod-types.ts explains the letters.
 */
export const POD_TEMPLATE = \`
${tableOf(schema).join('\n')}
\`;
`;
}

if (require.main === module) {
  const { positionals } = parseArgs({ allowPositionals: true, options: { check: { type: 'boolean' } } });
  const [file] = positionals;
  if (file === undefined) throw new Error(`name the file with the schema of an API server: ${COMMAND}`);
  writeGenerated(FILE, render(JSON.parse(readFileSync(file, 'utf8')) as OpenApi), COMMAND);
}
