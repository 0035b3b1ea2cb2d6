import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Names of the stacks in programs/stacks.js. */
const [PREFIX, FIRST] = ['model-', 'model-0'];

/** A manifest of the first stack as a template of all stacks, which differ in their name only. */
const templateOf = (manifest: object): string =>
  stringify(manifest, { lineWidth: 0 }).replaceAll('{{', '{{ "{{" }}').replaceAll(FIRST, '{{ $name }}');

/**
 * A chart that prints the objects of as many stacks as its value `stacks`. It is the best case for Helm: one template
 * in which only the name varies. A chart for many teams has a condition or a value in most lines.
 *
 * @param manifestsFile the manifests of one stack that programs/stacks.js saved
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

/** Duration of the process `helm template` in milliseconds. */
export function helmTemplate(helm: string, chart: string, stacks: number): number {
  const start = performance.now();
  const args = ['template', 'bench', chart, '--set', `stacks=${stacks}`];
  const { status, stderr } = spawnSync(helm, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`${helm} ${args.join(' ')} failed:\n${stderr.slice(-2000)}`);
  return ms;
}
