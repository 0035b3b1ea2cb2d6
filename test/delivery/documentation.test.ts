/** What docs/delivery.md has in tables is what the code decides, and its Application fits what the example emits. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { build } from '../../examples/canary/main';
import { DELIVERY } from '../../lib/defaults';
import { basicCounts, peakOf, routedCounts } from '../../lib/delivery/plan/replica-counts';
import type { StepCounts } from '../../lib/delivery/plan/replica-counts';
import type { Manifest } from '../support/stack';

const ROOT = join(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/delivery.md'), 'utf8');

/** The rows of a table, each a list of its cells. */
function table(name: string): string[][] {
  const [, after = ''] = page.split(`<!-- table: ${name} -->\n\n`);
  const [rows = ''] = after.split('\n\n');
  const cells = (row: string): string[] => row.split('|').map((cell) => cell.trim());
  return rows
    .split('\n')
    .slice(2)
    .map((row) => cells(row).slice(1, -1));
}

const REPLICAS = [1, 2, 4, 8, 20];
const WEIGHTS = DELIVERY.weights.filter((weight) => weight < DELIVERY.maxWeight);

describe('docs/delivery.md', () => {
  it('has the replicas of a canary with a router', () => {
    const list = (counts: readonly StepCounts[], version: 'canary' | 'stable'): string =>
      counts.map((step) => step[version]).join(' / ');
    const rows = REPLICAS.map((replicas) => {
      const counts = (dynamicStableScale: boolean) =>
        routedCounts(replicas, { weights: WEIGHTS, pinned: true, dynamicStableScale });
      const [dynamic, full] = [counts(true), counts(false)];
      return [
        String(replicas),
        list(dynamic, 'canary'),
        list(dynamic, 'stable'),
        String(peakOf(dynamic)),
        list(full, 'stable'),
        String(peakOf(full)),
      ];
    });
    expect(table('routed')).toEqual(rows);
  });

  it('has the shares of a canary without a router', () => {
    const rows = REPLICAS.map((replicas) => {
      const counts = basicCounts(replicas, WEIGHTS);
      const share = ({ canary, stable }: StepCounts): string =>
        `${Math.round((1000 * canary) / (canary + stable)) / 10} %`;
      return [String(replicas), ...counts.slice(0, -1).map(share), String(peakOf(counts))];
    });
    expect(table('basic')).toEqual(rows);
  });

  it('has the Application of the example, and what VirtualServices need', () => {
    const blocks = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, text = '']) => text);
    const shown = parse(blocks.find((text) => text.includes('kind: Application')) ?? '') as Manifest;
    const virtualServices = { group: 'networking.istio.io', kind: 'VirtualService' };
    const { ignoreDifferences } = shown.spec as { ignoreDifferences: Manifest[] };
    shown.spec.ignoreDifferences = ignoreDifferences.filter(({ kind }) => kind !== virtualServices.kind);
    expect(ignoreDifferences).toContainEqual(expect.objectContaining(virtualServices));
    expect(shown).toEqual(parse(readFileSync(join(ROOT, 'examples/canary/application.yaml'), 'utf8')));
  });
});

describe('the Application of the canary', () => {
  const manifests = build().charts.flatMap((chart) => chart.toJson() as Manifest[]);
  const application = parse(readFileSync(join(ROOT, 'examples/canary/application.yaml'), 'utf8')) as Manifest;

  it('ignores kinds that are emitted', () => {
    const kinds = manifests.map(({ apiVersion, kind }) =>
      String(apiVersion).includes('/') ? `${String(apiVersion).split('/')[0]} ${kind}` : ` ${kind}`,
    );
    const ignored = (application.spec.ignoreDifferences as Manifest[]).map(({ group, kind }) => `${group} ${kind}`);
    expect(kinds).toEqual(expect.arrayContaining(ignored));
  });

  it('ignores weights that are set in the route, so that the API server adds none', () => {
    const backends = manifests
      .filter(({ kind }) => kind === 'HTTPRoute')
      .flatMap(({ spec }) => (spec.rules as Manifest[]).flatMap(({ backendRefs }) => backendRefs as Manifest[]))
      .filter(({ name }) => /^chat-/.test(name));
    expect([...new Set(backends.map(({ name, weight }) => `${name} ${weight}`))]).toEqual([
      'chat-svc 100',
      'chat-canary 0',
    ]);
  });

  it('applies only what differs, and the rules of routes too', () => {
    expect(application.spec.syncPolicy.syncOptions).toEqual(['ApplyOutOfSyncOnly=true']);
  });
});
