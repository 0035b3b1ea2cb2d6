/** A pattern of the label `handler` for paths that are work for the engine; it also counts `/v1/models` and unknown paths. */
export const WORK_HANDLERS = '/v1/(chat/completions|completions|responses|messages|embeddings)';
