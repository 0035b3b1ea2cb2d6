/**
 * Engine options about loading the model.
 */
export interface LoadingOptions {
  /**
   * Format of the weight files, for example `safetensors` or `runai_streamer`. vLLM plugins may add names.
   *
   * @default - vLLM's `auto`
   */
  readonly loadFormat?: string;

  /**
   * How safetensors files are read: `lazy`, `eager`, `prefetch` or `torchao`. `prefetch` helps on network file systems
   * that vLLM does not recognise.
   *
   * @default - vLLM's choice
   */
  readonly safetensorsLoadStrategy?: string;

  /**
   * Options of the loader.
   *
   * @default - none
   */
  readonly modelLoaderExtraConfig?: { [key: string]: any };

  /**
   * Files of the model repository that are not loaded.
   *
   * @default - vLLM's `original/**\/*`
   */
  readonly ignorePatterns?: string[];

  /**
   * Values that replace those of the model's `config.json`.
   *
   * @default - none
   */
  readonly hfOverrides?: { [key: string]: any };

  /**
   * Tokenizer implementation, for example `hf` or `mistral`.
   *
   * @default - vLLM's `auto`
   */
  readonly tokenizerMode?: string;

  /**
   * Where sampling defaults come from: `auto` (the model's folder), `vllm` (none) or a path.
   *
   * @default - vLLM's `auto`
   */
  readonly generationConfig?: string;

  /**
   * Sampling defaults that replace those of the generation config, for example `{ temperature: 0.7 }`.
   *
   * @default - none
   */
  readonly overrideGenerationConfig?: { [key: string]: any };

  /**
   * LoRA adapters can be served next to the model.
   *
   * @default false
   */
  readonly enableLora?: boolean;

  /**
   * Adapters at start, each `name=path`. Mount the paths with `extraVolumes`.
   *
   * @default - none
   */
  readonly loraModules?: string[];

  /**
   * Adapters in one batch.
   *
   * @default 1
   */
  readonly maxLoras?: number;

  /**
   * Adapters kept in host memory, at least `maxLoras`.
   *
   * @default - `maxLoras`
   */
  readonly maxCpuLoras?: number;

  /**
   * Largest rank of an adapter: 1, 8, 16, 32, 64, 128, 256, 320 or 512.
   *
   * @default 16
   */
  readonly maxLoraRank?: number;
}
