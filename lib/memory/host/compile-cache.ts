import type { FolderNeed } from '../../timing/host-needs';
import { folder } from './folder';
import type { HostContext } from './host-context';

/** Variables that move vLLM's own folder, in the order in which they win (vllm/envs.py). */
const VARIABLES = ['VLLM_CACHE_ROOT', 'XDG_CACHE_HOME'];

/**
 * Compiled graphs: without a folder to write them to, the engine ends after the weights are loaded. Without compilation
 * it only logs an error.
 */
export function compileCache(context: HostContext): FolderNeed[] {
  const { environment, facts } = context;
  if (facts.enforceEager.value === true || facts.optimizationLevel.value === 0) return [];
  const name = VARIABLES.find((each) => environment.get(each));
  const path = name === undefined ? undefined : environment.get(name);
  if (name === undefined || path === undefined) return [];
  return [folder(context, path, { mib: 0, what: 'the compile cache', origin: `env.${name}` })];
}
