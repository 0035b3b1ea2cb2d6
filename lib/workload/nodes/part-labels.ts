import { AcceleratorKind } from '../../accelerator/accelerator';
import type { LabelRule } from './label-rule';
import type { NodeContext, Verdict } from './node-context';
import { away, devicesOf, other, wrong } from './node-context';

const planned = (context: NodeContext): string => `and the stack is planned for ${devicesOf(context)}`;

/** Slices that a whole node is cut into; undefined where the labels of a node do not decide, as with a claim. */
function sliceOf({ accelerator: { kind, profile, claim, model } }: NodeContext): string | undefined {
  if (model === undefined || claim !== undefined) return undefined;
  return kind === AcceleratorKind.MIG ? profile : '';
}

const inLabels = (profile: string): string => profile.replaceAll('+', '.');

/** `nvidia.com/mig.config`: `all-1g.10gb`, `all-disabled`; other names may mean anything. */
function ofConfig(value: string, context: NodeContext): Verdict | undefined {
  const slice = sliceOf(context);
  if (slice === undefined) return undefined;
  if (value === 'all-disabled') return slice === '' ? undefined : away('MIG is off on its nodes');
  if (value === 'all-enabled') return away('its nodes have MIG on, and no slices');
  const [, profile] = /^all-(\d+g\..+)$/.exec(value) ?? [];
  if (profile === undefined || profile === inLabels(slice)) return undefined;
  return away(`its nodes have slices ${profile}, ${planned(context)}`);
}

function ofStrategy(value: string, context: NodeContext): Verdict | undefined {
  const { kind, resourceName } = context.accelerator;
  if (sliceOf(context) === undefined || kind !== AcceleratorKind.MIG) return undefined;
  const own = resourceName === 'nvidia.com/gpu' ? 'single' : 'mixed';
  if (value === own) return undefined;
  return away(`its nodes offer no ${resourceName} for a slice: set strategy in Accelerator.mig, or select "${own}"`);
}

function ofCapable(value: string, context: NodeContext): Verdict | undefined {
  const { kind, model } = context.accelerator;
  if (value === 'false' && kind === AcceleratorKind.MIG) return away('its nodes have no slices');
  const cannot = value === 'true' && model !== undefined && model.mig === undefined && model.gke !== undefined;
  return cannot ? away(`${model.name} cannot be sliced`) : undefined;
}

/** `nvidia.com/mig-1g.10gb.count` and the like: labels of the slices of one profile, under the strategy `mixed`. */
function ofSlices(_value: string, context: NodeContext, key: string): Verdict | undefined {
  const slice = sliceOf(context);
  const [, profile] = /^nvidia\.com\/mig-(\d+g\.\d+gb(?:[.-](?:me\.all|me|gfx))?)\./.exec(key) ?? [];
  if (slice === undefined || profile === undefined || profile === inLabels(slice)) return undefined;
  return other(`its nodes have slices ${profile}, ${planned(context)}`);
}

function ofPartition(value: string, context: NodeContext): Verdict | undefined {
  const slice = sliceOf(context);
  if (slice === undefined || slice === value) return undefined;
  return wrong(`its nodes offer slices ${value} as nvidia.com/gpu, ${planned(context)}`);
}

/** How the GPUs of a node are shared: `none`, `time-slicing`, `mps`; on GKE only the last two. */
function ofSharing(value: string, context: NodeContext): Verdict | undefined {
  const { kind, model } = context.accelerator;
  if (model === undefined || kind === AcceleratorKind.MIG) return undefined;
  const isShared = kind === AcceleratorKind.SHARED;
  if (value === 'none') return isShared ? away('its nodes do not share GPUs') : undefined;
  return isShared ? undefined : wrong(`its nodes offer shares of GPUs, ${planned(context)}`);
}

function ofSharers(value: string, context: NodeContext): Verdict | undefined {
  const { kind, sharers, model } = context.accelerator;
  if (model === undefined || kind === AcceleratorKind.MIG || !/^\d+$/.test(value)) return undefined;
  if (Number(value) === sharers || (kind === AcceleratorKind.GPU && value === '0')) return undefined;
  if (kind === AcceleratorKind.GPU) return wrong(`${value} pods share a GPU of its nodes, ${planned(context)}`);
  return wrong(`${value} pods share a GPU of its nodes, and sharers of Accelerator.shared is ${sharers}`);
}

/**
 * Labels about slices and shares. Sources: NVIDIA/k8s-device-plugin docs/gpu-feature-discovery; NVIDIA/mig-parted;
 * cloud.google.com/kubernetes-engine/docs/how-to/gpus-multi and …/timesharing-gpus.
 */
export const PART_LABELS: readonly LabelRule[] = [
  { key: /^nvidia\.com\/mig\.config$/, read: ofConfig },
  { key: /^nvidia\.com\/mig\.strategy$/, read: ofStrategy },
  { key: /^nvidia\.com\/mig\.capable$/, read: ofCapable },
  { key: /^nvidia\.com\/mig-/, read: ofSlices },
  { key: /^cloud\.google\.com\/gke-gpu-partition-size$/, read: ofPartition },
  { key: /^(nvidia\.com\/gpu\.sharing-strategy|cloud\.google\.com\/gke-gpu-sharing-strategy)$/, read: ofSharing },
  { key: /^(nvidia\.com\/gpu\.replicas|cloud\.google\.com\/gke-max-shared-clients-per-gpu)$/, read: ofSharers },
];
