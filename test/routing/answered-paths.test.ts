import { Model, ModelTask, VllmVersion } from '../../lib';
import { taskOf } from '../../lib/plan/task';
import { answeredPaths, defaultPaths } from '../../lib/routing/paths/answered-paths';
import { planOf } from '../support/plan';

const embed = Model.of('BAAI/bge-m3');

describe('the task of a stack', () => {
  test.each<[title: string, props: Parameters<typeof planOf>[0], task: ModelTask]>([
    ['is to generate', {}, ModelTask.GENERATE],
    ['is known for an embedding model', { model: embed }, ModelTask.EMBED],
    ['is known for a reranker', { model: Model.of('BAAI/bge-reranker-v2-m3') }, ModelTask.RERANK],
    ['is known for whisper', { model: Model.of('openai/whisper-large-v3') }, ModelTask.TRANSCRIBE],
    ['is what --convert sets', { extraArgs: ['--runner=pooling', '--convert=embed'] }, ModelTask.EMBED],
    [
      'is what --runner sets, before what is known',
      { model: embed, extraArgs: ['--runner=generate'] },
      ModelTask.GENERATE,
    ],
    ['is what the user set', { model: Model.of('a/b', { task: ModelTask.CLASSIFY }) }, ModelTask.CLASSIFY],
  ])('%s', (_, props, task) => {
    expect(taskOf(planOf(props))).toBe(task);
  });
});

describe('the paths of a route', () => {
  test('are those of the task, for text', () => {
    expect(defaultPaths(planOf())).toEqual([
      '/v1/chat/completions',
      '/v1/chat/completions/batch',
      '/v1/completions',
      '/v1/messages',
      '/v1/messages/count_tokens',
      '/v1/responses',
      '/v1/models',
    ]);
  });

  test('are those of the pinned release', () => {
    const paths = defaultPaths(planOf({ vllmVersion: VllmVersion.of('0.10.0') }));
    expect(paths).toEqual(['/v1/chat/completions', '/v1/completions', '/v1/responses', '/v1/models']);
  });

  test('are those of embeddings, also in a release that registers every path', () => {
    const model = Model.of('BAAI/bge-m3');
    expect(defaultPaths(planOf({ model, vllmVersion: VllmVersion.of('0.10.0') }))).toEqual([
      '/v1/embeddings',
      '/v1/rerank',
      '/v1/score',
      '/v1/models',
    ]);
    expect(defaultPaths(planOf({ model }))).toContain('/v2/embed');
  });

  test('of speech are transcriptions and translations', () => {
    const model = Model.of('openai/whisper-large-v3');
    expect(defaultPaths(planOf({ model }))).toEqual([
      '/v1/audio/transcriptions',
      '/v1/audio/translations',
      '/v1/models',
    ]);
  });

  test('never have a path that the API key does not guard', () => {
    for (const version of ['0.8.5', '0.11.0', '0.18.0', '0.22.0', '0.32.0', '0.33.0']) {
      for (const task of Object.values(ModelTask)) {
        const plan = planOf({ model: Model.of('a/b', { task }), vllmVersion: VllmVersion.of(version) });
        const open = answeredPaths(plan).filter(({ guarded }) => !guarded);
        expect(defaultPaths(plan).filter((path) => open.some((each) => each.path === path))).toEqual([]);
      }
    }
  });

  const answers = (path: string, props: Parameters<typeof planOf>[0]): boolean | undefined =>
    answeredPaths(planOf(props)).find((each) => each.path === path)?.answered;

  test.each<[path: string, props: Parameters<typeof planOf>[0], answered: boolean | undefined]>([
    ['/v1/load_lora_adapter', {}, false],
    ['/v1/load_lora_adapter', { env: { VLLM_ALLOW_RUNTIME_LORA_UPDATING: 'true' } }, true],
    ['/reset_prefix_cache', { env: { VLLM_SERVER_DEV_MODE: '1' } }, true],
    ['/reset_prefix_cache', { env: { VLLM_SERVER_DEV_MODE: '0' } }, false],
    ['/v1/chat/completions/render', {}, false],
    ['/v1/chat/completions/render', { extraArgs: ['--enable-scale-out'] }, true],
    ['/v1/chat/completions/render', { vllmVersion: VllmVersion.of('0.20.0') }, true],
    ['/v1/embeddings', {}, false],
    ['/openapi.json', {}, false],
    ['/v1/unknown', {}, undefined],
  ])('%s of a stack with %j is answered: %p', (path, props, answered) => {
    expect(answers(path, props)).toBe(answered);
  });
});
