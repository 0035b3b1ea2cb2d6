import { CpuArchitecture } from '../../accelerator/cpu-options';
import { CPU } from '../../defaults';
import { hasQuirk } from '../../engine/catalogue/quirks';
import { userValue } from '../../engine/facts/fact';
import { atLeast } from '../../engine/release';
import { explicitFormat, isFp8Cache } from '../../model/number-formats';
import { formatOf, methodOf } from '../../model/quantized-checkpoints';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import type { CrossCheck, CrossCheckContext } from '../cross-check';

/** Formats of weights and KV cache that the kernels for CPUs have. */
export const formatsOnCpu: CrossCheck = (context) => [
  ...computeFormat(context),
  ...quantizationOnCpu(context),
  ...cacheFormatOnCpu(context),
  ...blockSize(context),
];

/** vLLM docs/getting_started/installation/cpu.md, "Which dtype should be used?" */
function computeFormat({ facts: { dtype } }: CrossCheckContext): Finding[] {
  if (explicitFormat(dtype.value) !== 'float16') return [];
  const problem = `is ${dtype.value}: vLLM recommends bfloat16 on CPU, since float16 is not stable there`;
  return [warning('float16-on-cpu', dtype.origin, problem, 'set it to "bfloat16", or remove it')];
}

/** Methods in the list of vLLM docs/getting_started/installation/cpu.md, and their other names. */
const DOCUMENTED = /^((auto_|cpu_)?(awq|gptq)|(awq|gptq)_marlin|moe_wna16|compressed-tensors|inc|auto-round|ipex)$/;
const FOR_X86 = /^((auto_|cpu_)?(awq|gptq)|(awq|gptq)_marlin|moe_wna16|ipex)$/;
const FP8 = /^(fp8|fp8_per_.*|fbgemm_fp8|ptpc_fp8)$/;
/** Its Python package is missing: another finding. */
const WITHOUT_PACKAGE = 'bitsandbytes';

function quantizationOnCpu({ accelerator, architecture: shape, facts, modelId }: CrossCheckContext): Finding[] {
  const { value, origin } = facts.quantization;
  const method = methodOf(value, formatOf(shape));
  if (method === undefined || method === WITHOUT_PACKAGE) return [];
  const isArm = accelerator.architecture === CpuArchitecture.ARM64;
  if (DOCUMENTED.test(method) && !(isArm && FOR_X86.test(method))) return [];
  const isSet = method === value?.toLowerCase();
  const why = FP8.test(method)
    ? 'which has kernels for CPUs with AMX only: Intel Xeon of the fourth generation or later'
    : `which vLLM does not list for ${isArm ? 'Arm CPUs' : 'CPUs'}`;
  const problem = isSet ? `is ${method}, ${why}` : `${modelId} is quantised with ${method}, ${why}`;
  const formats = isArm ? 'bf16 or INT8 (compressed-tensors)' : 'bf16, AWQ, GPTQ or INT8 (compressed-tensors)';
  const fix = `use a checkpoint in ${formats}, or try it and acknowledge this finding`;
  return [warning('quantization-on-cpu', isSet ? origin : 'model', problem, fix)];
}

/** `supported_kv_cache_dtypes` and `_get_attn_isa` of vllm/v1/attention/backends/cpu_attn.py. */
function cacheFormatOnCpu({ accelerator, facts, release, versionIsChecked }: CrossCheckContext): Finding[] {
  const { value: dtype, origin: subject } = facts.kvCacheDtype;
  if (dtype === undefined || dtype === 'auto' || !versionIsChecked) return [];
  if (!hasQuirk(release, 'cpu-cache-formats')) {
    if (!dtype.startsWith('fp8')) return [];
    const problem = `is ${dtype}, which vLLM ${release.text} does not have on CPU: the KV cache stays in the format of the model`;
    return [warning('option-unused-on-cpu', subject, problem, 'remove it')];
  }
  const isSixteen = dtype === 'bfloat16' || dtype === 'float16';
  const isChecked = !isSixteen || atLeast(release, '0.33');
  const isArm = accelerator.architecture === CpuArchitecture.ARM64;
  if (!isChecked || (isFp8Cache(dtype) && !isArm)) return [];
  const where = isFp8Cache(dtype) ? 'on x86 with AVX-512 only' : 'on no CPU';
  const problem = `is ${dtype}, which vLLM has ${where}: it refuses to start`;
  return [error('kv-cache-dtype-on-cpu', subject, problem, 'remove it, or set it to "auto"')];
}

function blockSize({ facts: { blockSize: fact } }: CrossCheckContext): Finding[] {
  const size = userValue(fact);
  if (size === undefined || size % CPU.blockStep === 0) return [];
  const problem = `is ${size}: the kernels for CPUs are slow if it is not a multiple of ${CPU.blockStep}`;
  return [warning('block-size-on-cpu', fact.origin, problem, `remove it: the default is ${CPU.blockSize}`)];
}
