import type { App } from 'cdk8s';
import { Document, isPair, isScalar, parse, visit } from 'yaml';
import { dashboardOutline } from './dashboard-outline';
import type { Manifest } from './stack';

/** How much of an app a golden shows. */
interface GoldenOptions {
  /**
   * For an additional golden (the first one shows everything): only names of rules and numbers of panels, no
   * recommended labels, and small maps and lists on one line.
   */
  readonly brief: boolean;
  /**
   * Kinds that are shown, also with a name, `Deployment llama`, or with a namespace, `Deployment llm/llama`. Of other
   * objects, only their names: for an app whose other objects are in another golden.
   */
  readonly reviewed?: readonly string[];
}

const nameOf = ({ record, alert, for: pending, labels }: Manifest): string =>
  alert ? `${alert} [${labels.severity}${pending ? `, ${pending}` : ''}]` : record;

function rules(groups: readonly Manifest[], { brief }: GoldenOptions): object {
  const lines = (each: readonly Manifest[]) =>
    brief ? each.map(nameOf).join(', ') : each.map((rule) => `${nameOf(rule)}: ${rule.expr}`);
  return Object.fromEntries(groups.map(({ name, rules: each }) => [name, lines(each)]));
}

function dashboard(json: string, { brief }: GoldenOptions): string | string[] {
  const outline = dashboardOutline(json);
  return brief ? `${outline[0]}: ${outline.length - 1} panels` : outline;
}

function file(name: string, text: string, options: GoldenOptions): string | string[] {
  if (name.endsWith('.json')) return dashboard(text, options);
  if (name.endsWith('.csv')) return `${text.split('\n').filter((line) => /^\w/.test(line)).length} counters`;
  return text;
}

/** A backend of a route on a line: `Service chat-svc:8000, weight 90`. */
function backendLine({ kind, namespace, name, port, weight }: Manifest): string {
  const where = [namespace, name].filter(Boolean).join('/');
  return `${kind} ${where}${port === undefined ? '' : `:${port}`}, weight ${weight}`;
}

/** A route with a line for each match, `Exact /v1/models, x-region: eu`, and for each backend. */
function route(spec: Manifest): Manifest {
  const line = ({ method, path, headers = [] }: Manifest): string =>
    [method, `${path.type} ${path.value}`, ...headers.map(({ name, value }: Manifest) => `${name}: ${value}`)]
      .filter(Boolean)
      .join(', ');
  const lines = spec.rules.map((rule: Manifest) => ({
    ...rule,
    backendRefs: rule.backendRefs?.map(backendLine),
    matches: rule.matches.map(line),
  }));
  return { ...spec, rules: lines };
}

/** The paths of an Ingress, a line each: `Exact /v1/models to chat-svc:8000`. */
function ingress(spec: Manifest): Manifest {
  const line = ({ path, pathType, backend: { service } }: Manifest): string =>
    `${pathType} ${path} to ${service.name}:${service.port.number}`;
  return { ...spec, rules: spec.rules.map(({ host, http }: Manifest) => ({ host, paths: http.paths.map(line) })) };
}

/** A Rollout without its pods, which are those of a Deployment. */
const rollout = (spec: Manifest): Manifest => ({ ...spec, template: 'as of a Deployment' });

/** Long texts, shortened: a rule becomes a line, a dashboard its outline, a list of counters its length. */
function shortened(manifest: Manifest, options: GoldenOptions): Manifest {
  const { kind, spec, data } = manifest;
  if (kind === 'Rollout' && spec.template) return { ...manifest, spec: rollout(spec) };
  if (kind === 'HTTPRoute') return { ...manifest, spec: route(spec) };
  if (kind === 'Ingress') return { ...manifest, spec: ingress(spec) };
  if (kind === 'PrometheusRule') return { ...manifest, spec: { groups: rules(spec.groups, options) } };
  if (kind === 'GrafanaDashboard') return { ...manifest, spec: { ...spec, json: dashboard(spec.json, options) } };
  if (kind !== 'ConfigMap') return manifest;
  const files = Object.entries<string>(data).map(([name, text]) => [name, file(name, text, options)]);
  return { ...manifest, data: Object.fromEntries(files) };
}

/** Maximum length of a map or list on one line, in characters. */
const ONE_LINE = 90;

/** Small maps and lists on one line each. */
function compact(document: Document): void {
  visit(document, {
    Pair: (_, { key }, path) => {
      const parent = path.at(-2);
      // Not those of selectors, which never change.
      const isLabel = isPair(parent) && isScalar(parent.key) && parent.key.value === 'labels';
      return isLabel && isScalar(key) && /^app\.kubernetes\.io\//.test(String(key.value)) ? visit.REMOVE : undefined;
    },
  });
  visit(document, {
    Collection: (_, node) => {
      if (JSON.stringify(node).length <= ONE_LINE) node.flow = true;
    },
  });
}

/** The YAML of an app as it is reviewed. */
export function goldenOf(app: App, options: GoldenOptions = { brief: false }): string {
  const manifests = app
    .synthYaml()
    .split(/^---\n/m)
    .map((text) => parse(text) as Manifest);
  const isShown = ({ kind, metadata }: Manifest): boolean =>
    options.reviewed === undefined ||
    [kind, `${kind} ${metadata.name}`, `${kind} ${metadata.namespace}/${metadata.name}`].some((each) =>
      options.reviewed?.includes(each as string),
    );
  const others = manifests.filter((each) => !isShown(each)).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  const documents = manifests.filter(isShown).map((manifest) => {
    const document = new Document(shortened(manifest, options));
    if (options.brief) compact(document);
    return document.toString({ lineWidth: 0 });
  });
  return [...(others.length > 0 ? [`# Beside: ${others.join(', ')}\n`] : []), ...documents].join('---\n');
}
