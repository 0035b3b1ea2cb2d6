/**
 * Engine options about how answers are made.
 */
export interface DecodingOptions {
  /**
   * Fields of vLLM's `SpeculativeConfig`, for example `{ method: 'ngram', num_speculative_tokens: 4 }`.
   *
   * @default - no speculative decoding
   */
  readonly speculativeConfig?: { [key: string]: any };

  /**
   * Fields of vLLM's `KVTransferConfig`. `kv_role` is required with a connector.
   *
   * @default - no transfer
   */
  readonly kvTransferConfig?: { [key: string]: any };

  /**
   * Fields of vLLM's `KVEventsConfig`, for routers that follow the prefix cache.
   *
   * @default - no events
   */
  readonly kvEventsConfig?: { [key: string]: any };

  /**
   * Fields of vLLM's `StructuredOutputsConfig`.
   *
   * @default - vLLM's own
   */
  readonly structuredOutputsConfig?: { [key: string]: any };

  /**
   * Let the model decide when to call a tool. Needs `toolCallParser`.
   *
   * @default false
   */
  readonly enableAutoToolChoice?: boolean;

  /**
   * Parser that finds tool calls in the model's text, for example `hermes` or `llama3_json`.
   *
   * @default - none
   */
  readonly toolCallParser?: string;

  /**
   * Python file with a tool parser that vLLM does not have.
   *
   * @default - none
   */
  readonly toolParserPlugin?: string;

  /**
   * Parser that separates reasoning from the answer, for example `qwen3`.
   *
   * @default - none
   */
  readonly reasoningParser?: string;

  /**
   * Python file with a reasoning parser that vLLM does not have.
   *
   * @default - none
   */
  readonly reasoningParserPlugin?: string;

  /**
   * Images, videos or audio clips per prompt, for example `{ image: 2 }`.
   *
   * @default - vLLM's own
   */
  readonly limitMmPerPrompt?: { [key: string]: any };

  /**
   * Hosts from which media of a prompt may be fetched. Protects internal addresses against requests through the engine.
   *
   * @default - any host
   */
  readonly allowedMediaDomains?: string[];

  /**
   * Accept requests that carry `mm_processor_kwargs` or `media_io_kwargs`. Since vLLM 0.31, they are refused without it.
   *
   * @default false
   */
  readonly trustRequestMmKwargs?: boolean;
}
