/** A group of layers in the facts. Which fields it has depends on its kind: facts/models.md, section 3. */
export interface CacheFacts {
  readonly kind: string;
  readonly layers: number;
  readonly kvHeads?: number | null;
  readonly headDim?: number | null;
  readonly valueDim?: number;
  readonly window?: number;
  readonly chunk?: number;
  readonly latentDim?: number;
  readonly compressRatio?: number;
  readonly indexer?: { readonly layers?: number | null; readonly bytesPerTokenPerLayer?: number } | null;
  readonly convStateBytes?: number;
  readonly recurrentStateBytes?: number;
  readonly stateDtypes?: readonly string[];
  readonly convKernel?: number;
  readonly groups?: number;
  readonly tokens?: number;
}

/** Experts of a mixture in the facts. */
export interface ExpertFacts {
  readonly count: number;
  readonly active: number;
  readonly moeLayers: number | null;
  readonly intermediate: number | null;
  readonly width?: number;
  readonly matrices?: number;
}

/** Parameters by part. */
export type PartFacts = Readonly<Partial<Record<string, number>>>;

/** What a checkpoint is known for. `null` is not known. */
export interface CheckpointFacts {
  readonly id: string;
  readonly base: string;
  readonly family: string;
  readonly architecture: string | null;
  readonly task: string;
  readonly totalParams: number | null;
  readonly weightBytes: number | null;
  readonly weightBytesSource: 'published' | 'computed' | null;
  readonly computedWeightBytes: number | null;
  readonly loadedBytes: number | null;
  readonly expertWeightBytes: number | null;
  readonly mtpWeightBytes: number | null;
  readonly quantization: string | null;
  readonly quantMethod: string | null;
  readonly layers: number | null;
  readonly hiddenSize: number | null;
  readonly heads: number | null;
  readonly kvHeads: number | null;
  readonly vocab: number | null;
  readonly maxPosition: number | null;
  readonly cache: readonly CacheFacts[] | null;
  readonly kvBytesPerToken: number | null;
  readonly indexerBytesPerToken: number | null;
  readonly stateBytesPerSequence: number | null;
  readonly windowed: readonly { readonly tokens: number; readonly bytesPerToken: number }[] | null;
  readonly experts: ExpertFacts | null;
  readonly params: PartFacts | null;
}
