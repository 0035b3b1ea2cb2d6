import type { Setting } from '../../rules/setting';
import { originOf, valueAt } from '../../rules/setting';
import type { FolderNeed } from '../../timing/host-needs';
import { connectorsOf } from '../connectors';
import { folder } from './folder';
import type { HostContext } from './host-context';

/** An option that names where the engine writes. */
interface Written {
  readonly setting: Setting;
  /** What writes there, in words. */
  readonly what: string;
  /** Whether it names a file, whose folder must be writable. */
  readonly isFile?: boolean;
}

/**
 * Sources: vllm/config/profiler.py, compilation.py and watchdog.py; vllm/envs.py; Triton's runtime/cache.py; PyTorch's
 * _inductor/runtime/cache_dir_utils.py; flashinfer/jit/env.py; DeepGEMM's jit/compiler.py; NCCL's user guide.
 */
const WRITTEN: readonly Written[] = [
  { setting: 'profilerConfig.torch_profiler_dir', what: 'the profiler' },
  { setting: 'profilerConfig.proton_profiler_dir', what: 'the profiler' },
  { setting: 'compilationConfig.cache_dir', what: 'the compile cache' },
  { setting: 'compilationConfig.debug_dump_path', what: 'compilation' },
  { setting: 'watchdogConfig.dump_dir', what: 'the watchdog' },
  { setting: 'mmEncoderFp8ScaleSavePath', what: 'the multimodal encoder', isFile: true },
  { setting: 'env.VLLM_TORCH_PROFILER_DIR', what: 'the profiler' },
  { setting: 'env.VLLM_DEBUG_DUMP_PATH', what: 'compilation' },
  { setting: 'env.VLLM_RPC_BASE_PATH', what: 'the sockets of the processes' },
  { setting: 'env.VLLM_FLASHINFER_AUTOTUNE_CACHE_DIR', what: 'FlashInfer' },
  { setting: 'env.TRITON_CACHE_DIR', what: 'Triton' },
  { setting: 'env.TRITON_HOME', what: 'Triton' },
  { setting: 'env.TORCHINDUCTOR_CACHE_DIR', what: 'the compiler of PyTorch' },
  { setting: 'env.FLASHINFER_WORKSPACE_BASE', what: 'FlashInfer' },
  { setting: 'env.DG_JIT_CACHE_DIR', what: 'DeepGEMM' },
  { setting: 'env.HF_MODULES_CACHE', what: 'code of the model' },
  { setting: 'env.TMPDIR', what: 'any process with temporary files' },
  { setting: 'env.NCCL_DEBUG_FILE', what: 'NCCL', isFile: true },
];

/** Profiles may go to object storage. */
const isUri = (path: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(path);

const parent = (path: string): string => path.replace(/\/[^/]*$/, '') || '/';

/** Folders that an option or a variable names, besides those whose size is known. */
export function writtenFolders(context: HostContext): FolderNeed[] {
  const { facts, environment } = context;
  if (facts.flags.length === 0 && environment.size === 0) return [];
  const ofOptions = WRITTEN.flatMap(({ setting, what, isFile = false }): FolderNeed[] => {
    const path = valueAt(context, setting);
    if (typeof path !== 'string' || isUri(path)) return [];
    return [folder(context, isFile ? parent(path) : path, { mib: 0, what, origin: originOf(context, setting) })];
  });
  // The example connectors keep blocks in a folder (kv_connector/v1/example_connector.py).
  const shared = connectorsOf(context).flatMap(({ extra, origin }): FolderNeed[] => {
    const path = extra['shared_storage_path'];
    if (typeof path !== 'string' || isUri(path)) return [];
    return [folder(context, path, { mib: undefined, what: 'the KV connector', origin })];
  });
  return [...ofOptions, ...shared];
}
