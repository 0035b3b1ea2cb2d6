import { Catalogue } from '../../lib/engine/catalogue/catalogue';
import { parseRelease } from '../../lib/engine/release';
import { WORK_HANDLERS } from '../../lib/engine/work-paths';

/** As PromQL does: a pattern matches the whole value. */
const isWork = (path: string): boolean => new RegExp(`^(?:${WORK_HANDLERS})$`).test(path);

const OF_A_TASK = /generation model|pooling model|transcription model/;

/** Paths of a task that make the engine do nothing, or almost nothing. */
const NO_WORK = [
  '/abort_requests',
  '/inference/v1/abort_requests',
  '/is_scaling_elastic_ep',
  '/scale_elastic_ep',
  '/v1/messages/count_tokens',
  '/v1/responses/{response_id}',
  '/v1/responses/{response_id}/cancel',
];

describe('the paths of work', () => {
  test.each([
    '/v1/chat/completions',
    '/v1/chat/completions/batch',
    '/v1/completions',
    '/v1/responses',
    '/v1/messages',
    '/v1/embeddings',
    '/v2/embed',
    '/pooling',
    '/classify',
    '/score',
    '/v1/score',
    '/rerank',
    '/v1/rerank',
    '/v2/rerank',
    '/v1/audio/transcriptions',
    '/v1/audio/translations',
    '/invocations',
  ])('contain %s', (path) => {
    expect(isWork(path)).toBe(true);
  });

  test.each(['/v1/models', '/health', '/tokenize', '/v1/messages/count_tokens', 'none', '/v1/chat/completions/render'])(
    'do not contain %s',
    (path) => {
      expect(isWork(path)).toBe(false);
    },
  );

  test.each(['0.8.0', '0.20.0', '0.33.0'])('contain each path of a task in %s that is not on a short list', (text) => {
    const paths = Catalogue.of(parseRelease(text))
      .routes()
      .filter(({ newestWhen, method }) => OF_A_TASK.test(newestWhen) && method !== 'WEBSOCKET')
      .map(({ path }) => path)
      .filter((path) => !/\/(de)?render$/.test(path));
    const missing = paths.filter((path) => !isWork(path) && !NO_WORK.includes(path));
    expect(missing.filter((path) => !/weight|pause|resume|world_size/.test(path))).toEqual([]);
  });
});
