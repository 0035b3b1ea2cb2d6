import { DASHBOARDS } from '../support/dashboards';
import { typeErrors } from './grafana-types';

/** A dashboard of one panel of each kind, unless a test sets other panels. */
const small = (panel: object): string =>
  JSON.stringify({ schemaVersion: 39, annotations: { list: [] }, panels: [panel] });

const LEGEND = { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] };
const SOUND = {
  type: 'timeseries',
  id: 1,
  title: 'a',
  fieldConfig: { defaults: { unit: 's', custom: { drawStyle: 'line', stacking: { mode: 'none' } } }, overrides: [] },
  options: { legend: LEGEND, tooltip: { mode: 'multi', sort: 'desc' } },
  targets: [{ refId: 'A', expr: 'up', format: 'time_series' }],
};
const { defaults } = SOUND.fieldConfig;

/** Mistakes that Grafana does not report, or only when a reader opens the dashboard. */
const BROKEN: readonly (readonly [name: string, panel: object, words: RegExp])[] = [
  ['an unknown kind of panel', { ...SOUND, type: 'graph' }, /"graph"/],
  ['an option of another kind of panel', { ...SOUND, options: { ...SOUND.options, textMode: 'auto' } }, /textMode/],
  ['no options', { ...SOUND, options: undefined }, /options/],
  ['a misspelt property', { ...SOUND, descripton: 'x' }, /descripton/],
  [
    'an unknown place for a legend',
    { ...SOUND, options: { ...SOUND.options, legend: { ...LEGEND, placement: 'top' } } },
    /"top"/,
  ],
  [
    'an unknown style',
    { ...SOUND, fieldConfig: { overrides: [], defaults: { ...defaults, custom: { drawStyle: 'curve' } } } },
    /"curve"/,
  ],
  [
    'a threshold without a colour',
    {
      ...SOUND,
      fieldConfig: {
        overrides: [],
        defaults: { ...defaults, thresholds: { mode: 'absolute', steps: [{ value: 1 }] } },
      },
    },
    /color/,
  ],
  ['a query without an expression', { ...SOUND, targets: [{ refId: 'A' }] }, /expr/],
  ['an unknown format', { ...SOUND, targets: [{ refId: 'A', expr: 'up', format: 'graph' }] }, /"graph"/],
  ['a number as text', { ...SOUND, id: '1' }, /'string' is not assignable/],
  [
    'a misspelt property inside a closed row',
    { type: 'row', id: 2, title: 'r', collapsed: true, panels: [{ ...SOUND, unitt: 's' }] },
    /unitt/,
  ],
];

const errors = typeErrors([
  ...DASHBOARDS.map(([name, dashboard]) => [name, JSON.stringify(dashboard)] as const),
  ['sound', small(SOUND)],
  ...BROKEN.map(([name, panel]) => [name, small(panel)] as const),
]);

describe("Grafana's own types accept", () => {
  test.each(DASHBOARDS.map(([name]) => name))('%s', (name) => {
    expect(errors.get(name)).toEqual([]);
  });

  test('the panel that the broken ones are copied from', () => {
    expect(errors.get('sound')).toEqual([]);
  });
});

test.each(BROKEN)("Grafana's own types refuse %s", (name, _, words) => {
  expect(errors.get(name)?.join('\n')).toMatch(words);
});
