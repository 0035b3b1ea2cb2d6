const GIB = 1024;

/** Share of GPU memory for the engine. vLLM raised its default to 0.92 in 0.20; an upgrade must not change memory. */
export const GPU_MEMORY_UTILIZATION = 0.9;

/** Maximum of all pods on one shared GPU: vLLM reserves its part at start and fails if that memory is in use. */
export const MAX_SHARED_UTILIZATION = 0.95;

/**
 * What is in use on a device of its own before vLLM compares the share that it requests with the free memory, in MiB.
 * Small on purpose, so that a share that works is not refused: outside PyTorch, one GPU had 0.16 GiB (vLLM #12126) and
 * each of four A100 0.43 GiB (#16570).
 */
export const MAX_UTILIZATION = {
  /** For a device of any size: 1.4 GiB of an H200 and 0.8 GiB of an H100 stay free. */
  ofAny: 0.99,
  context: 0.4 * GIB,
  /** Additional with several GPUs: NCCL starts before the comparison. */
  collectives: 0.25 * GIB,
} as const;

/**
 * Python's hash seed where hashes of KV blocks leave the pod. vLLM derives the hash of the first block from it; before 0.29
 * an unset one is random in each process, and xxhash needs it in every release (vLLM #51875). All releases get the same one,
 * so that stacks of different releases agree.
 */
export const HASH_SEED = '0';

/** vLLM's HTTP port. */
export const PORT = 8000;

export const TIMING = {
  /**
   * Reading weights from the Hub, MiB/s. A planning figure, not a measurement: a tenth of a 10 Gbit/s node, because
   * nodes share their link and the Hub limits downloads.
   */
  hubLoadRate: 100,
  /** Reading weights from a volume, MiB/s. A planning figure: the lower end of network block storage. */
  volumeLoadRate: 200,
  /**
   * From loaded weights to a listening port: profiling, torch.compile, graph capture, warm-up. vLLM 0.32 needed up to
   * 200 s while other processes compiled on the same cores; this is a fifth more.
   */
  engineStart: 240,
  /** Minimum startup budget: vLLM's own ready timeout (VLLM_ENGINE_READY_TIMEOUT_S) and KServe's probe budget. */
  minStartupBudget: 600,
  /** A rollout may also wait for a node and the image: about 12 GB compressed, 25 GB unpacked, on a new node. */
  schedulingAndPull: 600,
  /** A new pod gets traffic at most this long after it is ready. */
  startupProbePeriod: 5,
  readinessProbePeriod: 5,
  readinessFailures: 3,
  /**
   * `/health` can need more than the kubelet's default of 1 s when CPU is scarce; similar projects use 10 s and more.
   */
  probeTimeout: 10,
  livenessProbePeriod: 10,
  /** Two minutes without an answer: a dead engine exits within seconds, so this only catches a frozen HTTP server. */
  livenessFailures: 12,
  /** A frozen or half-started server cannot drain, so a failed probe does not wait for the full grace period. */
  failedProbeGrace: 30,
  /** Endpoints, gateways and clients stop sending within this time; the pod still serves meanwhile. */
  preStopDelay: 15,
  /** Longest answer that survives a rollout: 6000 tokens at 20 ms. */
  drainTimeout: 120,
  /** From the last token to the end of the process: 4 to 8 s measured, 17 s on a busy machine. */
  teardown: 20,
  /** Additional teardown with tracing: the exporter waits for a collector that does not answer. */
  tracingTeardown: 10,
  /** A longer grace period gets a notice: a loading pod uses all of it. */
  longGrace: 600,
  /** Maximum time that may be set: a day. Kubernetes accepts 68 years, which is surely a mistake. */
  longest: 86_400,
} as const;

export const RESOURCES = {
  /** Python processes, CUDA context and page cache beside the weights: with less, loading was OOM-killed. */
  baseMemory: 8 * GIB,
  /** More than one API server or engine core: 0.95 and 0.9 GB measured with vLLM 0.32. */
  apiServer: 906,
  engineCore: 858,
  /** Shared memory of one process; vLLM's own Kubernetes example. */
  sharedMemory: 2 * GIB,
  /** With worker processes: NCCL, the broadcast ring and multimodal caches, per GPU, and the minimum. */
  sharedMemoryPerGpu: 2 * GIB,
  minSharedMemoryOfWorkers: 8 * GIB,
  /**
   * What worker processes need at least: two queues of ten messages, of 160 and of 240 MiB, which are created one after
   * the other and mostly stay empty (vllm/distributed/device_communicators/shm_broadcast.py; seen with vLLM 0.32).
   */
  queues: 400,
  largestQueue: 240,
  /** Semaphores and handles of the processes beside what is counted in /dev/shm. */
  semaphores: 64,
  /** Compile caches: 150 MB measured for one model, kept per shape. */
  cache: 10 * GIB,
  /** Sockets, torchinductor headers, uploads: 150 MB measured. */
  tmp: 4 * GIB,
  /** A download has partial files beside complete ones. */
  downloadFactor: 1.25,
  /** A LoRA adapter: rank 64 on all layers of a model of 70 B. A planning figure. */
  adapter: GIB,
} as const;

/**
 * vLLM reads batch defaults from the whole GPU even on a MIG slice, so they are set for the slice: its own table of
 * memory, largest first, in which an A100 of any size has the last row (vllm/engine/arg_utils.py, get_batch_defaults).
 */
export const MIG_BATCH = [
  { fromMemory: 160 * GIB, maxNumSeqs: 1024, maxNumBatchedTokens: 16384 },
  { fromMemory: 70 * GIB, maxNumSeqs: 1024, maxNumBatchedTokens: 8192 },
  { fromMemory: 0, maxNumSeqs: 256, maxNumBatchedTokens: 2048 },
] as const;

/**
 * What the memory fit reserves on each GPU beside weights and KV cache, in MiB. Planning figures, chosen so that no
 * public log shows less KV cache than the calculation (vLLM #17122, #21348, #23278, #24577, #27508), and a model of 8 B
 * with small batches has more than the 2.3 GiB that KAITO holds back
 * (docs/proposals/20260709-byo-nodes-mig-support.md).
 */
export const MEMORY_FIT = {
  /** CUDA, from which vLLM reads the total, sees less than the driver reports: 79.2 of 79.65 GiB on an H100. */
  driver: 0.5 * GIB,
  /** Loaded weights are a little larger than their files: KAITO's factor. */
  weightsFactor: 1.02,
  /** CUDA context, workspaces of cuBLAS and attention, fragmentation. */
  runtime: GIB,
  /** Additional with several GPUs: four A100 had 0.43 GiB outside PyTorch (vLLM #16570), one GPU 0.16 (#12126). */
  collectives: 0.25 * GIB,
  /**
   * Buffers of data-parallel experts: the default of VLLM_DEEPEP_BUFFER_SIZE_MB, and as much again: with one GiB a log of
   * eight ranks has 0.65 GiB less KV cache than planned (vllm-project/recipes #12).
   */
  expertBuffers: 2 * GIB,
  /** Buffers of a KV connector: the default of kv_buffer_size (vllm/config/kv_transfer.py), 1e9 bytes. */
  connector: GIB,
  /** Captured graphs; vLLM counts them inside the utilization since 0.20. */
  cudaGraphs: GIB,
  /**
   * Bytes of one logit while tokens are chosen, which the profile run does for all sequences at once: bf16, and 384 MiB
   * for 256 sequences and a vocabulary of 131,072 (vLLM #32558).
   */
  logitBytes: 14,
  /** The same for releases that sort them: up to 40, and the engine of vLLM #23278 had no room for more than 38. */
  sortedLogitBytes: 37,
  /** For a model with an unknown vocabulary: that of Qwen; Llama and DeepSeek have less. */
  vocabulary: 152_064,
  /**
   * Activations of one token, as vectors of the hidden size: residual, norms and attention stay whole on each GPU,
   * those of the MLP are split by tensor parallelism. A Llama of 8 B has 14 in total.
   */
  wholeVectors: 4,
  splitVectors: 12,
  /**
   * Additional for a mixture of experts: the results of up to eight experts for a token are kept until they are summed.
   */
  expertVectors: 8,
  /** Activations of a model with an unknown shape. */
  unknownActivations: 0.5 * GIB,
  /** A size that is set may differ so much from that of a known model: GB for GiB is 7 %, an output layer 10 %. */
  sizeTolerance: 0.2,
  /** With fewer sequences of full length than this, a second long request waits for the first one. */
  fewSequences: 2,
  /** Suggested sequences of a batch: vLLM's default on a small GPU. */
  suggestedSequences: 256,
  /** Suggested tokens of a batch: vLLM's default on a small GPU. */
  suggestedBatch: 2048,
  /** Largest share of a GPU to suggest: the driver and the start of the engine need the rest. */
  safeUtilization: 0.95,
  /** Suggested pairs of changes, where no single one is enough. */
  mostPairs: 3,
  /** Suggested contexts are a multiple of this: all block sizes divide it. */
  contextStep: 256,
} as const;

/**
 * Tokens of one block of the KV cache where it is unset: most backends have 16, those of latent vectors 64 (FlashMLA), and
 * 128 beside states (vllm/platforms/interface.py).
 */
export const BLOCK_SIZE = { heads: 16, latent: 64, latentBesideStates: 128 } as const;

/** UID that vLLM's image has since 0.22, in the root group, which owns the image's writable folders. */
export const USER = { uid: 2000, gid: 0 } as const;

/** Where writable volumes are mounted under the read-only root. */
export const PATHS = { home: '/cache', models: '/models', tmp: '/tmp', sharedMemory: '/dev/shm' } as const;
