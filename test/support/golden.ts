import type { App } from 'cdk8s';
import { parse, stringify } from 'yaml';
import { dashboardOutline } from './dashboard-outline';
import type { Manifest } from './stack';

/** A rule on one line: what a reviewer compares. Its texts have tests of their own. */
function ruleLine({ record, alert, expr, for: duration, labels }: Manifest): string {
  const name = alert ? `${alert} [${labels.severity}${duration ? `, ${duration}` : ''}]` : record;
  return `${name}: ${expr}`;
}

const DASHBOARD_KEY = /\.json$/;

/** What is too long to be read as it is: rules become a line each, and a dashboard its outline. */
function shortened(manifest: Manifest): Manifest {
  const { kind, spec, data } = manifest;
  if (kind === 'PrometheusRule') {
    const groups = Object.fromEntries(
      spec.groups.map(({ name, rules }: Manifest) => [name, rules.map((rule: Manifest) => ruleLine(rule))]),
    );
    return { ...manifest, spec: { groups } };
  }
  if (kind === 'GrafanaDashboard') {
    return { ...manifest, spec: { ...spec, json: dashboardOutline(spec.json) } };
  }
  if (kind === 'ConfigMap' && Object.keys(data).some((key) => DASHBOARD_KEY.test(key))) {
    const outlines = Object.entries<string>(data).map(([key, json]) => [key, dashboardOutline(json)]);
    return { ...manifest, data: Object.fromEntries(outlines) };
  }
  return manifest;
}

/** The YAML of an app as it is reviewed: every byte, but for rules and dashboards. */
export function goldenOf(app: App): string {
  return app
    .synthYaml()
    .split(/^---\n/m)
    .map((text) => {
      const manifest = parse(text) as Manifest;
      const short = shortened(manifest);
      return short === manifest ? text : stringify(short, { lineWidth: 0 });
    })
    .join('---\n');
}
