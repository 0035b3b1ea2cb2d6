import { ofNamespace } from '../../lib/metrics/promql';
import { EXPORTER_METRICS } from '../support/exporters';
import { selector } from '../../lib/metrics/promql';

const all = [...EXPORTER_METRICS.values()];

describe('a metric of another exporter', () => {
  it.each(all)('$name has a name and labels that Prometheus accepts', ({ name, labels }) => {
    expect(name).toMatch(/^[a-zA-Z_]\w*$/);
    expect(labels.filter((label) => !/^[a-zA-Z_]\w*$/.test(label))).toEqual([]);
  });

  const named = ['dcgm', 'prometheus', 'gateway'];
  it.each(all.filter(({ exporter }) => !named.includes(exporter)))(
    '$name ends in _total exactly if it is a counter',
    ({ name, type }) => {
      expect(name.endsWith('_total')).toBe(type === 'counter');
    },
  );

  it('is in the table once', () => {
    expect(all.map(({ name }) => name)).toEqual([...EXPORTER_METRICS.keys()]);
  });

  it('of DCGM that is off by default is marked', () => {
    const optional = ['DCGM_EXP_XID_ERRORS_COUNT', 'DCGM_EXP_CLOCK_EVENTS_COUNT', 'DCGM_FI_DEV_ECC_DBE_VOL_TOTAL'];
    expect(optional.map((name) => EXPORTER_METRICS.get(name)?.when)).toEqual(
      optional.map(() => 'only with a list of fields that has it'),
    );
    expect(EXPORTER_METRICS.get('DCGM_FI_DEV_FB_USED')).not.toHaveProperty('when');
  });
});

it('an object is found under both labels that may hold its namespace', () => {
  const query = ofNamespace('llm', (labels) => selector('rollout_info', { ...labels, name: 'vllm' }));
  expect(query).toBe(
    '(rollout_info{exported_namespace="llm",name="vllm"} or rollout_info{namespace="llm",exported_namespace="",name="vllm"})',
  );
});
