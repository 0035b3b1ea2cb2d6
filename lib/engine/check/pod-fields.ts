import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import type { Catalogue } from '../catalogue/catalogue';
import type { PodFieldSource } from '../pod-field';

/** Variables that vLLM listens on or announces to other pods (vllm/envs.py). */
const ADDRESSES: readonly string[] = [
  'VLLM_DP_MASTER_IP',
  'VLLM_EC_SIDE_CHANNEL_HOST',
  'VLLM_HOST_IP',
  'VLLM_NIXL_SIDE_CHANNEL_HOST',
  'VLLM_P2P_SIDE_CHANNEL_HOST',
];

/** Texts, which are never a number. */
const TEXTS = /^(status\.|spec\.|metadata\.(name|namespace|uid)$)/;

function addressFindings(subject: string, { field, resource }: PodFieldSource): Finding[] {
  const fix = 'use PodField.POD_IP';
  if (resource !== undefined) {
    return [error('variable-not-an-address', subject, `is ${resource.name}, and vLLM reads an address`, fix)];
  }
  if (field === 'status.podIPs') {
    const problem = 'is status.podIPs, which has two addresses in a dual-stack cluster, and vLLM reads one';
    return [warning('variable-not-an-address', subject, problem, fix)];
  }
  if (field === 'status.hostIP') {
    const problem = 'is status.hostIP, the address of the node: the pod has another one, unless it uses hostNetwork';
    return [warning('variable-not-an-address', subject, problem, fix)];
  }
  if (field === undefined || field === 'status.podIP' || !TEXTS.test(field)) return [];
  return [error('variable-not-an-address', subject, `is ${field}, and vLLM reads an address`, fix)];
}

/** What is wrong with a field of the pod as the value of this variable. */
export function podFieldFindings(
  subject: string,
  name: string,
  source: PodFieldSource,
  checked: Catalogue | undefined,
): Finding[] {
  if (ADDRESSES.includes(name)) return addressFindings(subject, source);
  const type = checked?.env(name)?.type;
  if ((type !== 'int' && type !== 'float') || source.field === undefined || !TEXTS.test(source.field)) return [];
  const problem = `is ${source.field}, with which the engine would exit at start: it reads a number`;
  return [error('wrong-variable-value', subject, problem, 'use env, or an amount such as PodField.cpuRequest()')];
}
