import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');

function compilerOptions(): ts.CompilerOptions {
  const file = join(ROOT, 'tsconfig.json');
  const { config } = ts.parseConfigFileTextToJson(file, readFileSync(file, 'utf8')) as { config: object };
  return { ...ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options, types: [], noUnusedLocals: false };
}

/**
 * Errors of the compiler for each of several programs, which need not exist as files. They are compiled together,
 * because most of the time is spent on the declarations that all of them import.
 */
export function typeErrors(programs: Readonly<Record<string, string>>): Record<string, string[]> {
  const paths = new Map(Object.keys(programs).map((name, index) => [join(__dirname, `program-${index}.ts`), name]));
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const textOf = (path: string) => programs[paths.get(path) ?? ''];
  host.fileExists = (path) => textOf(path) !== undefined || fileExists(path);
  host.getSourceFile = (path, ...rest) => {
    const text = textOf(path);
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...paths.keys()], options, host);
  const errors = [...paths].map(([path, name]): [string, string[]] => {
    const source = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return [name, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))];
  });
  return Object.fromEntries(errors);
}
