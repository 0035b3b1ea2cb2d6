import type { Finding } from '../preflight/finding';
import { notice, warning } from '../preflight/finding';
import { connectorsOf } from './connectors';
import { draftOf, isKnownDraft } from './host/downloads';
import type { HostContext } from './host/host-context';
import { isLmcache, readsSizeFromFile } from './host/lmcache';

/** What takes memory or disk of the host, but cannot be counted. */
export function hostFindings(context: HostContext): Finding[] {
  return [...unreadFile(context), ...serverOfLmcache(context), ...unknownDraft(context)];
}

function unreadFile(context: HostContext): Finding[] {
  if (!connectorsOf(context).some((each) => isLmcache(each) && readsSizeFromFile(each, context))) return [];
  const problem =
    'is a file that only the pod reads: the memory limit has 5 GiB for each rank, which is LMCache’s default';
  const fix =
    'set env.LMCACHE_MAX_LOCAL_CPU_SIZE to the max_local_cpu_size of the file, and with a disk also LMCACHE_LOCAL_DISK and LMCACHE_MAX_LOCAL_DISK_SIZE: variables win over the file';
  return [warning('lmcache-size-unknown', 'env.LMCACHE_CONFIG_FILE', problem, fix)];
}

function serverOfLmcache(context: HostContext): Finding[] {
  const { kvOffloadingSize: size } = context.facts;
  if (size.value === undefined || !connectorsOf(context).some(({ name }) => name === 'LMCacheMPConnector')) return [];
  const problem = `is ${size.value} GiB, but vLLM does not pass it on: the LMCache server has the blocks and its own size`;
  const fix = 'set the size where that server is started; its memory is not part of this pod';
  return [notice('lmcache-server-size', size.origin, problem, fix)];
}

function unknownDraft(context: HostContext): Finding[] {
  const id = draftOf(context);
  if (context.weights.offline || id === undefined || isKnownDraft(id)) return [];
  const { speculativeConfig, specModel } = context.facts;
  const { origin } = speculativeConfig.isSet ? speculativeConfig : specModel;
  const problem = `downloads ${id}, whose size is not known: the disk request does not include it`;
  const fix = 'add its size to resources.ephemeralStorage if the nodes have little disk';
  return [notice('draft-size-unknown', origin, problem, fix)];
}
