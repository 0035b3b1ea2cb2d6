import type { PathRow } from './path-row';

/**
 * Options of vLLM that name files. Sources: vllm/entrypoints/chat_utils.py (load_chat_template), vllm/tool_parsers and
 * vllm/reasoning (import_from_path), uvicorn's Config (TLS), vllm/logger.py, vllm/multimodal/media (the folder must be
 * there), vllm/transformers_utils/config.py (generation config), vllm/config/logging.py, and TensorizerConfig of
 * vllm/model_executor/model_loader/tensorizer.py.
 */
const FLAGS: readonly PathRow[] = [
  { setting: 'chatTemplate', kind: 'file', or: ['template'] },
  { setting: 'tokenizer', kind: 'either', or: ['hub', 'uri'] },
  { setting: 'hfConfigPath', kind: 'folder', or: ['hub'] },
  { setting: 'generationConfig', kind: 'folder', or: ['auto', 'hub'] },
  { setting: 'toolParserPlugin', kind: 'file' },
  { setting: 'reasoningParserPlugin', kind: 'file' },
  { setting: 'structuredOutputsConfig.reasoning_parser_plugin', kind: 'file' },
  { setting: 'sslKeyfile', kind: 'file' },
  { setting: 'sslCertfile', kind: 'file' },
  { setting: 'sslCaCerts', kind: 'file' },
  { setting: 'logConfigFile', kind: 'file' },
  { setting: 'loggingConfig.pylogging_config_file', kind: 'file' },
  { setting: 'mmEncoderFp8ScalePath', kind: 'file' },
  { setting: 'modelLoaderExtraConfig.tensorizer_uri', kind: 'either', or: ['uri'] },
  { setting: 'modelLoaderExtraConfig.tensorizer_dir', kind: 'folder', or: ['uri'] },
  { setting: 'modelLoaderExtraConfig.encryption_keyfile', kind: 'file' },
  { setting: 'allowedLocalMediaPath', kind: 'folder', mayBeEmpty: true },
];

/**
 * Variables of vLLM (vllm/envs.py), and of what loads with a connector or a model: LMCache (lmcache/v1/config.py), Mooncake
 * (mooncake_config.py), and the vocabulary of gpt-oss (openai-harmony).
 */
const VARIABLES: readonly PathRow[] = [
  { setting: 'env.VLLM_LOGGING_CONFIG_PATH', kind: 'file' },
  { setting: 'env.VLLM_LORA_RESOLVER_CACHE_DIR', kind: 'folder', mayBeEmpty: true },
  { setting: 'env.VLLM_TUNED_CONFIG_FOLDER', kind: 'folder' },
  { setting: 'env.VLLM_MODEL_REDIRECT_PATH', kind: 'file' },
  { setting: 'env.VLLM_NCCL_SO_PATH', kind: 'file', or: ['library'] },
  { setting: 'env.VLLM_CUDART_SO_PATH', kind: 'file', or: ['library'] },
  { setting: 'env.LMCACHE_CONFIG_FILE', kind: 'file' },
  { setting: 'env.MOONCAKE_CONFIG_PATH', kind: 'file' },
  { setting: 'env.TIKTOKEN_ENCODINGS_BASE', kind: 'folder', or: ['uri'] },
];

/**
 * Variables of libraries, which may never be read. Sources: requests and OpenSSL (certificates), huggingface_hub, NCCL's
 * user guide, the SDKs of AWS and Google Cloud, and OpenTelemetry's specification of exporters.
 */
const OF_LIBRARIES: readonly PathRow[] = (
  [
    ['SSL_CERT_FILE', 'file'],
    ['REQUESTS_CA_BUNDLE', 'file'],
    ['CURL_CA_BUNDLE', 'file'],
    ['HF_TOKEN_PATH', 'file'],
    ['NCCL_TOPO_FILE', 'file'],
    ['NCCL_CONF_FILE', 'file'],
    ['AWS_SHARED_CREDENTIALS_FILE', 'file'],
    ['AWS_CONFIG_FILE', 'file'],
    ['AWS_CA_BUNDLE', 'file'],
    ['GOOGLE_APPLICATION_CREDENTIALS', 'file'],
    ['OTEL_EXPORTER_OTLP_CERTIFICATE', 'file'],
    ['OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE', 'file'],
    ['OTEL_EXPORTER_OTLP_CLIENT_KEY', 'file'],
    ['OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE', 'file'],
    ['OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE', 'file'],
    ['OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY', 'file'],
  ] as const
).map(([name, kind]) => ({ setting: `env.${name}`, kind, isOptional: true }));

/** Every option with the path of files that the engine reads, besides models and adapters. */
export const PATHS_READ: readonly PathRow[] = [...FLAGS, ...VARIABLES, ...OF_LIBRARIES];
