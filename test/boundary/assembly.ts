import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Callable, Member, PublicApi, Type } from './public-api';

const FILE = join(__dirname, '../../.jsii');

/** Whether `npm run build` wrote the assembly, which is not in the repository. */
export const hasAssembly = (): boolean => existsSync(FILE);

/** The parts of jsii's assembly that are read here: what other languages see of this package. */
interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
}
interface Parameter {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly static?: boolean;
}
interface Method {
  readonly name?: string;
  readonly parameters?: readonly Parameter[];
}
interface AssemblyType {
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly interfaces?: readonly string[];
  readonly members?: readonly { readonly name: string }[];
  readonly initializer?: Method;
  readonly methods?: readonly Method[];
  readonly properties?: readonly Parameter[];
}
interface Assembly {
  readonly types: Readonly<Record<string, AssemblyType>>;
}

function typeOf({ primitive, fqn, collection }: TypeReference): Type {
  if (collection) return { kind: collection.kind === 'array' ? 'list' : 'map', of: typeOf(collection.elementtype) };
  if (fqn !== undefined) return { kind: 'named', name: fqn.replace(/^.*\./, '') };
  return { kind: 'primitive', name: primitive as 'any' };
}

const member = ({ name, type, optional = false }: Parameter): Member => ({ name, type: typeOf(type), optional });

function callablesOf({ name: className, initializer, methods = [] }: AssemblyType): Callable[] {
  const all = [...(initializer ? [{ ...initializer, name: 'new' }] : []), ...methods];
  return all.map(({ name = '', parameters = [] }) => ({ className, method: name, parameters: parameters.map(member) }));
}

/** The public API as jsii has compiled it. */
export function assemblyApi(): PublicApi {
  const { types } = JSON.parse(readFileSync(FILE, 'utf8')) as Assembly;
  const of = (kind: AssemblyType['kind']) => Object.values(types).filter((each) => each.kind === kind);
  const membersOf = ({ interfaces = [], properties = [] }: AssemblyType): Member[] => [
    ...interfaces.flatMap((fqn) => membersOf(types[fqn] as AssemblyType)),
    ...properties.map(member),
  ];
  const constantsOf = ({ name, properties = [] }: AssemblyType) =>
    properties.filter((each) => each.static).map((each) => `${name}.${each.name}`);
  return {
    callables: of('class').flatMap(callablesOf),
    structs: new Map(of('interface').map((each) => [each.name, membersOf(each)])),
    bases: new Set(of('interface').flatMap(({ interfaces = [] }) => interfaces.map((fqn) => fqn.replace(/^.*\./, '')))),
    enums: new Map(of('enum').map(({ name, members = [] }) => [name, members.map((each) => each.name)])),
    classes: new Set(of('class').map(({ name }) => name)),
    constants: of('class').flatMap(constantsOf),
  };
}
