import { Model } from '../../lib';
import { errorsOf, pinned } from '../support/plan';

const found = (id: string, ...extraArgs: string[]) =>
  errorsOf({ model: Model.of(id), extraArgs, unsafeMemoryFit: 'no memory', ...pinned('0.32.0') }).map((line) =>
    line.replace(/.*\[(.*)\]$/, '$1'),
  );
const BGE = 'BAAI/bge-m3';
const LLAMA = 'meta-llama/Llama-3.1-8B-Instruct';

describe('the runner of a model', () => {
  it('refuses to generate with an encoder', () => {
    expect(
      errorsOf({
        model: Model.of(BGE),
        extraArgs: ['--runner=generate'],
        unsafeMemoryFit: 'no memory',
        ...pinned('0.32.0'),
      }),
    ).toEqual([
      'extraArgs[0]: --runner is generate, but BAAI/bge-m3 is an encoder and generates nothing: vLLM refuses to start; remove it [runner-of-encoder]',
    ]);
    expect(found('BAAI/bge-large-en-v1.5', '--runner=draft')).toEqual(['runner-of-encoder']);
  });

  it('refuses pooling without a conversion over a model that generates', () => {
    const extraArgs = ['--runner=pooling', '--convert=none'];
    expect(errorsOf({ model: Model.of(LLAMA), extraArgs, unsafeMemoryFit: 'no memory', ...pinned('0.32.0') })).toEqual([
      'extraArgs[1]: --convert is none, and meta-llama/Llama-3.1-8B-Instruct generates text, so --runner=pooling needs a conversion: vLLM refuses to start; set "embed" or "classify", or remove it [pooling-without-conversion]',
    ]);
  });

  it.each([
    [BGE, '--runner=pooling', '--convert=none'],
    [BGE, '--runner=auto'],
    [LLAMA, '--runner=pooling'],
    [LLAMA, '--runner=pooling', '--convert=embed'],
    [LLAMA, '--runner=generate', '--convert=none'],
    ['Skywork/Skywork-Reward-Llama-3.1-8B-v0.2', '--runner=pooling', '--convert=none'],
    ['Skywork/Skywork-Reward-Llama-3.1-8B-v0.2', '--runner=generate'],
    ['acme/model', '--runner=pooling', '--convert=none'],
  ])('accepts %s with %s', (id, ...extraArgs) => {
    expect(found(id, ...extraArgs)).toEqual([]);
  });
});
