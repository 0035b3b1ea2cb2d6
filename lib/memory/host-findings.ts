import type { Finding } from '../preflight/finding';
import { notice, warning } from '../preflight/finding';
import { connectorsOf } from './connectors';
import { draftOf, isKnownDraft } from './host/downloads';
import type { HostContext } from './host/host-context';
import { numberIn } from './host/host-context';
import { isLmcache, readsSizeFromFile } from './host/lmcache';

/** What takes memory or disk of the host, but cannot be counted. */
export function hostFindings(context: HostContext): Finding[] {
  return [...unreadFile(context), ...unreadSizes(context), ...serverOfLmcache(context), ...unknownDraft(context)];
}

function unreadFile(context: HostContext): Finding[] {
  if (!connectorsOf(context).some((each) => isLmcache(each) && readsSizeFromFile(each, context))) return [];
  const problem =
    'is a file that only the pod reads: the memory limit has 5 GiB for each rank, which is LMCache’s default';
  const fix =
    'set env.LMCACHE_MAX_LOCAL_CPU_SIZE to the max_local_cpu_size of the file, and with a disk also LMCACHE_LOCAL_DISK and LMCACHE_MAX_LOCAL_DISK_SIZE: variables win over the file';
  return [warning('lmcache-size-unknown', 'env.LMCACHE_CONFIG_FILE', problem, fix)];
}

/** LMCache logs a value that it cannot read, and keeps its default (LMCache/LMCache:lmcache/v1/config_base.py). */
function unreadSizes(context: HostContext): Finding[] {
  if (!connectorsOf(context).some(isLmcache)) return [];
  return Object.entries({ LMCACHE_MAX_LOCAL_CPU_SIZE: 5, LMCACHE_MAX_LOCAL_DISK_SIZE: 0 }).flatMap(
    ([name, initial]) => {
      const value = context.environment.get(name);
      if (value === undefined || value.includes('$(') || numberIn(value) !== undefined) return [];
      const problem = `is "${value}", which is no number: LMCache ignores it and uses ${initial} GiB`;
      return [
        warning('lmcache-size-unread', `env.${name}`, problem, 'set a number of GiB without a unit, such as "100"'),
      ];
    },
  );
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
  if (context.weights.offline || context.weights.isCached || id === undefined || isKnownDraft(id)) return [];
  const { speculativeConfig, specModel } = context.facts;
  const { origin } = speculativeConfig.isSet ? speculativeConfig : specModel;
  const problem = `downloads ${id}, whose size is not known: the disk request does not include it`;
  const fix = 'add its size to resources.ephemeralStorage if the nodes have little disk';
  return [notice('draft-size-unknown', origin, problem, fix)];
}
