/** Arguments about which the library decides otherwise than vLLM, and why. */
export interface Exception {
  readonly why: string;
  readonly given: readonly string[];
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    why: 'the library owns these flags: they are options of Model.of',
    given: [
      '--dtype=float32',
      '--dtype=half',
      '--enable-lora --quantization=fp8',
      '--kv-cache-dtype=fp8 --dtype=float32',
      '--kv-cache-dtype=fp8_e5m2 --quantization=fp8',
      '--quantization=FP8',
      '--quantization=fp8_per_block',
    ],
  },
  {
    why: 'no GPU was there: a real one is never free in full when vLLM starts',
    given: ['--gpu-memory-utilization=1'],
  },
  {
    why: 'no weights were loaded: a KV cache of this size does not hold one request of 131,072 tokens',
    given: [
      '--gpu-memory-utilization=0.5 --kv-cache-memory-bytes=8G',
      '--kv-cache-memory-bytes=100000000',
      '--kv-cache-memory-bytes=8g',
      '--num-gpu-blocks-override 1',
    ],
  },
  {
    why: 'no server was built: vLLM imports a middleware when it builds one (vllm/entrypoints/openai/api_server.py)',
    given: ['--middleware=1G', '--middleware=1_000'],
  },
  {
    why: 'vLLM received the text 1e3, which is no whole number; the option writes 1000',
    given: ['{"maxCpuLoras": 1000}'],
  },
];

/** The same for `models-0.32.0.json`; a line begins with the GPU and the model. */
export const MODEL_EXCEPTIONS: readonly Exception[] = [
  {
    why: 'no layers were built: Triton refuses FP8 on a T4 when they are (vllm/v1/attention/backends/triton_attn.py)',
    given: [
      'T4 BAAI/bge-m3 --enable-lora --kv-cache-dtype=fp8',
      'T4 BAAI/bge-reranker-v2-m3 --kv-cache-dtype=fp8_e4m3',
    ],
  },
];
