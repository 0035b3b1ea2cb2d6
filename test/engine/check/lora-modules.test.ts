import { argumentFindings, argumentLines } from '../../support/arguments';

const ids = (...values: string[]) =>
  argumentFindings('0.32.0', '--enable-lora', '--lora-modules', ...values).map(({ id }) => id);

describe('an adapter', () => {
  it.each([
    ['a=b'],
    ['a=b=c'],
    ['a=/adapters/a', 'b=/adapters/b'],
    ['{"name":"a","path":"b"}'],
    [' {"name":"a","path":"b"}'],
    ['{"name":"a","path":"b=c"}'],
    ['{"name":"a","path":"b","base_model_name":"c"}'],
    ['{"name":"a","path":"b","is_3d_lora_weight":true}'],
    ['None'],
  ])('is accepted as %s', (...values) => {
    expect(ids(...values)).toEqual([]);
  });

  it.each([
    ['a'],
    ['8K'],
    ['1'],
    ['null'],
    ['=b'],
    ['a='],
    ['='],
    ['a=b,c=d'],
    ['a=b,c'],
    ['{a:b}'],
    ['{"name":"a"}'],
    ['{"path":"b"}'],
    ['{"path":"b=c"}'],
    ['{"name":"","path":"b"}'],
    ['{"name":1,"path":2}'],
    ['{"name":"a","path":"b","x":1}'],
    ['[{"name":"a","path":"b"}]'],
    ['["a"]'],
    ['a=b', 'a=c'],
    ['a=b', '{"name":"a","path":"c"}'],
  ])('fails as %s', (...values) => {
    expect(ids(...values)).toEqual(['wrong-lora-module']);
  });

  it('fails with a name of the model', () => {
    const args = ['--served-model-name', 'chat', '--enable-lora', '--lora-modules', 'chat=/adapters/chat'];
    expect(argumentLines('0.32.0', ...args)).toEqual([
      '"chat" is a name of the model too; give each adapter its own name [wrong-lora-module]',
    ]);
  });

  it('has what to write in the message', () => {
    expect(argumentLines('0.32.0', '--lora-modules=sql')).toEqual([
      '--lora-modules is "sql", which is neither name=path nor JSON; give name=path, or a JSON object with "name" and "path" [wrong-lora-module]',
    ]);
  });
});
