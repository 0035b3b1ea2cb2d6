/**
 * Bundles the output of jsii into build/index.js, the one file that programs load. `npm run build` calls it.
 *
 * Opening and reading some 200 small files took half of the library's start time. In the bundle each module still has
 * its own scope and is evaluated on first use, so a program with stacks only does not evaluate the GPU platform.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { build } from 'esbuild';
import ts from 'typescript';

const require = createRequire(__filename);

/** Names that a file re-exports, each with its module; without types, which do not exist at run time. */
export function exportsOf(indexFile: string): Map<string, string> {
  const { statements } = ts.createSourceFile(indexFile, readFileSync(indexFile, 'utf8'), ts.ScriptTarget.Latest);
  const exported = new Map<string, string>();
  for (const statement of statements) {
    if (!ts.isExportDeclaration(statement)) throw new Error(`${indexFile} has other statements than re-exports`);
    const { isTypeOnly, exportClause, moduleSpecifier } = statement;
    if (isTypeOnly) continue;
    if (!exportClause || !ts.isNamedExports(exportClause) || !moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) {
      throw new Error(`${indexFile}: write each export as "export { Name } from './file'"`);
    }
    for (const element of exportClause.elements) {
      if (!element.isTypeOnly) exported.set(element.name.text, moduleSpecifier.text);
    }
  }
  return exported;
}

/**
 * The entry, which evaluates a module when one of its exports is first read. It defines the exports in a loop, since
 * Node omits an export from the names for `import { … }` if it recognises a getter with a side effect.
 */
function entry(exported: ReadonlyMap<string, string>): string {
  const getters = [...exported].map(([name, module]) => `${name}: () => require('${module}').${name},`);
  return `
    const getters = { ${getters.join('\n')} };
    Object.defineProperty(exports, '__esModule', { value: true });
    for (const [name, get] of Object.entries(getters)) Object.defineProperty(exports, name, { enumerable: true, get });`;
}

/** The folders of the packages that a bundle contains. */
function packagesIn(inputs: readonly string[]): string[] {
  const folders = inputs.map((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

/** The licence of a package, which whoever distributes its code must give to the users. */
function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)(\.|$)/i.test(file));
  if (texts.length === 0) throw new Error(`${name} is in the bundle and has no file with its licence`);
  const pages = texts.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...pages].join('\n\n');
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** The module that reads queries of users. It has the grammar of PromQL, and few programs need it. */
const QUERIES = 'metrics/query/read-query';

/** Its bundle, beside the one that programs load: the size of that one is a part of every start. */
const QUERIES_FILE = 'queries.js';

const queriesApart: Plugin = {
  name: 'queries-apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/query\/read-query$/ }, () => ({ path: `./${QUERIES_FILE}`, external: true }));
  },
};

const OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // esbuild renames classes that refer to themselves.
  keepNames: true,
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** The function and the name of a call by which esbuild keeps a name. */
function namedBy(node: ts.Node): { readonly target: ts.Expression; readonly name: string } | undefined {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== '__name') return;
  const [target, name] = node.arguments;
  return target && name && ts.isStringLiteral(name) ? { target, name: name.text } : undefined;
}

/** Whether a function is what a variable or a property of this name is made with: then it has the name by itself. */
const isDeclared = ({ parent }: ts.Node, name: string): boolean =>
  (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) &&
  ts.isIdentifier(parent.name) &&
  parent.name.text === name;

/**
 * Without the calls by which esbuild gives a function the name that it has already. They are more than two thousand; some
 * run at each start, and those inside of functions again and again.
 */
export function withoutNames(code: string): string {
  const cuts: (readonly [from: number, to: number])[] = [];
  const visit = (node: ts.Node): void => {
    const call = ts.isExpressionStatement(node) ? node.expression : node;
    const { target, name } = namedBy(call) ?? {};
    if (target !== undefined && name !== undefined) {
      if (call !== node && ts.isIdentifier(target) && target.text === name) cuts.push([node.getStart(), node.end]);
      else if ((ts.isArrowFunction(target) || ts.isFunctionExpression(target)) && isDeclared(call, name)) {
        cuts.push([call.getStart(), target.getStart()], [target.end, call.end]);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('index.js', code, ts.ScriptTarget.Latest, true));
  let from = 0;
  const kept = cuts
    .sort(([a], [b]) => a - b)
    .map(([start, end]) => {
      const text = code.slice(from, start);
      from = end;
      return text;
    });
  return kept.join('') + code.slice(from);
}

/**
 * Bundles the modules that an index file re-exports, taken from a folder with the same layout. Beside the bundle is that of
 * queries, and a file with the licences of the packages in it.
 */
export async function bundle(indexFile: string, modules: string, outfile: string): Promise<void> {
  const exported = exportsOf(indexFile);
  const main = await build({
    ...OPTIONS,
    stdin: { contents: entry(exported), resolveDir: modules, sourcefile: 'index.js' },
    outfile,
    // A quarter of the text is blanks, and Node reads all of it at each start. Names and lines stay, for stack traces.
    minifyWhitespace: true,
    lineLimit: 120,
    // These must be the copies of the user's program: one App, one Construct.
    external: ['cdk8s', 'cdk8s-plus-28', 'constructs'],
    plugins: [queriesApart],
    // Node reads the names for `import { … }` from this line, since it does not run the file to find them.
    footer: { js: `0 && (module.exports = { ${[...exported.keys()].join(', ')} });` },
  });
  const queriesFile = join(dirname(outfile), QUERIES_FILE);
  const queries = await build({ ...OPTIONS, entryPoints: [join(modules, QUERIES)], outfile: queriesFile });
  writeFileSync(outfile, withoutNames(readFileSync(outfile, 'utf8')));
  const unexpected = packagesIn(Object.keys(main.metafile.inputs));
  if (unexpected.length > 0)
    throw new Error(`${outfile} has code of ${unexpected.join(', ')}, whose licences it needs`);
  const licences = packagesIn(Object.keys(queries.metafile.inputs)).map(licenceOf);
  writeFileSync(`${queriesFile}.LICENSES.txt`, `${licences.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
  const loaded = Object.keys(require(resolve(outfile)) as object);
  const missing = [...exported.keys()].filter((name) => !loaded.includes(name));
  if (missing.length > 0) throw new Error(`${outfile} does not export ${missing.join(', ')}`);
}

if (require.main === module) {
  const root = join(__dirname, '..');
  void bundle(join(root, 'lib/index.ts'), join(root, 'build/lib'), join(root, 'build/index.js'));
}
