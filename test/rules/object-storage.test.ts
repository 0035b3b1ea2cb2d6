import { Model, VllmVersion } from '../../lib';
import { idsOf } from '../support/plan';

const STORED = Model.of('s3://bucket/model');
const ID = 'load-format-of-object-storage';

describe('weights in object storage', () => {
  it.each([undefined, 'auto', 'runai_streamer', 'RUNAI_STREAMER', 'runai_streamer_sharded', 'modelexpress'])(
    'are read with the load format %s',
    (loadFormat) => {
      expect(idsOf({ model: STORED, engine: { loadFormat } })).not.toContain(ID);
    },
  );

  it.each(['safetensors', 'dummy', 'tensorizer'])('fail with the load format %s', (loadFormat) => {
    expect(idsOf({ model: STORED, engine: { loadFormat } })).toContain(ID);
  });

  it('leave the load format of a model on the Hub free', () => {
    expect(idsOf({ engine: { loadFormat: 'safetensors' } })).not.toContain(ID);
  });

  it('are not checked in a release about which this is not known', () => {
    const props = { model: STORED, engine: { loadFormat: 'safetensors' }, vllmVersion: VllmVersion.of('0.10.2') };
    expect(idsOf(props)).not.toContain(ID);
  });
});
