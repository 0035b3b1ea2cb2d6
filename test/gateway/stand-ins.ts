import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Gateway, type Manifest, namespaceOf } from '../support/routing/resources';
import { readLive } from './environment';
import { kubectl, list } from './kubectl';

/** What a cluster has beside the objects of the scenarios. */

/** A node with the labels of each nodeSelector, so that every pod finds one. */
export function labelNodes(objects: readonly Manifest[]): void {
  const specs = objects.filter(({ kind }) => kind === 'Deployment').map(({ spec }) => spec as Workload);
  const selectors = specs.map(({ template }) => JSON.stringify(template.spec.nodeSelector ?? {}));
  const nodes = list<Manifest>('nodes');
  for (const [index, selector] of [...new Set(selectors)].entries()) {
    const labels = Object.entries(JSON.parse(selector) as Record<string, string>).map((pair) => pair.join('='));
    const node = nodes[index % nodes.length];
    if (node && labels.length > 0) kubectl(['label', '--overwrite', 'node', node.metadata.name, ...labels]);
  }
}

interface Workload {
  readonly template: { readonly spec: { readonly nodeSelector?: Readonly<Record<string, string>> } };
}

/** A self-signed certificate for each Secret that a listener refers to. */
export function certificates(gateways: readonly Gateway[]): Manifest[] {
  return gateways.flatMap((gateway) =>
    gateway.spec.listeners.flatMap(({ tls }) =>
      (tls?.certificateRefs ?? []).map(({ name, namespace = namespaceOf(gateway) }) => secret(name, namespace)),
    ),
  );
}

function secret(name: string, namespace: string): Manifest {
  const folder = mkdtempSync(join(readLive().logs, 'certificate-'));
  const [key, certificate] = [join(folder, 'key'), join(folder, 'certificate')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const subject = ['-subj', '/CN=test', '-days', '1', '-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', ...curve, ...subject], { stdio: 'ignore' });
  const stringData = { 'tls.crt': readFileSync(certificate, 'utf8'), 'tls.key': readFileSync(key, 'utf8') };
  const tls = { type: 'kubernetes.io/tls', stringData };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, ...tls };
}
