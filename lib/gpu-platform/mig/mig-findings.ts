import type { Finding } from '../../preflight/finding';
import { error, notice } from '../../preflight/finding';
import { byName } from './mig-config';
import type { MigLayout } from './mig-layout';
import { ALL_DISABLED } from './mig-layout';
import { MigStrategy } from '../../accelerator/mig-strategy';

/** What of these layouts cannot be in one file. */
export function migLayoutFindings(layouts: readonly MigLayout[], subject: string): Finding[] {
  const own = layouts.filter(({ name }) => name !== ALL_DISABLED);
  return byName(own).flatMap(([name, parts]) =>
    parts.flatMap((part, index) => {
      const other = parts.slice(0, index).find((earlier) => overlap(earlier, part));
      if (other === undefined) return [];
      const which = part._gpus && other._gpus ? 'the same GPUs' : 'all of its GPUs';
      const problem = `say twice what "${name}" does with ${part.gpu?.name ?? 'every GPU'}: two layouts are about ${which}`;
      const fix = 'give one of them another name, or other GPUs';
      return [error('mig-layout-twice', subject, problem, fix)];
    }),
  );
}

function overlap(one: MigLayout, other: MigLayout): boolean {
  if (one.gpu?.name !== other.gpu?.name) return false;
  if (one._gpus === undefined || other._gpus === undefined) return true;
  return one._gpus.some((index) => other._gpus?.includes(index));
}

/** What the device plugin could not offer under a strategy (NVIDIA/k8s-device-plugin internal/rm/device_map.go). */
export function migStrategyFindings(
  strategy: MigStrategy,
  layouts: readonly MigLayout[],
  subject = 'migStrategy',
): Finding[] {
  const sliced = layouts.filter(({ _slices }) => _slices !== undefined);
  if (strategy === MigStrategy.NONE) return sliced.length > 0 ? [unused(sliced, subject)] : [];
  if (strategy === MigStrategy.MIXED) return [];
  return byName(layouts).flatMap(([name, parts]) => {
    const reason = unequal(parts);
    if (reason === undefined) return [];
    const problem = `is "single", for which all slices of a node must be alike, but "${name}" ${reason}`;
    return [error('mig-single-mixed', subject, problem, 'use MigStrategy.MIXED, or a layout with one profile')];
  });
}

function unused(sliced: readonly MigLayout[], subject: string): Finding {
  const names = [...new Set(sliced.map(({ name }) => `"${name}"`))].join(', ');
  const problem = `is "none", which offers no slices, but ${names} slices GPUs: they would be lost to every pod`;
  return error('mig-none-sliced', subject, problem, 'use MigStrategy.MIXED, or leave the layouts out');
}

/** Why the slices of one configuration are not all alike; GPUs of other kinds are on other nodes. */
function unequal(parts: readonly MigLayout[]): string | undefined {
  const several = parts.find(({ _slices }) => Object.keys(_slices ?? {}).length > 1);
  if (several) return `has ${Object.keys(several._slices ?? {}).join(' and ')}`;
  const some = parts.find(({ _gpus }) => _gpus !== undefined);
  return some && `is about GPU ${some._gpus?.join(', ')} only, and others may stay whole`;
}

/** How to ask for these layouts: node labels are not objects that a manifest can own. */
export function migLabelNotice(layouts: readonly MigLayout[], subject: string): Finding[] {
  const names = byName(layouts).map(([name]) => name);
  if (names.every((name) => name === ALL_DISABLED)) return [];
  const problem = 'slice a node only when its label says so, and manifests cannot label nodes';
  const fix = 'drain the node of GPU pods, label it, and wait until nvidia.com/mig.config.state is "success"';
  const details = names.map((name) => `kubectl label node <node> nvidia.com/mig.config=${name} --overwrite`);
  return [{ ...notice('mig-label-nodes', subject, problem, fix), details }];
}
