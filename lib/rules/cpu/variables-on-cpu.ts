import { hasQuirk } from '../../engine/catalogue/quirks';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import type { CrossCheck, CrossCheckContext } from '../cross-check';

const BIND = 'VLLM_CPU_OMP_THREADS_BIND';
const RESERVED = 'VLLM_CPU_NUM_OF_RESERVED_CPU';

/** Variables about threads that vLLM cannot read, or does not use. */
export const variablesOnCpu: CrossCheck = (context) => [...binding(context), ...reserved(context)];

/** Lists of cores, one for each rank: `0-7|8-15` (vllm/utils/ompmultiprocessing.py, `_parse_omp_threads_bind_env`). */
const CORES = /^\d+(-\d+)?(,\d+(-\d+)?)*(\|\d+(-\d+)?(,\d+(-\d+)?)*)*$/;

function binding({ environment, facts: { parallelism }, release, versionIsChecked }: CrossCheckContext): Finding[] {
  const value = environment.get(BIND);
  if (value === undefined || value.includes('$(') || value === 'auto' || value === 'nobind') return [];
  if (!versionIsChecked || !hasQuirk(release, 'cpu-nobind')) return [];
  const subject = `env.${BIND}`;
  if (!CORES.test(value)) {
    const problem = `is "${value}": vLLM reads auto, nobind, or lists of cores such as "0-7|8-15"`;
    return [
      error('wrong-cores', subject, problem, 'remove it: the default is nobind, with the cores that the pod requests'),
    ];
  }
  const { tensor, pipeline, dataLocal } = parallelism;
  const ranks = tensor * pipeline * dataLocal;
  const lists = value.split('|').length;
  if (lists === ranks) return [];
  const problem = `is "${value}", with ${lists} ${lists === 1 ? 'list' : 'lists'} of cores for ${ranks} ${ranks === 1 ? 'rank' : 'ranks'}: vLLM refuses to start`;
  return [error('wrong-cores', subject, problem, `give ${ranks}, separated by "|", or remove it`)];
}

function reserved({ accelerator: { count }, environment, release }: CrossCheckContext): Finding[] {
  if (!environment.has(RESERVED)) return [];
  const bind = environment.get(BIND) ?? (count > 1 || !hasQuirk(release, 'cpu-nobind') ? 'auto' : 'nobind');
  if (bind === 'auto') return [];
  const problem = `has no effect: vLLM reserves cores only if ${BIND} is auto, and it is ${bind}`;
  const fix = 'remove it: one core of resources.cpu is kept for the other processes';
  return [warning('option-unused-on-cpu', `env.${RESERVED}`, problem, fix)];
}
