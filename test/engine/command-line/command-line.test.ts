import { Size } from 'cdk8s';
import { Model, SecretKey, VllmVersion, Weights } from '../../../lib';
import { errorsOf, flagOf, idsOf, LLAMA_8B, pinned, planOf } from '../../support/plan';

const argsOf = (props: Parameters<typeof planOf>[0] = {}) => planOf(props).args;

describe('the model', () => {
  it('is the first argument since 0.11.1, and --model before', () => {
    expect(argsOf(pinned('0.11.1'))[0]).toBe(LLAMA_8B.id);
    expect(argsOf(pinned('0.11.0'))[0]).toBe(`--model=${LLAMA_8B.id}`);
  });

  it('is the folder of a volume, served under its id', () => {
    const root = { weights: Weights.fromVolume({ claim: 'c' }) };
    expect(argsOf(root)[0]).toBe('/models');
    expect(flagOf(root, '--served-model-name')).toBe(LLAMA_8B.id);
    expect(argsOf({ weights: Weights.fromVolume({ claim: 'c', path: 'llama/8b' }) })[0]).toBe('/models/llama/8b');
  });

  it('is its own path when the id is one', () => {
    const model = Model.of('/models/llama', { weightsSize: Size.gibibytes(15) });
    expect(argsOf({ model, weights: Weights.fromVolume({ claim: 'c' }) })[0]).toBe('/models/llama');
    expect(errorsOf({ model, weights: Weights.fromVolume({ claim: 'c', path: 'llama' }) })).toEqual([]);
  });

  it('refuses two different paths', () => {
    const model = Model.of('/models/llama', { weightsSize: Size.gibibytes(15) });
    expect(errorsOf({ model, weights: Weights.fromVolume({ claim: 'c', path: 'qwen' }) })).toEqual([
      'weights.path: is "qwen" of /models, but the model is the path /models/llama; remove it, or set the model to its name [model-path-twice]',
    ]);
  });

  it('has an argument for each of its options', () => {
    const model = Model.of('a/b', {
      revision: 'abc',
      dtype: 'half',
      quantization: 'fp8',
      chatTemplate: '/t.jinja',
      tokenizer: 'a/t',
      trustRemoteCode: true,
      weightsSize: Size.gibibytes(1),
      accessToken: SecretKey.of('s', 'k'),
    });
    const flags = ['--revision=abc', '--dtype=half', '--quantization=fp8', '--chat-template=/t.jinja'];
    expect(argsOf({ model }).slice(0, 7)).toEqual(['a/b', ...flags, '--tokenizer=a/t', '--trust-remote-code']);
  });

  it('refuses a revision of a volume', () => {
    const model = Model.of(LLAMA_8B.id, { revision: 'main' });
    expect(errorsOf({ model, weights: Weights.fromVolume({ claim: 'c' }) })).toEqual([
      'model.revision: is "main", but the weights come from a volume, which has no revisions; remove it [revision-of-a-volume]',
    ]);
  });
});

describe('the rendering', () => {
  it('gives one value to its flag, and several an item each', () => {
    const named = (...servedNames: string[]) => argsOf({ model: Model.of(LLAMA_8B.id, { servedNames }) }).slice(1, 4);
    expect(named('one')[0]).toBe('--served-model-name=one');
    expect(named('one', 'two')).toEqual(['--served-model-name', 'one', 'two']);
  });

  it('never puts a list in front of the model', () => {
    const props = { model: Model.of(LLAMA_8B.id, { servedNames: ['a', 'b'] }), ...pinned('0.11.0') };
    expect(argsOf(props).slice(0, 4)).toEqual([`--model=${LLAMA_8B.id}`, '--served-model-name', 'a', 'b']);
  });

  it('keeps the order: model, typed options, extraArgs, defaults, lifecycle', () => {
    expect(argsOf({ engine: { maxNumSeqs: 8, maxModelLen: 4096 }, extraArgs: ['--seed', '1'] })).toEqual([
      LLAMA_8B.id,
      '--max-model-len=4096',
      '--max-num-seqs=8',
      '--seed=1',
      '--gpu-memory-utilization=0.9',
      '--disable-fastapi-docs',
      '--disable-access-log-for-endpoints=/health,/metrics,/ping',
      '--shutdown-timeout=120',
    ]);
  });

  it('spells an unchecked version like the newest one, and lets unknown flags through', () => {
    const props = { vllmVersion: VllmVersion.unchecked('0.40.0'), extraArgs: ['--brand-new', 'x', '--dotted.key=1'] };
    expect(argsOf(props).slice(0, 3)).toEqual([LLAMA_8B.id, '--brand-new=x', '--dotted.key=1']);
    expect(idsOf(props)).toEqual(['version-unchecked']);
  });
});

describe('extraArgs refuse', () => {
  it.each([
    ['--model=x', 'set model instead'],
    ['--served_model_name=x', 'set servedNames in Model.of instead'],
    ['--revision=x', 'set revision in Model.of instead'],
    ['--dtype=half', 'set dtype in Model.of instead'],
    ['-q=fp8', 'set quantization in Model.of instead'],
    ['--chat-template=x', 'set chatTemplate in Model.of instead'],
    ['--tokenizer=x', 'set tokenizer in Model.of instead'],
    ['--no-trust-remote-code', 'set trustRemoteCode in Model.of instead'],
    ['--download-dir=/x', 'set weights instead: it decides where the weights are stored'],
    ['--shutdown-timeout=5', 'set lifecycle.drainTimeout instead: the grace period follows it'],
    ['--api-key=x', 'set apiKey instead: anyone who can read pods can see arguments'],
    ['--hf-token=x', 'set accessToken in Model.of instead: anyone who can read pods can see arguments'],
    ['--port=80', 'remove it: probes, Service and NetworkPolicy use port 8000'],
    ['--host=0.0.0.0', 'remove it: the pod listens on all its addresses, and the NetworkPolicy protects them'],
    ['--uds=/s', 'remove it: Kubernetes reaches the pod by port'],
    ['--grpc', 'remove it: probes, metrics and routes need the HTTP server'],
    ['--headless', 'remove it: a pod without an HTTP server never becomes ready'],
    ['--config=/c.yaml', 'set the options in engine instead: the options in a file would not be checked'],
    ['--nnodes=2', 'remove it: a Deployment runs each replica on one node'],
    ['--node-rank=1', 'remove it: a Deployment runs each replica on one node'],
    ['--master-addr=x', 'remove it: a Deployment runs each replica on one node'],
    ['--master-port=1', 'remove it: a Deployment runs each replica on one node'],
    ['-dpa=x', 'remove it: a Deployment runs each replica on one node'],
    ['--data-parallel-start-rank=1', 'remove it: a Deployment runs each replica on one node'],
    [
      '--data-parallel-rank=1',
      'remove it: all pods of a Deployment have the same arguments, so all would have the same rank',
    ],
  ])('%s, which belongs elsewhere', (item, instead) => {
    const flag = item.split('=')[0];
    const owned = `extraArgs[0]: ${flag} is not for extraArgs; ${instead} [owned-flag]`;
    expect(errorsOf({ extraArgs: [item] })).toContain(owned);
  });

  it('an owned flag of an unchecked version too', () => {
    const props = { vllmVersion: VllmVersion.unchecked('0.40.0'), extraArgs: ['--api-key', 'x'] };
    expect(idsOf(props)).toEqual(['version-unchecked', 'owned-flag']);
  });

  it('a flag that engine sets already', () => {
    expect(errorsOf({ engine: { maxModelLen: 4096 }, extraArgs: ['--max_model_len=8192'] })).toEqual([
      'extraArgs[0]: --max_model_len "8192" sets --max-model-len again: engine.maxModelLen already sets --max-model-len "4096"; keep one of them [flag-twice]',
    ]);
  });

  it('a value without a flag', () => {
    expect(errorsOf({ extraArgs: ['8192'] })).toEqual([
      'extraArgs[0]: is "8192", a value that belongs to no flag; put its flag in front of it, or remove it [stray-value]',
    ]);
  });
});

describe('secrets on the command line are refused', () => {
  const secret = 'hf_abcdefghijklmnopqrstuvwxyz';
  const problem = 'has a value that looks like a secret, and anyone who can read the YAML can see it';

  it('in extraArgs', () => {
    const [line] = errorsOf({ extraArgs: [`--otlp-traces-endpoint=${secret}`] });
    expect(line).toContain(`extraArgs[0]: --otlp-traces-endpoint ${problem}; put it into a Secret`);
  });

  it('without being printed', () => {
    const extraArgs = ['--api-key=s3cr3t', '--api-key=s3cr3t', '--hf-token s3cr3t', '--hf-token=s3cr3t', 's3cr3t'];
    expect(errorsOf({ extraArgs }).join()).not.toContain('s3cr3t');
  });

  it('inside the JSON of a typed option', () => {
    const [line] = errorsOf({ engine: { modelLoaderExtraConfig: { token: secret } } });
    expect(line).toContain(`engine.modelLoaderExtraConfig: --model-loader-extra-config ${problem}`);
  });
});
