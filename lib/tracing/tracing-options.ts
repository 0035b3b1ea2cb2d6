import type { Duration } from 'cdk8s';
import type { SecretKey } from '../secrets/secret-key';

/**
 * Protocol of the spans.
 */
export enum OtlpProtocol {
  /** OTLP over gRPC, port 4317 by convention. */
  GRPC = 'grpc',
  /** OTLP as protobuf over HTTP, port 4318 by convention. The address ends in `/v1/traces`. */
  HTTP = 'http/protobuf',
}

/**
 * Spans of vLLM's own steps. vLLM documents them as costly and blocking: use them only for an investigation.
 */
export enum TraceDetail {
  /** Time of the model's forward pass. */
  MODEL = 'model',
  /** Time of the workers' steps. */
  WORKER = 'worker',
  /** Both. */
  ALL = 'all',
}

/**
 * Spans of the engine, for any receiver.
 */
export interface SpanOptions {
  /**
   * Share of requests that are traced, above 0 and at most 1. A request with a `traceparent` header follows the
   * decision in that header.
   *
   * @default 1
   */
  readonly sampling?: number;

  /**
   * Service name of the spans.
   *
   * @default - the name of the stack
   */
  readonly serviceName?: string;

  /**
   * Spans of the engine's own steps. They make the engine slower.
   *
   * @default - one span for each request
   */
  readonly detailed?: TraceDetail[];
}

/**
 * An existing collector.
 */
export interface OtlpTracingOptions extends SpanOptions {
  /** Its address: `http://otel-collector.observability:4317`, or `…:4318/v1/traces` with `OtlpProtocol.HTTP`. */
  readonly endpoint: string;

  /**
   * Protocol of the spans.
   *
   * @default OtlpProtocol.GRPC
   */
  readonly protocol?: OtlpProtocol;
}

/**
 * Which complete traces are kept: those that meet at least one of the conditions.
 */
export interface TailSampling {
  /**
   * Keep traces that last longer than this.
   *
   * @default - no such condition
   */
  readonly slowerThan?: Duration;

  /**
   * Keep traces with a first token later than this.
   *
   * @default - no such condition
   */
  readonly firstTokenSlowerThan?: Duration;

  /**
   * Keep this share of all traces, above 0 and below 1.
   *
   * @default 0.05
   */
  readonly share?: number;
}

/**
 * What runs the collector's pod.
 */
export enum CollectorKind {
  /** A Deployment of the stack; the cluster needs nothing else. */
  DEPLOYMENT = 'deployment',
  /** An OpenTelemetryCollector; the cluster needs the OpenTelemetry Operator. */
  OPERATOR = 'operator',
}

/**
 * The stack's own collector.
 */
export interface CollectorTracingOptions extends SpanOptions {
  /**
   * Where the collector sends the spans: `https://tempo.example.com:4317`, or `…/v1/traces` with `OtlpProtocol.HTTP`.
   */
  readonly exportTo: string;

  /**
   * Protocol to that address.
   *
   * @default OtlpProtocol.GRPC
   */
  readonly protocol?: OtlpProtocol;

  /**
   * Headers of the export, such as `Authorization`. The values come from Secrets.
   *
   * @default - none
   */
  readonly headers?: { [name: string]: SecretKey };

  /**
   * Certificate of the authority that signed the certificate of `exportTo`.
   *
   * @default - the authorities in the collector's image
   */
  readonly ca?: SecretKey;

  /**
   * What runs the collector's pod.
   *
   * @default CollectorKind.DEPLOYMENT
   */
  readonly kind?: CollectorKind;

  /**
   * Which complete traces are kept.
   *
   * @default - all traces that the engine sends
   */
  readonly tailSampling?: TailSampling;
}
