import { VllmVersion } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import { errorsOf, idsOf, warningsOf } from '../support/plan';

const args = (...extraArgs: string[]): Partial<ServingProps> => ({ extraArgs });
const connector = (module: string): Partial<ServingProps> => ({
  engine: {
    kvTransferConfig: { kv_connector: 'Mine', kv_role: 'kv_both', kv_connector_module_path: module },
  },
});

describe('a Python module', () => {
  it('warns about middleware of the user, which the image does not have', () => {
    expect(warningsOf(args('--middleware=auth.TokenAuth'))).toContain(
      'extraArgs[0]: --middleware names "auth.TokenAuth", and vllm/vllm-openai:v0.32.0 may not have the package "auth": the engine exits at start; mount it with an ExtraVolume and set PYTHONPATH in env to its folder, or set an image of your own that has it; acknowledge this if the image has it [module-not-in-image]',
    );
  });

  it.each<[title: string, props: Partial<ServingProps>]>([
    [
      'the first of two middlewares',
      args('--middleware=auth.TokenAuth', '--middleware=starlette.middleware.gzip.GZipMiddleware'),
    ],
    ['logits processors', args('--logits-processors=plugins.processor:Processor')],
    ['a scheduler', args('--scheduler-cls=company.scheduler.Scheduler')],
    ['a worker', args('--worker-extension-cls=company.worker.Extension')],
    ['a connector', connector('company.connector')],
  ])('warns about %s of the user', (_, props) => {
    expect(idsOf(props)).toContain('module-not-in-image');
    expect(errorsOf(props)).toEqual([]);
  });

  it.each<[title: string, props: Partial<ServingProps>]>([
    ['middleware of Starlette', args('--middleware=starlette.middleware.gzip.GZipMiddleware')],
    ['a connector of LMCache', connector('lmcache.integration.vllm.lmcache_connector_v1')],
    ['a module with its folder', { ...args('--middleware=auth.TokenAuth'), env: { PYTHONPATH: '/plugins' } }],
    [
      'a module in an image of the user',
      {
        ...args('--middleware=auth.TokenAuth'),
        vllmVersion: VllmVersion.of('0.32.0', { repository: 'registry.example.com/ml/vllm' }),
      },
    ],
    ['a worker by the word', args('--worker-cls=auto')],
  ])('accepts %s', (_, props) => {
    expect(idsOf(props)).not.toContain('module-not-in-image');
  });
});
