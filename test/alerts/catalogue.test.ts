import { ALERT_ROWS, OBJECTIVE_ALERTS } from '../../lib/alerts/catalogue/alert-catalogue';
import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import { metricOf } from '../../lib/engine/metric-roles';
import { KNOWN_MINORS, lastPatchOf, type Release } from '../../lib/engine/release';
import { namesIn, partsOf } from '../support/promql';
import { watchedWith } from '../support/watched';

const RELEASES = KNOWN_MINORS.map((minor) => lastPatchOf(minor)).filter((release) => release !== undefined);
const latency = { histogram: 'vllm:time_to_first_token_seconds', bound: 1, percentile: 95 };
const objective = { id: 'a', service: 'b', slo: 'c', title: 'd', target: 0.95, window: 30, latency, burnRates: [] };

/** vLLM's own metrics that a row reads. */
const readBy = ({ reads = [] }: (typeof ALERT_ROWS)[number], catalogue: Catalogue): string[] =>
  reads.map((role) => metricOf(role, catalogue));

/** The query of a row in a stack that has everything. */
function exprOf(row: (typeof ALERT_ROWS)[number], release: Release): string {
  return row.expr(watchedWith({ release, objectives: [{ ...objective, kind: 'time-to-first-token' }] }), 1);
}

/** The name in the catalogue: a histogram has one for its three series. */
function inCatalogue(catalogue: Catalogue, name: string): string {
  return catalogue.metric(name) ? name : name.replace(/_(sum|count|bucket)$/, '');
}

describe.each(ALERT_ROWS)('$name', (row) => {
  const newest = RELEASES[RELEASES.length - 1] as Release;

  it('is named for vLLM in CamelCase', () => {
    expect(row.name).toMatch(/^Vllm([A-Z][a-z0-9]*|1k)+$/);
  });

  it('has a summary of one sentence and a description', () => {
    expect(row.summary).toMatch(/^[A-Zv][^\n{]*\.$/);
    expect(row.description).toMatch(/\.$/);
  });

  it('lists all metrics of vLLM that it reads, in every release', () => {
    for (const release of RELEASES) {
      const catalogue = Catalogue.of(release);
      const read = namesIn(exprOf(row, release)).filter((name) => name.startsWith('vllm:'));
      const names = new Set(read.map((name) => inCatalogue(catalogue, name)));
      expect([...names].sort()).toEqual(readBy(row, catalogue).sort());
    }
  });

  it('reads only metrics that vLLM exposes without a flag', () => {
    const facts = RELEASES.flatMap((release) => {
      const catalogue = Catalogue.of(release);
      return readBy(row, catalogue).map((name) => catalogue.metric(name));
    });
    expect(facts.filter((fact) => fact && !fact.hidden && fact.when !== 'always')).toEqual([]);
  });

  it('reads only series of its own stack', () => {
    const own =
      /^(exported_)?(app|pod|deployment|horizontalpodautoscaler|name|scaledObject|scaledResource|scaletargetref_name)$/;
    const loose = partsOf(exprOf(row, newest)).selectors.filter(
      ({ labels }) =>
        !labels.some((label) => /^(exported_)?namespace$/.test(label)) || !labels.some((label) => own.test(label)),
    );
    expect(loose).toEqual([]);
  });
});

it('a threshold is marked as a share exactly when its unit is one', () => {
  const shares = ALERT_ROWS.filter(({ threshold }) => threshold?.unit.startsWith('share'));
  expect(ALERT_ROWS.filter(({ threshold }) => threshold?.share)).toEqual(shares);
});

it('no two alerts have the same name', () => {
  const names = [...ALERT_ROWS.map(({ name }) => name), ...OBJECTIVE_ALERTS.keys()];
  expect(new Set(names).size).toBe(names.length);
});

it('only alerts that cannot wait for the morning are critical', () => {
  expect(ALERT_ROWS.filter(({ severity }) => severity === 'critical').map(({ name }) => name)).toEqual([
    'VllmTargetAbsent',
    'VllmAllTargetsDown',
    'VllmRestartLoop',
    'VllmEngineStalled',
    'VllmGpuXidHardware',
    'VllmGpuEccDoubleBit',
    'VllmGpuRowRemapFailure',
  ]);
});
