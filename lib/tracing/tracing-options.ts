import type { Duration } from 'cdk8s';
import type { SecretKey } from '../secrets/secret-key';

/**
 * How spans travel.
 */
export enum OtlpProtocol {
  /** OTLP over gRPC, port 4317 by convention. */
  GRPC = 'grpc',
  /** OTLP as protobuf over HTTP, port 4318 by convention. The address ends in `/v1/traces`. */
  HTTP = 'http/protobuf',
}

/**
 * Spans of vLLM's own steps. vLLM calls them costly and blocking: for an investigation, not for every day.
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
 * What the engine says in its spans, wherever they go.
 */
export interface SpanOptions {
  /**
   * Share of requests that are traced, above 0 and at most 1. A request that arrives with a `traceparent` header follows
   * the decision in it.
   *
   * @default 1
   */
  readonly sampling?: number;

  /**
   * Name under which the spans are found.
   *
   * @default - the name of the stack
   */
  readonly serviceName?: string;

  /**
   * Spans of the engine's own steps. Costs speed.
   *
   * @default - one span for each request
   */
  readonly detailed?: TraceDetail[];
}

/**
 * A collector that exists.
 */
export interface OtlpTracingOptions extends SpanOptions {
  /** Its address: `http://otel-collector.observability:4317`, or `…:4318/v1/traces` with `OtlpProtocol.HTTP`. */
  readonly endpoint: string;

  /**
   * How spans travel.
   *
   * @default OtlpProtocol.GRPC
   */
  readonly protocol?: OtlpProtocol;
}

/**
 * Which whole traces are kept once they are complete. A trace is kept when one of the conditions holds.
 */
export interface TailSampling {
  /**
   * Those that took longer.
   *
   * @default - no such condition
   */
  readonly slowerThan?: Duration;

  /**
   * Those whose first token came later.
   *
   * @default - no such condition
   */
  readonly firstTokenSlowerThan?: Duration;

  /**
   * This share of all, above 0 and below 1, whatever they are like.
   *
   * @default 0.05
   */
  readonly share?: number;
}

/**
 * Who runs the collector's pod.
 */
export enum CollectorKind {
  /** A Deployment of the stack's own; nothing else is needed. */
  DEPLOYMENT = 'deployment',
  /** An OpenTelemetryCollector; needs the OpenTelemetry Operator in the cluster. */
  OPERATOR = 'operator',
}

/**
 * A collector of the stack's own.
 */
export interface CollectorTracingOptions extends SpanOptions {
  /** Where it sends the spans: `https://tempo.example.com:4317`, or `…/v1/traces` with `OtlpProtocol.HTTP`. */
  readonly exportTo: string;

  /**
   * How it sends them.
   *
   * @default OtlpProtocol.GRPC
   */
  readonly protocol?: OtlpProtocol;

  /**
   * Headers that it sends along, such as `Authorization`. The values come from Secrets.
   *
   * @default - none
   */
  readonly headers?: { [name: string]: SecretKey };

  /**
   * Certificate of the authority that signed the other side's.
   *
   * @default - the authorities that the collector's image knows
   */
  readonly ca?: SecretKey;

  /**
   * Who runs its pod.
   *
   * @default CollectorKind.DEPLOYMENT
   */
  readonly kind?: CollectorKind;

  /**
   * Which whole traces are kept.
   *
   * @default - all that the engine sends
   */
  readonly tailSampling?: TailSampling;
}
