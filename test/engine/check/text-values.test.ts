import { Catalogue } from '../../../lib/engine/catalogue/catalogue';
import { checkArguments } from '../../../lib/engine/check/check-arguments';
import { parseRelease } from '../../../lib/engine/release';
import { FindingSeverity } from '../../../lib/preflight/finding';
import { argumentFindings } from '../../support/arguments';

const errorsOf = (release: string, ...args: string[]) =>
  argumentFindings(release, ...args)
    .filter(({ severity }) => severity === FindingSeverity.ERROR)
    .map(({ id }) => id);

const WRONG = ['unknown-choice'];

describe('a text value', () => {
  it.each([
    ['--optimization-level=0'],
    ['--optimization-level=3'],
    ['--optimization-level=03'],
    ['--optimization-level=+2'],
    ['--optimization-level= 2'],
    ['--optimization-level=2.0'],
    ['-O3'],
    ['-O=2'],
    ['-O', '3'],
    ['--attention-backend=FLASH_ATTN'],
    ['--attention-backend=flash_attn'],
    ['--attention-backend=Triton_Attn'],
    ['--attention-backend=auto'],
    ['--attention-backend=AUTO'],
    ['--attention-backend='],
    ['--attention-backend=None'],
    ['--mm-encoder-attn-backend=flash_attn'],
    ['--mamba-backend=triton'],
    ['--mamba-backend=FLASHINFER'],
    ['--mamba-backend=cpu'],
    ['--config-format=hf'],
    ['--config-format=mistral'],
    ['--data-parallel-backend=mp'],
    ['--data-parallel-backend=ray'],
    ['--data-parallel-rpc-port=1'],
    ['--data-parallel-rpc-port=65535'],
    ['--load-format=AUTO'],
    ['--load-format=pt'],
    ['--load-format=ipc_cache'],
    ['--load-format=runai_streamer'],
    ['--quantization=FP8'],
    ['--quantization=compressed-tensors'],
    ['--quantization=None'],
    ['--quantization='],
    ['--distributed-executor-backend=mp'],
    ['--distributed-executor-backend=external_launcher'],
    ['--distributed-executor-backend=vllm.v1.executor.uniproc_executor.UniProcExecutor'],
    ['--distributed-executor-backend=None'],
    ['--worker-cls=auto'],
    ['--worker-cls=my_package.worker.Worker'],
    ['--worker-extension-cls='],
    ['--worker-extension-cls=my_package.Extension'],
    ['--scheduler-cls=vllm.v1.core.sched.scheduler.Scheduler'],
    ['--scheduler-cls='],
    ['--show-hidden-metrics-for-version=0.31'],
    ['--show-hidden-metrics-for-version=0.31.0'],
    ['--show-hidden-metrics-for-version=v0.30.1rc1'],
    ['--show-hidden-metrics-for-version=1'],
    ['--show-hidden-metrics-for-version=0.30-1'],
    ['--show-hidden-metrics-for-version=1!0.30'],
    ['--show-hidden-metrics-for-version=0.30+cu'],
    ['--show-hidden-metrics-for-version='],
    ['--device-ids=0'],
    ['--device-ids=0,1'],
    ['--device-ids=0, 1'],
    ['--numa-bind-cpus=0-3'],
    ['--numa-bind-cpus=0,2,4-7'],
    ['--allowed-media-domains=example.com'],
    ['--allowed-media-domains', 'a.example', 'b.example'],
    ['--kv-cache-dtype-skip-layers='],
    ['--tokenizer-mode=nonsense'],
    ['--model-impl=nonsense'],
    ['--safetensors-load-strategy='],
    ['--logits-processors=my_package:Processor'],
    ['--middleware=my_package.Middleware'],
    ['--generation-config=vllm'],
    ['--revision=0'],
  ])('is accepted in %s', (...args) => {
    expect(errorsOf('0.32.0', ...args)).toEqual([]);
  });

  it.each([
    ['--optimization-level=4'],
    ['--optimization-level=-1'],
    ['--optimization-level=1.5'],
    ['--optimization-level=1.5K'],
    ['--optimization-level=1e0'],
    ['--optimization-level=O2'],
    ['--optimization-level=true'],
    ['--optimization-level='],
    ['--optimization-level=None'],
    ['-O9'],
    ['-O', '{"mode":3}'],
    ['--attention-backend=NONSENSE'],
    ['--attention-backend=FLASH-ATTN'],
    ['--attention-backend=1.5K'],
    ['--attention-backend=CUSTOM'],
    ['--attention-backend=custom'],
    ['--mamba-backend='],
    ['--mamba-backend=null'],
    ['--mamba-backend=flash-infer'],
    ['--config-format='],
    ['--config-format=HF'],
    ['--config-format=None'],
    ['--config-format=1.5'],
    ['--data-parallel-backend=Ray'],
    ['--data-parallel-backend=MP'],
    ['--data-parallel-backend={}'],
    ['--data-parallel-backend='],
    ['--load-format=abc'],
    ['--load-format='],
    ['--load-format=NONE'],
    ['--load-format=gguf'],
    ['--load-format=bitsandbytes'],
    ['--quantization=nonsense'],
    ['--quantization=null'],
    ['--quantization=none'],
    ['--quantization=gguf'],
    ['--distributed-executor-backend=nonsense'],
    ['--distributed-executor-backend=MP'],
    ['--distributed-executor-backend=null'],
    ['--distributed-executor-backend=[]'],
    ['--worker-cls=AUTO'],
    ['--worker-cls=8K'],
    ['--worker-cls={}'],
    ['--worker-cls='],
    ['--worker-extension-cls=abc'],
    ['--worker-extension-cls=1'],
    ['--worker-extension-cls=None'],
    ['--scheduler-cls=-1'],
    ['--scheduler-cls=abc'],
    ['--scheduler-cls=.abc'],
    ['--show-hidden-metrics-for-version=-1'],
    ['--show-hidden-metrics-for-version=nonsense'],
    ['--show-hidden-metrics-for-version={}'],
    ['--show-hidden-metrics-for-version=0.30.x'],
    ['--device-ids=8K'],
    ['--device-ids='],
    ['--device-ids=0,0'],
    ['--device-ids=0,'],
    ['--device-ids=1.0'],
    ['--numa-bind-cpus=abc'],
    ['--numa-bind-cpus=1e3'],
    ['--numa-bind-cpus='],
    ['--allowed-media-domains='],
    ['--allowed-media-domains=None'],
    ['--logits-processors='],
    ['--uvicorn-log-level=DEBUG'],
    ['--log-level=debug'],
    ['--runner=abc'],
    ['--model-impl=terratorch'],
  ])('fails in %s', (...args) => {
    expect(errorsOf('0.32.0', ...args)).toEqual(WRONG);
  });

  it('fails with a port that does not exist', () => {
    expect(errorsOf('0.32.0', '--data-parallel-rpc-port=99999')).toEqual(['out-of-bounds']);
    expect(errorsOf('0.27.1', '--data-parallel-rpc-port=99999')).toEqual([]);
  });

  it('names the form in the message', () => {
    const [finding] = argumentFindings('0.32.0', '--worker-cls=Worker');
    expect(finding?.problem).toBe('--worker-cls is "Worker"');
    expect(finding?.fix).toBe('give a Python class with its module, for example "package.module.Class"');
  });

  it('names the list and the form where both are accepted', () => {
    const [finding] = argumentFindings('0.32.0', '--distributed-executor-backend=mpp');
    expect(finding?.fix).toContain('give one of ray, mp, uni, external_launcher, or a Python class');
  });

  it('is decided by the release', () => {
    expect(errorsOf('0.24.0', '--load-format=gguf')).toEqual([]);
    expect(errorsOf('0.17.1', '--attention-backend=auto')).toEqual(WRONG);
    expect(errorsOf('0.10.2', '--show-hidden-metrics-for-version=nonsense')).toEqual([]);
    expect(errorsOf('0.9.2', '--load-format=AUTO')).toEqual(WRONG);
  });

  it.each([
    '--load-format=mine',
    '--quantization=mine',
    '--config-format=mine',
    '--attention-backend=CUSTOM',
    '--model-impl=terratorch',
  ])('warns about %s with an image of your own, which may have a package for it', (arg) => {
    const catalogue = Catalogue.of(parseRelease('0.32.0'));
    const [flag = '', value = ''] = arg.split('=');
    const findings = checkArguments([{ origin: 'extraArgs[0]', flag, values: [value] }], catalogue, true);
    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([['unlisted-choice', FindingSeverity.WARNING]]);
  });

  it('fails with an unknown backend even with an image of your own', () => {
    const catalogue = Catalogue.of(parseRelease('0.32.0'));
    const args = [{ origin: 'extraArgs[0]', flag: '--attention-backend', values: ['NONSENSE'] }];
    expect(checkArguments(args, catalogue, true).map(({ severity }) => severity)).toEqual([FindingSeverity.ERROR]);
  });
});
