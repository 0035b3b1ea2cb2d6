/** The capacity of one replica and the requests of its clients. Times are in seconds. */
export interface Workload {
  /** Requests that one engine runs concurrently, `--max-num-seqs`. */
  readonly maxNumSeqs: number;
  /** Tokens that the KV cache of one replica holds. */
  readonly kvTokens: number;
  /** Inter-token latency of a batch of b: `base + perSequence * b`. */
  readonly interTokenLatency: { readonly base: number; readonly perSequence: number };
  /** Prompt tokens that one replica reads per second, one prompt after the other. */
  readonly prefillRate: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** From the creation of a pod to the first probe that can pass. */
  readonly startup: number;
  /** Period of the probe: a pod is ready at most this much later. */
  readonly probePeriod: number;
  readonly gpusPerReplica: number;
  /** Objective for the time to first token. */
  readonly objective: number;
}

/**
 * An 8B-class model on one GPU: its latencies are a sample of llm-d's
 * workload-variant-autoscaler (docs/design/modeling-optimization.md). The KV cache is that of 24 GiB at 128 KiB a token.
 */
export const EIGHT_B: Workload = {
  maxNumSeqs: 64,
  kvTokens: 196_608,
  interTokenLatency: { base: 0.02058, perSequence: 0.00041 },
  prefillRate: 15_000,
  promptTokens: 512,
  outputTokens: 150,
  startup: 180,
  probePeriod: 5,
  gpusPerReplica: 1,
  objective: 2,
};

/** Seconds per token in a batch of `sequences`. */
export const interTokenLatency = ({ interTokenLatency: { base, perSequence } }: Workload, sequences: number): number =>
  base + perSequence * sequences;

/** Requests that one replica can run concurrently. */
export const batchSize = ({ maxNumSeqs, kvTokens, promptTokens, outputTokens }: Workload): number =>
  Math.min(maxNumSeqs, Math.floor(kvTokens / (promptTokens + outputTokens)));

/** Requests per second of a full replica: B / (OSL · ITL(B)). */
export function capacity(workload: Workload): number {
  const batch = batchSize(workload);
  return batch / (workload.outputTokens * interTokenLatency(workload, batch));
}

/** Requests in flight in one replica that gets `rate` requests per second and is not full: Little's law. */
export function inFlightAt(workload: Workload, rate: number): number {
  const { promptTokens, prefillRate, outputTokens, interTokenLatency: latency } = workload;
  const decoding = (rate * outputTokens * latency.base) / (1 - rate * outputTokens * latency.perSequence);
  return decoding + (rate * promptTokens) / prefillRate;
}
