import { ModelTask } from '../../lib';
import { knownTask } from '../../lib/model/known-models';

describe('the task of a known model', () => {
  test.each<[id: string, task: ModelTask | undefined]>([
    ['BAAI/bge-m3', ModelTask.EMBED],
    ['BAAI/bge-reranker-v2-m3', ModelTask.RERANK],
    ['Alibaba-NLP/gte-Qwen2-7B-instruct', ModelTask.EMBED],
    ['Alibaba-NLP/gte-multilingual-reranker-base', ModelTask.RERANK],
    ['thenlper/gte-large', ModelTask.EMBED],
    ['intfloat/e5-mistral-7b-instruct', ModelTask.EMBED],
    ['intfloat/multilingual-e5-large', ModelTask.EMBED],
    ['jinaai/jina-embeddings-v3', ModelTask.EMBED],
    ['jinaai/jina-reranker-m0', ModelTask.RERANK],
    ['Qwen/Qwen3-Embedding-0.6B', ModelTask.EMBED],
    ['Qwen/Qwen3-VL-Embedding-2B', ModelTask.EMBED],
    ['Qwen/Qwen3-Reranker-0.6B', ModelTask.RERANK],
    ['google/embeddinggemma-300m', ModelTask.EMBED],
    ['nomic-ai/nomic-embed-text-v1.5', ModelTask.EMBED],
    ['Snowflake/snowflake-arctic-embed-l-v2.0', ModelTask.EMBED],
    ['sentence-transformers/all-MiniLM-L6-v2', ModelTask.EMBED],
    ['mixedbread-ai/mxbai-embed-large-v1', ModelTask.EMBED],
    ['mixedbread-ai/mxbai-rerank-base-v2', ModelTask.RERANK],
    ['cross-encoder/ms-marco-MiniLM-L6-v2', ModelTask.RERANK],
    ['Skywork/Skywork-Reward-Llama-3.1-8B-v0.2', ModelTask.CLASSIFY],
    ['openai/whisper-large-v3', ModelTask.TRANSCRIBE],
    ['mistralai/Voxtral-Mini-4B-Realtime-2602', ModelTask.TRANSCRIBE],
    ['Qwen/Qwen3-ASR-1.7B', ModelTask.TRANSCRIBE],
    ['Qwen/Qwen3-8B', undefined],
    ['mistralai/Voxtral-Mini-3B-2507', undefined],
    ['someone/BAAI-bge-m3', undefined],
  ])('%s: %s', (id, task) => {
    expect(knownTask(id)).toBe(task);
  });
});
