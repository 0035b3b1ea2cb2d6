import type { VllmInferenceStackProps } from '../../lib';
import { ExtraVolume } from '../../lib';
import { RoutedApp, printedBy, refusal, rulesOf } from '../support/routing';

const LORA = { maxModelLen: 8192, enableLora: true };
const ADAPTERS = { extraVolumes: [ExtraVolume.fromClaim('adapters', '/adapters')] };

/** The first match of the only route, by a model with this name. */
function matchOf(model: string, props: Partial<VllmInferenceStackProps>): string | undefined {
  const app = new RoutedApp();
  printedBy(() => app.routes({ routes: [{ model, to: [app.to('qwen', { ...ADAPTERS, ...props })] }] }));
  return rulesOf(app.manifests('HTTPRoute')[0])[0]?.[1][0];
}

describe('a route by model', () => {
  test.each<[title: string, props: Partial<VllmInferenceStackProps>]>([
    ['name=path', { engine: { ...LORA, loraModules: ['code=/adapters/code', 'sql=/adapters/sql'] } }],
    [
      'JSON',
      { engine: { ...LORA, loraModules: ['{"name": "sql", "path": "/adapters/sql=1", "base_model_name": "x"}'] } },
    ],
    ['extra arguments', { engine: LORA, extraArgs: ['--lora-modules', 'code=/adapters/code', 'sql=/adapters/sql'] }],
  ])('may be that of a LoRA adapter: %s', (_, props) => {
    expect(matchOf('sql', props)).toBe('/v1/chat/completions X-Gateway-Model-Name=sql');
  });

  test.each([
    ['VLLM_ALLOW_RUNTIME_LORA_UPDATING', '1'],
    ['VLLM_LORA_RESOLVER_CACHE_DIR', '/adapters'],
  ])('may be any name, if adapters are loaded later: %s', (name, value) => {
    expect(matchOf('later', { engine: LORA, env: { [name]: value } })).toContain('X-Gateway-Model-Name=later');
  });

  test.each<[title: string, props: Partial<VllmInferenceStackProps>]>([
    ['another adapter', { engine: { ...LORA, loraModules: ['code=/adapters/code'] } }],
    ['a variable without LoRA', { env: { VLLM_LORA_RESOLVER_CACHE_DIR: '/adapters' } }],
    ['a variable that is off', { engine: LORA, env: { VLLM_ALLOW_RUNTIME_LORA_UPDATING: 'False' } }],
  ])('refuses the name of an adapter with %s', (_, props) => {
    const app = new RoutedApp();
    const message = refusal(() =>
      app.routes({ routes: [{ model: 'sql', to: [app.to('qwen', { ...ADAPTERS, ...props })] }] }),
    );
    expect(message).toContain('[route-model-not-served]');
  });

  test('lists adapters with all models', () => {
    const app = new RoutedApp();
    const to = [app.to('qwen', { ...ADAPTERS, engine: { ...LORA, loraModules: ['sql=/adapters/sql'] } })];
    printedBy(() => app.routes({ listAllModels: true, routes: [{ to }] }));
    expect(app.manifests('HTTPRouteFilter')[0].spec.directResponse.body.inline).toContain('"id":"sql"');
  });
});
