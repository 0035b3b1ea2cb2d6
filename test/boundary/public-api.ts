import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** A type of the public API. jsii allows no others, so the text of a declaration is enough to read one. */
export type Type =
  | { readonly kind: 'primitive'; readonly name: 'string' | 'number' | 'boolean' | 'any' }
  | { readonly kind: 'list' | 'map'; readonly of: Type }
  | { readonly kind: 'named'; readonly name: string };

/** A parameter of a method, or a property of a struct. */
export interface Member {
  readonly name: string;
  readonly type: Type;
  readonly optional: boolean;
}

/** Something that users call: a factory, or the constructor of a construct. */
export interface Callable {
  readonly className: string;
  /** `new` for a constructor. */
  readonly method: string;
  readonly parameters: readonly Member[];
}

export interface PublicApi {
  readonly callables: readonly Callable[];
  readonly structs: ReadonlyMap<string, readonly Member[]>;
  /** Structs that others extend. */
  readonly bases: ReadonlySet<string>;
  /** The names of the members of each. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
  readonly classes: ReadonlySet<string>;
  /** Instances that a class has as constants: `GpuModel.H100`. */
  readonly constants: readonly string[];
}

const LIB = join(__dirname, '../../lib');

const parse = (file: string) =>
  ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, /* setParentNodes */ true);

/** Adds each name that a file exports with its declaration, of that file or of one that it exports from. */
function addExports(file: string, wanted: (name: string) => boolean, found: Map<string, ts.Declaration>): void {
  for (const each of parse(file).statements) {
    if (ts.isExportDeclaration(each) && each.exportClause && each.moduleSpecifier) {
      const { elements } = each.exportClause as ts.NamedExports;
      const names = new Set(elements.map(({ name }) => name.text).filter(wanted));
      const path = (each.moduleSpecifier as ts.StringLiteral).text;
      if (names.size > 0) addExports(`${join(dirname(file), path)}.ts`, (name) => names.has(name), found);
    } else if (ts.isClassDeclaration(each) || ts.isInterfaceDeclaration(each) || ts.isEnumDeclaration(each)) {
      if (each.name && wanted(each.name.text)) found.set(each.name.text, each);
    }
  }
}

function typeOf(node: ts.TypeNode | undefined): Type {
  if (!node) throw new Error('a public member has no type');
  if (ts.isArrayTypeNode(node)) return { kind: 'list', of: typeOf(node.elementType) };
  if (ts.isTypeLiteralNode(node)) {
    const [index] = node.members;
    return { kind: 'map', of: typeOf((index as ts.IndexSignatureDeclaration).type) };
  }
  const text = node.getText();
  if (/^(string|number|boolean|any)$/.test(text)) return { kind: 'primitive', name: text as 'any' };
  if (text === 'unknown') return { kind: 'primitive', name: 'any' };
  if (/^\w+$/.test(text)) return { kind: 'named', name: text };
  throw new Error(`cannot read the type ${text}`);
}

const member = (node: ts.ParameterDeclaration | ts.PropertySignature): Member => ({
  name: node.name.getText(),
  type: typeOf(node.type),
  optional: node.questionToken !== undefined || ('initializer' in node && node.initializer !== undefined),
});

const isHidden = (node: ts.Node): boolean =>
  ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal') ||
  (ts.getCombinedModifierFlags(node as ts.Declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0;

function callablesOf(node: ts.ClassDeclaration): Callable[] {
  const className = node.name?.text ?? '';
  return node.members.flatMap((each): Callable[] => {
    const isCallable = ts.isMethodDeclaration(each) || ts.isConstructorDeclaration(each);
    if (!isCallable || isHidden(each)) return [];
    const method = ts.isConstructorDeclaration(each) ? 'new' : each.name.getText();
    return [{ className, method, parameters: each.parameters.map(member) }];
  });
}

function constantsOf(node: ts.ClassDeclaration): string[] {
  const constants = node.members.filter((each): each is ts.PropertyDeclaration => {
    const isStatic = (ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Static) !== 0;
    return ts.isPropertyDeclaration(each) && isStatic && !isHidden(each);
  });
  return constants.map((each) => `${node.name?.text}.${each.name.getText()}`);
}

const basesOf = (node: ts.InterfaceDeclaration): string[] =>
  (node.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression.getText()));

function membersOf(node: ts.InterfaceDeclaration, all: ReadonlyMap<string, ts.Declaration>): Member[] {
  const inherited = basesOf(node).flatMap((name) => membersOf(all.get(name) as ts.InterfaceDeclaration, all));
  return [...inherited, ...node.members.filter(ts.isPropertySignature).map(member)];
}

/** The public API as its declarations have it: a new property is in it by itself. */
export function publicApi(): PublicApi {
  const all = new Map<string, ts.Declaration>();
  addExports(join(LIB, 'index.ts'), () => true, all);
  const interfaces = [...all].filter((entry): entry is [string, ts.InterfaceDeclaration] =>
    ts.isInterfaceDeclaration(entry[1]),
  );
  const classes = [...all.values()].filter(ts.isClassDeclaration);
  return {
    callables: classes.flatMap(callablesOf),
    structs: new Map(interfaces.map(([name, node]) => [name, membersOf(node, all)])),
    bases: new Set(interfaces.flatMap(([, node]) => basesOf(node))),
    enums: new Map(
      [...all.values()]
        .filter(ts.isEnumDeclaration)
        .map(({ name, members }) => [name.text, members.map((each) => each.name.getText())]),
    ),
    classes: new Set(classes.map(({ name }) => name?.text ?? '')),
    constants: classes.flatMap(constantsOf),
  };
}
