import type { TextForm } from '../catalogue/rows';

/** How a text must look, in words and as a test. */
interface Form {
  readonly allowed: string;
  readonly fits: (value: string) => boolean;
}

const matches = (allowed: string, pattern: RegExp): Form => ({ allowed, fits: (value) => pattern.test(value) });

const isDeviceList = (value: string) => {
  const ids = value.split(',').map((id) => id.trim());
  return ids.every((id) => /^\d+$/.test(id)) && new Set(ids.map(Number)).size === ids.length;
};

/**
 * How vLLM reads texts that are not free. Sources: `resolve_obj_by_qualname` (vllm/utils/import_utils.py), the pattern of
 * CPU sets (vllm/config/parallel.py), `_resolve_device_ids` (vllm/engine/arg_utils.py), `OptimizationLevel`
 * (vllm/config/vllm.py), `build_app` (middleware), and the
 * pattern of versions in PEP 440.
 */
export const TEXT_FORMS: Readonly<Record<TextForm, Form>> = {
  class: matches(
    'a Python class with its module, for example "package.module.Class"',
    /^[\p{L}_][\p{L}\d_]*(\.[\p{L}_][\p{L}\d_]*)+$/u,
  ),
  'cpu-list': matches('CPUs as numactl has them, for example "0-3" or "0,2,4-7"', /^\d+(-\d+)?(,\d+(-\d+)?)*$/),
  'device-list': { allowed: 'the numbers of GPUs, each once, for example "0,1"', fits: isDeviceList },
  level: matches('0, 1, 2 or 3', /^\s*\+?0*[0-3](\.0*)?\s*$/),
  version: matches(
    'a version of vLLM, for example "0.31"',
    /^\s*v?(\d+!)?\d+(\.\d+)*([-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?\d*)?(-\d+|[-_.]?(post|rev|r)[-_.]?\d*)?([-_.]?dev[-_.]?\d*)?(\+[a-z0-9]+([-_.][a-z0-9]+)*)?\s*$/i,
  ),
};
