/**
 * Paths of the server that are work for the engine, by what a model does, as patterns of the label `handler` of
 * `http_requests_total`. An embedding model also scores and reranks, and some models that generate also transcribe, so
 * rates count all of them: a server has only the paths of its own model (vllm/entrypoints/…/factories.py), and a request
 * to another one has no path of its own in that label.
 *
 * vLLM also counts `/v1/models`, health of its own kind, and paths that only count, render or look up: they are no work.
 */
const WORK_PATHS: Readonly<Record<'generation' | 'pooling' | 'transcription' | 'any', readonly string[]>> = {
  generation: [
    '/v1/(chat/completions(/batch)?|completions|responses|messages)',
    '/inference/v1/generate',
    '/generative_scoring',
    '/cohere/v2/chat',
  ],
  pooling: ['/v1/embeddings', '/v2/embed', '/pooling', '/classify', '(/v1|/v2)?/(score|rerank)'],
  transcription: ['/v1/audio/(transcriptions|translations)'],
  // SageMaker's path: whatever the model does.
  any: ['/invocations'],
};

/** All of them as one pattern. */
export const WORK_HANDLERS = Object.values(WORK_PATHS).flat().join('|');
