/**
 * Compares the tables with a vLLM release that they do not have yet, and prints the rows to add and to edit:
 *
 *     npm run catalogue:diff -- 0.34 --help-text help.txt --metrics metrics.txt --openapi openapi.json --envs envs.py
 *
 * docs/engine-catalogue.md explains how to get the files and how to use the output.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Catalogue } from '../lib/engine/catalogue/catalogue';
import type { ReleasedFlag } from '../lib/engine/catalogue/released';
import type { FlagKind, FlagRow, Json, MetricRow } from '../lib/engine/catalogue/rows';
import { KNOWN_MINORS, lastPatchOf } from '../lib/engine/release';

/** A flag from the help text. It has no default if the text shows none, or a Python object. */
export type HelpFlag = Pick<FlagRow, 'name' | 'kind'> & {
  readonly choices: readonly string[];
  readonly default?: Json;
};
export type PageMetric = Pick<MetricRow, 'name' | 'type'> & { readonly labels: readonly string[] };

/** The flags of `vllm serve --help=all`. */
export function parseHelp(text: string): HelpFlag[] {
  return text
    .split(/^(?= {2}-)/m)
    .slice(1)
    .map(parseOption)
    .filter(({ name }) => name.startsWith('--') && name !== '--help');
}

/** One option: its spellings and values, then two blanks or a new line, then the help. */
function parseOption(block: string): HelpFlag {
  const [, header = '', help = ''] = /^ {2}(\S.*?)(?: {2,}|\n|$)([^]*)/.exec(block) ?? [];
  const spellings = header.match(/(?<=^|, )--?[\w-]+/g) ?? [];
  const name = spellings.find((each) => each.startsWith('--')) ?? '';
  const choices = /\{([^}]*)\}/.exec(header)?.[1]?.split(',') ?? [];
  const printed = [...help.replace(/\s+/g, ' ').matchAll(/\(default: (.*?)\)(?= |$)/g)].at(-1)?.[1];
  const initial = printed === undefined ? undefined : fromPython(printed);
  return { name, kind: kindOf(header, spellings), choices, ...(initial === undefined ? {} : { default: initial }) };
}

function kindOf(header: string, spellings: readonly string[]): FlagKind {
  if (spellings.some((each) => each.startsWith('--no-'))) return 'bool';
  const values =
    header
      .replace(/^--?[\w-]+/, '')
      .split(', -')[0]
      ?.trim() ?? '';
  if (values === '') return 'flag';
  if (values.endsWith('...]')) return 'list';
  return values.startsWith('[') ? 'optional-value' : 'value';
}

/** A plain Python value as JSON; undefined for an object such as `AttentionConfig(...)`. */
function fromPython(text: string): Json | undefined {
  const words: Readonly<Record<string, Json>> = { None: null, True: true, False: false };
  if (text in words) return words[text];
  if (/^\w+\(/.test(text)) return undefined;
  try {
    return JSON.parse(text.replaceAll("'", '"')) as Json;
  } catch {
    return text;
  }
}

/** The metrics of a /metrics page, without those of the Python process and without `_created`. */
export function parseMetrics(page: string): PageMetric[] {
  const types = [...page.matchAll(/^# TYPE (\S+) (counter|gauge|histogram|summary)$/gm)];
  return types
    .map(([, name = '', type]) => ({ name, type: type as MetricRow['type'], labels: labelsOf(name, page) }))
    .filter(({ name }) => !/^(python|process)_|_created$/.test(name));
}

function labelsOf(name: string, page: string): string[] {
  const samples = page.split('\n').filter((line) => /^(_bucket|_sum|_count)?[{ ]/.test(line.slice(name.length)));
  const own = samples.filter((line) => line.startsWith(name));
  const labels = own.flatMap((line) => [...line.matchAll(/[{,](\w+)="/g)].map(([, label = '']) => label));
  return [...new Set(labels)].filter((label) => label !== 'le' && label !== 'quantile');
}

/** `METHOD /path` of every route in an OpenAPI document. */
export function parseOpenApi(text: string): string[] {
  const { paths } = JSON.parse(text) as { paths: Readonly<Record<string, object>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

/** The variables that vllm/envs.py reads. */
export function parseEnvs(source: string): string[] {
  return [...source.matchAll(/^ {4}"([A-Z][A-Z0-9_]*)":/gm)].map(([, name = '']) => name);
}

const quote = (value: Json) => JSON.stringify(value).replaceAll('"', "'");

/** Lines for the flags that a release adds, removes or changes. */
export function diffFlags(minor: string, known: Catalogue, found: readonly HelpFlag[]): string[] {
  const names = new Set(found.map(({ name }) => name));
  const gone = known.flags().filter(({ name }) => !names.has(name));
  return [
    ...found.flatMap((flag) => {
      const old = known.flag(flag.name);
      return old && !old.opposite ? changes(minor, old.flag, flag) : [newFlag(minor, flag)];
    }),
    ...gone.map(({ name }) => `gone: ${name} (in: '..${minor}')`),
  ];
}

function newFlag(minor: string, { name, kind, choices, default: initial = null }: HelpFlag): string {
  const takes = kind === 'bool' || kind === 'flag' ? '' : ", type: 'str'";
  const listed = choices.length === 0 ? '' : `, choices: '${choices.join(' ')}', closed: true`;
  const start = initial === null ? '' : `, default: ${quote(initial)}`;
  return `new: { name: '${name}', in: '${minor}..', kind: '${kind}'${takes}${listed}${start} },`;
}

function changes(minor: string, old: ReleasedFlag, now: HelpFlag): string[] {
  const lines: string[] = [];
  const isComparable = now.default !== undefined && JSON.stringify(old.default) !== '{}';
  if (isComparable && JSON.stringify(now.default) !== JSON.stringify(old.default)) {
    const before = `before: { '${minor}': { default: ${quote(old.default)} } }`;
    lines.push(`default: ${old.name} is now ${quote(now.default ?? null)} (${before})`);
  }
  if (now.choices.length === 0) return lines;
  const added = now.choices.filter((choice) => !old.choices.includes(choice));
  const removed = old.choices.filter((choice) => !now.choices.includes(choice));
  if (added.length > 0) lines.push(`choices: ${old.name} adds '${minor}..': '${added.join(' ')}'`);
  if (removed.length > 0) lines.push(`choices: ${old.name} ends '..${minor}': '${removed.join(' ')}'`);
  return lines;
}

/**
 * Lines for the metrics that a release adds, removes or labels differently. Only a metric that is always exposed can be
 * missing.
 */
export function diffMetrics(minor: string, known: Catalogue, found: readonly PageMetric[]): string[] {
  const names = new Set(found.map(({ name }) => name));
  const gone = known.metrics().filter(({ name, when }) => when === 'always' && !names.has(name));
  const added = found.flatMap(({ name, type, labels }) => {
    const old = known.metric(name);
    if (!old) return [`new: { name: '${name}', in: '${minor}..', type: '${type}', labels: '${labels.join(' ')}' },`];
    const [was, is] = [[...old.labels].sort().join(' '), [...labels].sort().join(' ')];
    return labels.length === 0 || was === is ? [] : [`labels: ${name} are now '${is}'; before, '${was}'`];
  });
  return [...added, ...gone.map(({ name }) => `gone: ${name} (in: '..${minor}')`)];
}

/** Lines for new names, and for required names that are missing. */
export function diffNames(
  minor: string,
  known: readonly string[],
  required: readonly string[],
  found: readonly string[],
) {
  return [
    ...found.filter((name) => !known.includes(name)).map((name) => `new: ${name} (in: '${minor}..')`),
    ...required.filter((name) => !found.includes(name)).map((name) => `gone: ${name} (in: '..${minor}')`),
  ];
}

function main(): void {
  const text = { type: 'string' } as const;
  const options = { 'help-text': text, metrics: text, openapi: text, envs: text };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [minor] = positionals;
  const newest = lastPatchOf(KNOWN_MINORS[KNOWN_MINORS.length - 1] ?? '');
  if (minor === undefined || !/^\d+\.\d+$/.test(minor) || newest === undefined) {
    throw new Error('the first argument must be the minor of the new release, such as 0.34');
  }
  const known = Catalogue.of(newest);
  const report = (what: string, file: string | undefined, diff: (content: string) => string[]) => {
    if (file === undefined) return;
    console.log([`${what}, ${minor} against ${known.minor}:`, ...diff(readFileSync(file, 'utf8')), ''].join('\n'));
  };
  const routes = known.routes().map((route) => ({ ...route, name: `${route.method} ${route.path}` }));
  // The OpenAPI document does not list itself, its viewers and the mounted /metrics.
  const listed = routes.filter(({ path, when }) => when === 'always' && path !== '/metrics').map(({ name }) => name);
  const allRoutes = routes.map(({ name }) => name);
  const readByEnvs = known
    .variables()
    .filter(({ outside }) => !outside)
    .map(({ name }) => name);
  report('flags', values['help-text'], (content) => diffFlags(minor, known, parseHelp(content)));
  report('metrics', values.metrics, (content) => diffMetrics(minor, known, parseMetrics(content)));
  report('routes', values.openapi, (content) => diffNames(minor, allRoutes, listed, parseOpenApi(content)));
  report('variables', values.envs, (content) => diffNames(minor, readByEnvs, readByEnvs, parseEnvs(content)));
}

if (require.main === module) main();
