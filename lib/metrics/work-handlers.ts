/** A pattern of the label `handler` for paths that are work for the engine: `/v1/models` and unknown paths are counted too. */
export const WORK_HANDLERS = '/v1/(chat/completions|completions|responses|messages|embeddings)';
