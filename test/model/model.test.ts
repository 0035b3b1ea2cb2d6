import { Size } from 'cdk8s';
import { Model, SecretKey } from '../../lib';
import { anotherCopy } from '../support/another-copy';

const ID = 'meta-llama/Llama-3.1-8B-Instruct';
const withOption = (option: object) => () => Model.of(ID, option as never);

describe('a model', () => {
  it('needs only its id', () => {
    expect(Model.of(ID)).toMatchObject({ id: ID, options: {} });
  });

  it('may be a path', () => {
    expect(Model.of('/models/llama').id).toBe('/models/llama');
  });

  it('keeps what is set', () => {
    const options = { revision: 'abc123', servedNames: ['llama', 'chat'], weightsSize: Size.gibibytes(14.96) };
    expect(Model.of(ID, options).options).toEqual(options);
  });

  it('accepts undefined as unset', () => {
    expect(() => Model.of(ID, { revision: undefined })).not.toThrow();
  });

  it.each(['auto', 'half', 'float16', 'bfloat16', 'float', 'float32'])('accepts the dtype %s', (dtype) => {
    expect(() => Model.of(ID, { dtype })).not.toThrow();
  });

  it('accepts a SecretKey from another copy of the package', () => {
    const accessToken = anotherCopy().SecretKey.of('hf', 'token') as SecretKey;
    expect(accessToken).not.toBeInstanceOf(SecretKey);
    expect(() => Model.of(ID, { accessToken })).not.toThrow();
  });

  it.each<[what: string, call: () => unknown, message: string]>([
    ['an empty id', () => Model.of(''), 'id: is ""; give a model id such as "meta-llama/Llama-3.1-8B-Instruct"'],
    ['a space in the id', () => Model.of('meta llama'), 'id: is "meta llama", which has a blank'],
    ['an id that vLLM would read as a flag', () => Model.of('--help'), 'id: is "--help"; give a model id'],
    ['no id', () => Model.of(undefined as never), 'id: is required and was not given; give a model id'],
    ['a number as id', () => Model.of(8 as never), 'id: is 8; give a model id'],
    ['an id among the options', withOption({ id: 'other' }), 'id: unknown property'],
    ['null as options', () => Model.of(ID, null as never), 'options: is null; give an object'],
    ['text as options', () => Model.of(ID, 'abc' as never), 'options: is "abc"; give an object'],
    ['a list as options', () => Model.of(ID, ['a'] as never), 'options: is ["a"]; give an object'],
    ['a misspelt option', withOption({ revison: 'a' }), 'revison: unknown property (did you mean "revision"?)'],
    ['an empty revision', withOption({ revision: '' }), 'revision: is ""; give a word without blanks'],
    ['one name as text', withOption({ servedNames: 'llama' }), 'servedNames: is "llama"; give a list of at least 1'],
    ['no served name', withOption({ servedNames: [] }), 'servedNames: is []; give a list of at least 1'],
    ['a served name with a space', withOption({ servedNames: ['a', 'b c'] }), 'servedNames[1]: is "b c"; give a name'],
    ['a served name like a flag', withOption({ servedNames: ['-a'] }), 'servedNames[0]: is "-a"; give a name without'],
    ['a number format of another tool', withOption({ dtype: 'bf16' }), 'dtype: is "bf16"; give one of auto, half'],
    ['a word for true', withOption({ trustRemoteCode: 'yes' }), 'trustRemoteCode: is "yes"; give true or false'],
    ['a number for a size', withOption({ weightsSize: 15 }), 'weightsSize: is 15; give a Size of more than 0'],
    [
      'weights of no size',
      withOption({ weightsSize: Size.gibibytes(0) }),
      'weightsSize: is 0 MiB; give a Size of more',
    ],
    [
      'a Secret as an object',
      withOption({ accessToken: { secretName: 'a', key: 'b' } }),
      'give SecretKey.of(secretName',
    ],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });

  it('refuses a token as text, and does not print it', () => {
    const call = withOption({ accessToken: 'hf_abc' });
    expect(call).toThrow('a secret must not be text in the program');
    expect(call).not.toThrow('hf_abc');
  });

  it('refuses all mistakes together', () => {
    expect(() => Model.of('', { dtype: 'int8', revision: '' })).toThrow('Model.of has 3 problems');
  });
});
