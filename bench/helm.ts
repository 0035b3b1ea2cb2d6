import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Names of the stacks in programs/stacks.js. */
const [PREFIX, FIRST] = ['model-', 'model-0'];

/** A manifest of the first stack as a template of all stacks: the name is what differs. */
const templateOf = (manifest: object): string =>
  stringify(manifest, { lineWidth: 0 }).replaceAll('{{', '{{ "{{" }}').replaceAll(FIRST, '{{ $name }}');

/**
 * A chart that prints the objects of as many stacks as its value `stacks` says. It does for Helm what it can: one template,
 * in which only the name is filled in. A chart for many teams has a condition or a value in most of its lines.
 *
 * @param manifestsFile what programs/stacks.js saved about one stack
 */
export function writeChart(folder: string, manifestsFile: string): void {
  const [[, manifests]] = JSON.parse(readFileSync(manifestsFile, 'utf8')) as [[string, object[]]];
  const template = [
    '{{- range $index := until (int .Values.stacks) }}',
    `{{- $name := printf "${PREFIX}%d" $index }}`,
    ...manifests.map((manifest) => `---\n${templateOf(manifest)}`),
    '{{- end }}',
  ];
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'Chart.yaml'), stringify({ apiVersion: 'v2', name: 'stacks', version: '0.1.0' }));
  writeFileSync(join(folder, 'values.yaml'), stringify({ stacks: 1 }));
  writeFileSync(join(folder, 'templates/stacks.yaml'), template.join('\n'));
}

/** Milliseconds of `helm template`, as a whole process. */
export function helmTemplate(helm: string, chart: string, stacks: number): number {
  const start = performance.now();
  const args = ['template', 'bench', chart, '--set', `stacks=${stacks}`];
  const { status, stderr } = spawnSync(helm, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`${helm} ${args.join(' ')} failed:\n${stderr.slice(-2000)}`);
  return ms;
}
