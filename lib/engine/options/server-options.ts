import type { Duration } from 'cdk8s';

/**
 * Engine options about the HTTP server, its logs and metrics.
 */
export interface ServerOptions {
  /**
   * Origins from which browsers may call.
   *
   * @default - none since vLLM 0.32, every origin before
   */
  readonly allowedOrigins?: string[];

  /**
   * Time between comment lines on an idle stream, in whole seconds, for gateways with a read timeout. Since vLLM 0.29.
   *
   * @default - none are sent
   */
  readonly sseKeepAliveInterval?: Duration;

  /**
   * Path prefix that a proxy strips.
   *
   * @default - none
   */
  readonly rootPath?: string;

  /**
   * TLS certificate file. Needs `sslKeyfile`; probes then use HTTPS.
   *
   * @default - plain HTTP
   */
  readonly sslCertfile?: string;

  /**
   * TLS private key file. Needs `sslCertfile`.
   *
   * @default - plain HTTP
   */
  readonly sslKeyfile?: string;

  /**
   * Read certificates again when their files change.
   *
   * @default false
   */
  readonly enableSslRefresh?: boolean;

  /**
   * Answer with the request's `x-request-id`.
   *
   * @default false
   */
  readonly enableRequestIdHeaders?: boolean;

  /**
   * Log each request: id and parameters, at level DEBUG also prompts.
   *
   * @default false
   */
  readonly enableLogRequests?: boolean;

  /**
   * Log each answer. Needs `enableLogRequests`.
   *
   * @default false
   */
  readonly enableLogOutputs?: boolean;

  /**
   * Fields of vLLM's `LoggingConfig`, for example `{ formatter: 'json' }`. Since vLLM 0.31.
   *
   * @default - text logs
   */
  readonly loggingConfig?: { [key: string]: any };

  /**
   * Count running requests for `/load`.
   *
   * @default false
   */
  readonly enableServerLoadTracking?: boolean;

  /**
   * Hide `/docs`, `/redoc` and `/openapi.json`, which need no API key.
   *
   * @default true
   */
  readonly disableFastapiDocs?: boolean;

  /**
   * Serve the render and `/inference/v1` routes, which answer 403 otherwise. Since vLLM 0.30.
   *
   * @default false
   */
  readonly enableScaleOut?: boolean;

  /**
   * Expose no `vllm:*` metrics.
   *
   * @default false
   */
  readonly disableLogStats?: boolean;

  /**
   * Buckets of histogram families, for example `{ request_latency: [0.1, 0.5, 1] }`. Since vLLM 0.32.
   *
   * @default - vLLM's own
   */
  readonly customHistogramBuckets?: { [key: string]: any };

  /**
   * Metrics about the life of KV blocks.
   *
   * @default false
   */
  readonly kvCacheMetrics?: boolean;

  /**
   * Fill the counters of estimated floating-point operations and bytes.
   *
   * @default false
   */
  readonly enableMfuMetrics?: boolean;

  /**
   * Address of an OpenTelemetry collector for traces.
   *
   * @default - no traces
   */
  readonly otlpTracesEndpoint?: string;

  /**
   * Which spans get more detail: `model`, `worker` or `all`. Needs `otlpTracesEndpoint`; costs speed.
   *
   * @default - none
   */
  readonly collectDetailedTraces?: string[];
}
