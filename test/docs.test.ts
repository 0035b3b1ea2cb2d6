/**
 * What the documentation shows is true: every TypeScript block compiles and runs, a `text` block after it is what it
 * prints or how it fails, a `yaml` block after it is part of what it writes, and every link leads somewhere.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import * as library from '../lib';
import { REGISTER } from '../lib/preflight/register';
import type { Section } from '../lib/preflight/register/section';

const ROOT = resolve(__dirname, '..');

const markdownIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

const PAGES = [...markdownIn('.'), ...markdownIn('docs')].map((page) => ({
  page,
  content: readFileSync(join(ROOT, page), 'utf8'),
}));

interface Block {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

function blocksOf({ page, content }: (typeof PAGES)[number]): Block[] {
  return [...content.matchAll(/^( *)```(\w*)\n([^]*?)^\1```$/gm)].map(
    ([, indent = '', language = '', text = ''], index) => {
      const at = [...content.matchAll(/^ *```\w*\n[^]*?^ *```$/gm)][index]?.index ?? 0;
      return {
        page,
        line: content.slice(0, at).split('\n').length,
        language,
        text: text.replaceAll(`\n${indent}`, '\n'),
      };
    },
  );
}

/** A TypeScript block, with the blocks right after it that show what it prints and writes. */
interface Example extends Block {
  readonly prints: readonly string[];
  readonly writes: readonly string[];
}

const EXAMPLES: Example[] = PAGES.flatMap((each) => {
  const blocks = blocksOf(each);
  return blocks.flatMap((block, index) => {
    if (block.language !== 'ts') return [];
    const rest = blocks.slice(index + 1);
    const end = rest.findIndex(({ language }) => language !== 'text' && language !== 'yaml');
    const shown = end < 0 ? rest : rest.slice(0, end);
    const of = (wanted: string) => shown.filter(({ language }) => language === wanted).map(({ text }) => text);
    return [{ ...block, prints: of('text'), writes: of('yaml') }];
  });
});

const isProgram = ({ page }: Block) => page !== 'docs/engine-catalogue.md';

/** What a block without imports may use: the program of README.md, taken apart. */
const PRELUDE = `
  import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
  import { ${Object.keys(library).join(', ')} } from 'cdk8s-vllm';
  const app = new App();
  const chart = new Chart(app, 'vllm', { namespace: 'llm' });
  const props = {
    name: 'vllm',
    model: Model.of('meta-llama/Llama-3.1-8B-Instruct', { accessToken: SecretKey.of('hugging-face', 'token') }),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    engine: { maxModelLen: 8192 },
  };
`;

/** The page on the catalogue shows rows of its tables, whole ones and parts. */
function programOf(block: Block): string {
  if (!isProgram(block)) {
    const isWhole = block.text.startsWith('{');
    const row = isWhole ? `FlagRow[] = [${block.text}]` : `Partial<FlagRow> = { ${block.text} }`;
    return `import type { FlagRow } from './lib/engine/catalogue/rows';\nexport const row: ${row};`;
  }
  return block.text.startsWith('import ') ? block.text : `${PRELUDE}${block.text}\napp.synth();`;
}

const fileOf = ({ page, line }: Block) => join(ROOT, `${page.replaceAll('/', '-')}-${line}.ts`);

const compiled = (() => {
  let program: ts.Program | undefined;
  return () => (program ??= compile(new Map(EXAMPLES.map((each) => [fileOf(each), programOf(each)]))));
})();

function compile(files: ReadonlyMap<string, string>): ts.Program {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    lib: ['lib.es2023.d.ts'],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node20,
    moduleDetection: ts.ModuleDetectionKind.Force,
    paths: { 'cdk8s-vllm': [join(ROOT, 'lib/index.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, ...rest) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, ...rest) : ts.createSourceFile(name, text, rest[0]);
  };
  return ts.createProgram([...files.keys()], options, host);
}

/** What a program printed, how it ended, and all that it wrote. */
interface Outcome {
  readonly printed: string;
  readonly failure: string | undefined;
  readonly written: string;
}

function run(program: string): Outcome {
  const outdir = mkdtempSync(join(tmpdir(), 'docs-'));
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: unknown) => void lines.push(String(line)));
  const stderr = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => lines.push(String(text).trimEnd()) > 0);
  const { CDK8S_OUTDIR } = process.env;
  process.env.CDK8S_OUTDIR = outdir;
  try {
    const failure = failureOf(program);
    const written = readdirSync(outdir).map((name) => readFileSync(join(outdir, name), 'utf8'));
    return { printed: lines.join('\n'), failure, written: written.join('') };
  } finally {
    if (CDK8S_OUTDIR === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = CDK8S_OUTDIR;
    log.mockRestore();
    stderr.mockRestore();
    rmSync(outdir, { recursive: true });
  }
}

function failureOf(program: string): string | undefined {
  const { outputText } = ts.transpileModule(program, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const load = (name: string): unknown => (name === 'cdk8s-vllm' ? library : jest.requireActual(name));
  try {
    new Function('require', 'exports', outputText)(load, {});
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const indentOf = (line = ''): number => line.length - line.trimStart().length;

/** The first line from `from` on where all lines of a part stand, deeper or less deep as a whole; -1 for none. */
function find(part: readonly string[], whole: readonly string[], from: number): number {
  return whole.findIndex((start, index) => {
    const deeper = indentOf(start) - indentOf(part[0]);
    const isThere = (line: string, at: number) =>
      whole[index + at]?.trim() === line.trim() && indentOf(whole[index + at]) - indentOf(line) === deeper;
    return index >= from && part.every(isThere);
  });
}

/** The parts of an excerpt that the whole does not have, in this order. `…` stands for what is left out. */
function missing(excerpt: string, whole: string): string[] {
  const lines = whole.split('\n');
  let from = 0;
  return excerpt.split(/^ *…$/m).filter((text) => {
    const part = text.split('\n').map((line) => line.replace(/ +# .*$/, ''));
    const shown = part.filter((line) => line.trim() !== '');
    if (shown.length === 0) return false;
    const at = find(shown, lines, from);
    if (at >= 0) from = at + shown.length;
    return at < 0;
  });
}

describe('TypeScript in the documentation', () => {
  test.each(EXAMPLES)('$page:$line compiles', (example) => {
    const file = compiled().getSourceFile(fileOf(example));
    const problems = [...compiled().getSyntacticDiagnostics(file), ...compiled().getSemanticDiagnostics(file)];
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });

  test.each(EXAMPLES.filter(isProgram))('$page:$line does what the page shows', (example) => {
    const { printed, failure, written } = run(programOf(example));
    const said = [printed, failure ?? ''].join('\n');
    expect(example.prints.flatMap((excerpt) => missing(excerpt, said))).toEqual([]);
    expect(example.writes.flatMap((excerpt) => missing(excerpt, written))).toEqual([]);
    const [headline = ''] = failure?.split('\n') ?? [];
    expect(example.prints.join('')).toContain(headline);
  });

  test('an excerpt leaves nothing out in silence, and invents and reorders nothing', () => {
    expect(missing('a\n  …\nc\nd # why', 'a\nb\nc\nd')).toEqual([]);
    expect(missing('a\nc', 'a\nb\nc')).toEqual(['a\nc']);
    expect(missing('a\n  b', 'a\nb')).toEqual(['a\n  b']);
    expect(missing('b\n…\na', 'a\nb')).toEqual(['\na']);
  });
});

const withoutCode = (content: string) => content.replace(/^( *)```[^]*?^\1```$/gm, '');

/** The anchors that GitHub makes from headings. */
const anchorsOf = (content: string) =>
  [...withoutCode(content).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

const IDS = new Set(
  REGISTER.flatMap(({ errors, warnings, notices }: Section) => Object.keys({ ...errors, ...warnings, ...notices })),
);

const cellsOf = (row: string) => row.split('|').map((cell) => cell.trim());

/** The ids in the columns of tables that are about findings. */
const findingsIn = (content: string) =>
  [...withoutCode(content).matchAll(/(?:^\|.*\|\n)+/gm)].flatMap(([table]) => {
    const [head = '', , ...rows] = table.trimEnd().split('\n');
    const columns = cellsOf(head).flatMap((title, column) => (/^(finding|id)s?$/.test(title) ? [column] : []));
    const texts = rows.map(cellsOf).flatMap((cells) => columns.map((column) => cells[column] ?? ''));
    return texts.flatMap((text) => [...text.matchAll(/`([a-z][a-z\d]*(?:-[a-z\d]+)+)`/g)].map(([, id = '']) => id));
  });

test('findings are read from the tables of pages', () => {
  expect(findingsIn('| what | finding |\n| --- | --- |\n| `a-b` | `c-d`, `e-f` |\n')).toEqual(['c-d', 'e-f']);
  expect(PAGES.flatMap(({ content }) => findingsIn(content)).length).toBeGreaterThan(100);
});

describe.each(PAGES)('$page', ({ page, content }) => {
  test('names findings that exist', () => {
    expect(findingsIn(content).filter((id) => !IDS.has(id))).toEqual([]);
  });

  test('has links that lead somewhere', () => {
    const links = [...withoutCode(content).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const dead = links.filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(join(ROOT, target), 'utf8')).includes(anchor);
    });
    expect(dead).toEqual([]);
  });

  test('names files of the repository that exist', () => {
    const names = [...withoutCode(content).matchAll(/`((?:lib|test|scripts|docs|imports|examples)\/[\w./-]*)`/g)];
    expect(names.map(([, name = '']) => name).filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
  });
});

describe('docs/README.md', () => {
  test('lists every page of docs/', () => {
    const map = readFileSync(join(ROOT, 'docs/README.md'), 'utf8');
    const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md') && name !== 'README.md');
    expect(pages.filter((name) => !map.includes(`](${name})`))).toEqual([]);
  });
});
