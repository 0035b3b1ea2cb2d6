/**
 * What a model does, which decides the paths that the server answers.
 */
export enum ModelTask {
  /** Text from text, images or sound: chat and completions. */
  GENERATE = 'generate',
  /** Embeddings of texts; also scores by their similarity. */
  EMBED = 'embed',
  /** Scores of documents for a query. */
  RERANK = 'rerank',
  /** Classes of a text. */
  CLASSIFY = 'classify',
  /** Text from speech. */
  TRANSCRIBE = 'transcribe',
}

/**
 * Families that do not generate text, for checkpoints that the table of known models does not have; the first pattern that
 * matches. Sources: the model cards on the Hub, 2026-10.
 */
const FAMILIES: readonly [pattern: RegExp, task: ModelTask][] = [
  [/^BAAI\/bge-reranker-/, ModelTask.RERANK],
  [/^BAAI\/bge-/, ModelTask.EMBED],
  [/^Alibaba-NLP\/gte-.*reranker/, ModelTask.RERANK],
  [/^(Alibaba-NLP|thenlper)\/gte-/, ModelTask.EMBED],
  [/^intfloat\/(multilingual-)?e5-/, ModelTask.EMBED],
  [/^jinaai\/jina-reranker-/, ModelTask.RERANK],
  [/^jinaai\/jina-embeddings-/, ModelTask.EMBED],
  [/^Qwen\/Qwen3-(VL-)?Embedding-/, ModelTask.EMBED],
  [/^Qwen\/Qwen3-(VL-)?Reranker-/, ModelTask.RERANK],
  [/^google\/embeddinggemma-/, ModelTask.EMBED],
  [/^nomic-ai\/nomic-embed-/, ModelTask.EMBED],
  [/^Snowflake\/snowflake-arctic-embed-/, ModelTask.EMBED],
  [/^sentence-transformers\//, ModelTask.EMBED],
  [/^mixedbread-ai\/mxbai-rerank-/, ModelTask.RERANK],
  [/^mixedbread-ai\/mxbai-embed-/, ModelTask.EMBED],
  [/^cross-encoder\//, ModelTask.RERANK],
  [/^Skywork\/Skywork-Reward-/, ModelTask.CLASSIFY],
  [/^openai\/whisper-/, ModelTask.TRANSCRIBE],
  [/^mistralai\/Voxtral-Mini-.*-Realtime-/, ModelTask.TRANSCRIBE],
  [/^Qwen\/Qwen3-ASR-/, ModelTask.TRANSCRIBE],
];

/** The task of the family of a model. */
export function taskOfFamily(modelId: string): ModelTask | undefined {
  return FAMILIES.find(([pattern]) => pattern.test(modelId))?.[1];
}

/** Whether a model generates its answer token by token. The answer of another one is there at once. */
export const hasTokens = (task: ModelTask): boolean => task === ModelTask.GENERATE || task === ModelTask.TRANSCRIBE;
