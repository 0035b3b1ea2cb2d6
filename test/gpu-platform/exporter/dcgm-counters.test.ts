import { COUNTERS, countersCsv } from '../../../lib/gpu-platform/exporter/dcgm-counters';
import { EXPORTER_METRICS } from '../../support/exporters';

const lines = countersCsv(COUNTERS).trimEnd().split('\n');
const fields = COUNTERS.map(([field]) => field);

describe('the list of fields', () => {
  it('has three columns in every line', () => {
    expect(lines.filter((line) => line.split(',').length !== 3)).toEqual([]);
  });

  it('has no field twice', () => {
    expect(new Set(fields).size).toBe(fields.length);
  });

  it('has only types that the exporter knows', () => {
    expect(lines.filter((line) => !/^DCGM_(FI|EXP)_[A-Z0-9_]+, (gauge|counter|label), \S.*\.$/.test(line))).toEqual([]);
  });

  it('has every field that queries read, with the same type', () => {
    const known = COUNTERS.filter(([, type]) => type !== 'label').map(([field, type]) => [field, type]);
    expect(known).toEqual(known.map(([field = '']) => [field, EXPORTER_METRICS.get(field)?.type]));
  });

  it.each([
    'DCGM_EXP_XID_ERRORS_COUNT',
    'DCGM_EXP_CLOCK_EVENTS_COUNT',
    'DCGM_FI_DEV_ECC_DBE_VOL_TOTAL',
    'DCGM_FI_DEV_NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL',
    'DCGM_FI_DEV_FB_TOTAL',
    'DCGM_FI_PROF_SM_ACTIVE',
    'DCGM_FI_PROF_GR_ENGINE_ACTIVE',
  ])('has %s', (field) => {
    expect(fields).toContain(field);
  });
});
