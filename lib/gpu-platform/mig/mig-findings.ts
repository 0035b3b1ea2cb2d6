import { MigStrategy } from '../../accelerator/mig-strategy';
import type { Finding } from '../../preflight/finding';
import { error, notice } from '../../preflight/finding';
import type { MigLayoutPlan } from './mig-plan';
import { ALL_DISABLED, byName } from './mig-plan';

/** Layouts that cannot be in the same file. */
export function migLayoutFindings(layouts: readonly MigLayoutPlan[], subject: string): Finding[] {
  const own = layouts.filter(({ name }) => name !== ALL_DISABLED);
  return byName(own).flatMap(([name, parts]) =>
    parts.flatMap((part, index) => {
      const other = parts.slice(0, index).find((earlier) => overlap(earlier, part));
      if (other === undefined) return [];
      const which = part.gpus && other.gpus ? 'the same GPUs' : 'all of its GPUs';
      const problem = `set "${name}" twice for ${part.gpu?.name ?? 'every GPU'}: two layouts apply to ${which}`;
      const fix = 'use another name or other GPUs for one of them';
      return [error('mig-layout-twice', subject, problem, fix)];
    }),
  );
}

function overlap(one: MigLayoutPlan, other: MigLayoutPlan): boolean {
  // Without PCI devices to tell it by, a layout is for all kinds of GPUs.
  const isForAll = [one, other].some(({ gpu }) => gpu?.deviceFilter.length === 0);
  if (one.gpu?.name !== other.gpu?.name && !isForAll) return false;
  if (one.gpus === undefined || other.gpus === undefined) return true;
  return one.gpus.some((index) => other.gpus?.includes(index));
}

/** Slices that the device plugin cannot offer under a strategy (NVIDIA/k8s-device-plugin internal/rm/device_map.go). */
export function migStrategyFindings(
  strategy: MigStrategy,
  layouts: readonly MigLayoutPlan[],
  subject = 'migStrategy',
): Finding[] {
  const sliced = layouts.filter(({ slices }) => slices !== undefined);
  if (strategy === MigStrategy.NONE) return sliced.length > 0 ? [unused(sliced, subject)] : [];
  if (strategy === MigStrategy.MIXED) return [];
  return byName(layouts).flatMap(([name, parts]) => {
    const reason = unequal(parts);
    if (reason === undefined) return [];
    const problem = `is "single", which needs equal slices on a node, but "${name}" ${reason}`;
    return [error('mig-single-mixed', subject, problem, 'use MigStrategy.MIXED, or a layout with one profile')];
  });
}

function unused(sliced: readonly MigLayoutPlan[], subject: string): Finding {
  const names = [...new Set(sliced.map(({ name }) => `"${name}"`))].join(', ');
  const problem = `is "none", which offers no slices, but ${names} slices GPUs: no pod could use them`;
  return error('mig-none-sliced', subject, problem, 'use MigStrategy.MIXED, or remove the layouts');
}

/** Why the slices of one configuration are not equal. GPUs of other kinds are on other nodes. */
function unequal(parts: readonly MigLayoutPlan[]): string | undefined {
  const several = parts.find(({ slices }) => Object.keys(slices ?? {}).length > 1);
  if (several) return `has ${Object.keys(several.slices ?? {}).join(' and ')}`;
  const some = parts.find(({ gpus }) => gpus !== undefined);
  return some && `applies to GPU ${some.gpus?.join(', ')} only, and the others may stay whole`;
}

/** How to apply these layouts: a manifest cannot label nodes. */
export function migLabelNotice(layouts: readonly MigLayoutPlan[], subject: string): Finding[] {
  const names = byName(layouts).map(([name]) => name);
  if (names.every((name) => name === ALL_DISABLED)) return [];
  const problem = 'slice a node only if its label selects them, and manifests cannot label nodes';
  const fix = 'remove all GPU pods from the node, label it, and wait until nvidia.com/mig.config.state is "success"';
  const details = names.map((name) => `kubectl label node <node> nvidia.com/mig.config=${name} --overwrite`);
  return [{ ...notice('mig-label-nodes', subject, problem, fix), details }];
}
