import { dirname, join } from 'node:path';
import * as ts from 'typescript';

/** Grafana's own types of what a panel of each kind holds. */
const PANELS = { timeseries: 'TimeSeries', stat: 'Stat', bargauge: 'BarGauge', table: 'Table', heatmap: 'Heatmap' };

/** Kinds with fields of their own; the others have none. */
const CUSTOM = ['timeseries', 'table', 'heatmap'];

const SCHEMA = dirname(require.resolve('@grafana/schema/package.json'));
const raw = (path: string) => join(SCHEMA, 'dist/esm/raw', path);
const panelConfig = (kind: string, name: string) => raw(`composable/${kind}/panelcfg/x/${name}PanelCfg_types.gen`);

const imports = Object.entries(PANELS).map(
  ([kind, name]) => `import type * as ${kind} from ${JSON.stringify(panelConfig(kind, name))};`,
);
const kinds = Object.keys(PANELS).map(
  (kind) => `PanelOf<'${kind}', ${kind}.Options, ${CUSTOM.includes(kind) ? `${kind}.FieldConfig` : 'never'}>`,
);

/**
 * A JSON literal has no enums, so each enum of the schema becomes its values. Where the schema leaves a part open, the
 * kind of panel decides: its options, its fields, its queries.
 */
const DECLARATIONS = `
${imports.join('\n')}
import type * as schema from ${JSON.stringify(raw('dashboard/x/dashboard_types.gen'))};
import type * as prometheus from ${JSON.stringify(raw('composable/prometheus/dataquery/x/PrometheusDataQuery_types.gen'))};

type Json<T> = unknown extends T ? unknown
  : T extends string ? \`\${T}\`
  : T extends number | boolean | null | undefined ? T
  : T extends readonly (infer U)[] ? Json<U>[]
  : T extends object ? { [K in keyof T]: Json<T[K]> } : T;

type FieldsOf<Custom> = Omit<schema.FieldConfigSource, 'defaults'> & {
  defaults: Omit<schema.FieldConfig, 'custom'> & { custom?: Custom };
};
type PanelOf<Kind extends string, Options, Custom> =
  Omit<schema.Panel, 'type' | 'options' | 'fieldConfig' | 'targets'> & {
    type: Kind; options: Options; fieldConfig: FieldsOf<Custom>; targets: Omit<prometheus.PrometheusDataQuery, 'scope'>[];
  };
type Panel = ${kinds.join(' | ')};
type Row = Omit<schema.RowPanel, 'panels'> & { panels: Panel[] };
/** The plugin of Prometheus keeps its part of an annotation beside the common one. */
type Annotation = schema.AnnotationQuery & { expr: string; step: string; titleFormat: string; textFormat: string };
type Dashboard = Json<Omit<schema.Dashboard, 'panels' | 'annotations'> & {
  panels: (Panel | Row)[]; annotations: { list: Annotation[] };
}>;
`;

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  module: ts.ModuleKind.Node20,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  target: ts.ScriptTarget.ES2022,
  types: [],
};

/** Compiles dashboards as literals of Grafana's types: what the compiler has against each of them, by name. */
export function typeErrors(dashboards: readonly (readonly [name: string, json: string])[]): Map<string, string[]> {
  const file = join(__dirname, 'generated-dashboards.ts');
  const source = [
    DECLARATIONS,
    ...dashboards.map(([, json], index) => `export const dashboard${index}: Dashboard = ${json};`),
  ].join('\n');
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.readFile = (path) => (path === file ? source : readFile(path));
  host.getSourceFile = (path, version, ...rest) =>
    path === file ? ts.createSourceFile(path, source, version) : getSourceFile(path, version, ...rest);
  const program = ts.createProgram([file], OPTIONS, host);
  const lines = source.split('\n');
  const found = new Map(dashboards.map(([name]): [string, string[]] => [name, []]));
  for (const { messageText, file: where, start = 0 } of ts.getPreEmitDiagnostics(program)) {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    const line = where?.fileName === file ? where.getLineAndCharacterOfPosition(start).line : -1;
    const index = line - (lines.length - dashboards.length);
    const name = dashboards[index]?.[0];
    if (name === undefined) throw new Error(`Grafana's types do not compile:\n${text}`);
    found.get(name)?.push(text);
  }
  return found;
}
