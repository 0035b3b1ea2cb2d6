import type * as Stack from '../../../support/stack';

test('the table of fields is only read when a pod template is overridden', () => {
  jest.isolateModules(() => {
    jest.doMock('../../../../lib/workload/pod/schema/pod-template-table', () => {
      throw new Error('the table is loaded');
    });
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the modules of this test only
    const { manifestsWith, WITH_TOKEN: model } = require('../../../support/stack') as typeof Stack;
    expect(manifestsWith({ model })).not.toEqual([]);
    expect(manifestsWith({ model, podTemplateOverrides: {} })).not.toEqual([]);
    expect(() => manifestsWith({ model, podTemplateOverrides: { spec: {} } })).toThrow('the table is loaded');
  });
  jest.dontMock('../../../../lib/workload/pod/schema/pod-template-table');
});
