/** Tables of docs/delivery.md have what the code decides, and the Application of docs/gitops.md fits what is emitted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { build } from '../../examples/canary/main';
import { DELIVERY } from '../../lib/defaults';
import { basicCounts, peakOf, routedCounts } from '../../lib/delivery/plan/replica-counts';
import type { StepCounts } from '../../lib/delivery/plan/replica-counts';
import type { Manifest } from '../support/stack';

const ROOT = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const APPLICATION = 'examples/canary/application.yaml';

/** The rows of a table, each a list of its cells. */
function table(name: string): string[][] {
  const [, after = ''] = read('docs/delivery.md').split(`<!-- table: ${name} -->\n\n`);
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
});

describe('docs/gitops.md', () => {
  it('has the Application of the example, and a rule for VirtualServices', () => {
    const blocks = [...read('docs/gitops.md').matchAll(/```yaml\n([^]*?)```/g)].map(([, text = '']) => text);
    const shown = parse(blocks.find((text) => text.includes('kind: Application')) ?? '') as Manifest;
    const { ignoreDifferences: all } = shown.spec as { ignoreDifferences: Manifest[] };
    const [forIstio, rest] = [true, false].map((wanted) =>
      all.filter(({ kind }) => (kind === 'VirtualService') === wanted),
    );
    expect(forIstio).toEqual([
      { group: 'networking.istio.io', kind: 'VirtualService', jqPathExpressions: ['.spec.http[].route[].weight'] },
    ]);
    shown.spec.ignoreDifferences = rest;
    expect(shown).toEqual(parse(read(APPLICATION)));
  });
});

describe('the Application of the canary', () => {
  const manifests = build().charts.flatMap((chart) => chart.toJson() as Manifest[]);
  const application = parse(read(APPLICATION)) as Manifest;

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
