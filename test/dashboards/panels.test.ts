import { COLUMNS, layOut } from '../../lib/dashboards/grafana/layout';
import type { GridPos } from '../../lib/dashboards/grafana/layout';
import { descriptionOf, metricsOf } from '../../lib/dashboards/grafana/panel';
import { timeseries } from '../../lib/dashboards/grafana/timeseries';
import { UNIT } from '../../lib/dashboards/grafana/units';
import { DASHBOARDS, panelsOf, rowsOf } from '../support/dashboards';

const overlap = (a: GridPos, b: GridPos): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** Pairs of panels that overlap. */
const overlaps = (places: readonly GridPos[]): GridPos[][] =>
  places.flatMap((a, index) =>
    places
      .slice(index + 1)
      .filter((b) => overlap(a, b))
      .map((b) => [a, b]),
  );

describe.each(DASHBOARDS)('%s', (_, dashboard) => {
  const panels = panelsOf(dashboard);

  test('has no panel id twice', () => {
    const ids = rowsOf(dashboard).flatMap(({ row, panels: inRow }) => [row.id, ...inRow.map(({ id }) => id)]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Math.min(...ids)).toBe(1);
  });

  test('has no overlapping panels, in the order of the rows', () => {
    expect(overlaps(dashboard.panels.map(({ gridPos }) => gridPos))).toEqual([]);
    for (const { row, panels: inRow } of rowsOf(dashboard)) {
      expect(overlaps([row, ...inRow].map(({ gridPos }) => gridPos))).toEqual([]);
    }
  });

  test('has no panel beyond the edge', () => {
    expect(panels.filter(({ gridPos: { x, w } }) => x < 0 || x + w > COLUMNS)).toEqual([]);
  });

  test('has no row without panels and no panel without queries', () => {
    expect(rowsOf(dashboard).filter(({ panels: inRow }) => inRow.length === 0)).toEqual([]);
    expect(panels.filter(({ targets }) => targets.length === 0)).toEqual([]);
  });

  test.each(panels.map((panel) => [panel.title, panel] as const))(
    '%s has a description, with the metrics that it reads',
    (title, panel) => {
      const { unit } = panel.fieldConfig.defaults as { unit?: string };
      expect(Object.values(UNIT)).toContain(unit);
      expect(panel.datasource).toEqual({ type: 'prometheus', uid: '${datasource}' });
      // A sentence about what it is and one about what to do, and each metric that it reads.
      expect(panel.description.split('\n')[0]?.length).toBeGreaterThan(60);
      for (const metric of panel.targets.flatMap(({ expr }) => metricsOf(expr))) {
        expect(panel.description).toContain(`\`${metric}\``);
      }
      expect(panel.targets.map(({ refId }) => refId)).toEqual([...'ABCDEFGHIJ'].slice(0, panel.targets.length));
      expect(title).not.toBe('');
    },
  );

  test('has no two panels with the same title in a row', () => {
    for (const { panels: inRow } of rowsOf(dashboard)) {
      expect(new Set(inRow.map(({ title }) => title)).size).toBe(inRow.length);
    }
  });
});

const panel = (title: string, width?: number) =>
  timeseries({ title, width, about: 'x', unit: UNIT.count, queries: [{ expr: 'up{}', legend: '' }] });

describe('the layout', () => {
  const places = (...widths: number[]) =>
    layOut([{ title: 'r', panels: widths.map((width) => panel('p', width)) }]).map(({ gridPos: { x, y } }) => [x, y]);

  test('begins a new line when a panel does not fit', () => {
    expect(places(8, 8, 8, 8)).toEqual([
      [0, 0],
      [0, 1],
      [8, 1],
      [16, 1],
      [0, 9],
    ]);
  });

  test('keeps panels of a closed row inside it, and takes no room for them', () => {
    const [closed, next] = layOut([
      { title: 'a', collapsed: true, panels: [panel('p')] },
      { title: 'b', panels: [panel('q')] },
    ]);
    expect(closed).toMatchObject({ title: 'a', collapsed: true, panels: [{ title: 'p', gridPos: { y: 1 } }] });
    expect(next).toMatchObject({ title: 'b', gridPos: { y: 1 } });
  });
});

describe('the description of a panel', () => {
  test('names each metric once, and no text of a label', () => {
    const expr = 'rate(a:b_total{c=~"d{2}"}[5m]) / on () a:b_total{} + e{f="g{\\"h{"}';
    expect(metricsOf(expr)).toEqual(['a:b_total', 'a:b_total', 'e']);
    expect(descriptionOf('Text.', [{ expr }])).toBe('Text.\n\nReads `a:b_total`, `e`.');
  });
});
