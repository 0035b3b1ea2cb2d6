import type { AcceleratorPlan } from '../accelerator/accelerator-plan';
import { AcceleratorKind } from '../accelerator/accelerator';
import { MigStrategy } from '../accelerator/mig-strategy';
import type { Finding } from '../preflight/finding';
import { error, warning } from '../preflight/finding';
import type { NodeOffer, OfferedAs, PlatformOffer } from './offers';

const SUBJECT = 'accelerator';
const WHOLE_GPU = 'nvidia.com/gpu';

const isShare = (as: OfferedAs | undefined): as is { readonly replicas: number } => typeof as === 'object';

type Id = 'platform-resource' | 'platform-sharing' | 'platform-slices';
type MakeFinding = (id: Id, subject: string, problem: string, fix: string) => Finding;

/** An error where the platform is for all GPU nodes with one configuration, else a warning: other nodes may differ. */
const severityOf = ({ isAll }: PlatformOffer): MakeFinding => (isAll ? error : warning);

/** What the nodes would have to offer, as code. */
function howToOffer({ kind, sharers, resourceName, model }: AcceleratorPlan, offer: PlatformOffer): string {
  const { where, sharedIn = where } = offer;
  if (kind === AcceleratorKind.SHARED && resourceName.endsWith('.shared')) {
    const name = resourceName.replace(/\.shared$/, '');
    return `set sharing in ${sharedIn} to GpuSharing.timeSlicing({ resources: [{ name: '${name}', replicas: ${sharers} }] })`;
  }
  if (kind === AcceleratorKind.MIG) return `set migStrategy in ${where} to MigStrategy.MIXED`;
  const gpu = model === undefined ? '…' : `GpuModel.${model.name}`;
  return `use Accelerator.shared(${gpu}, { sharers: … }) if the stack may share a GPU, or remove sharing from ${sharedIn}`;
}

/** Other names under which the platform offers the GPUs that a stack requests, as a fix. */
function otherName({ kind, model, profile }: AcceleratorPlan, nodes: readonly NodeOffer[]): string | undefined {
  const gpu = `GpuModel.${model?.name}`;
  const shares = (name: string): boolean => nodes.some(({ offers }) => isShare(offers(name)));
  if (kind === AcceleratorKind.SHARED) {
    const name = [WHOLE_GPU, `${WHOLE_GPU}.shared`].find(shares);
    return name && `set resourceName of Accelerator.shared to '${name}'`;
  }
  if (kind === AcceleratorKind.MIG && nodes.some(({ strategy }) => strategy === MigStrategy.SINGLE)) {
    return `use Accelerator.mig(${gpu}, '${profile}', { strategy: MigStrategy.SINGLE })`;
  }
  const replicas = nodes.map(({ offers }) => offers(`${WHOLE_GPU}.shared`)).find(isShare)?.replicas;
  if (kind !== AcceleratorKind.GPU || replicas === undefined) return undefined;
  return `use Accelerator.shared(${gpu}, { sharers: ${replicas} }), or share only the GPUs of other nodes`;
}

function missing(on: AcceleratorPlan, offer: PlatformOffer, nodes: readonly NodeOffer[]): Finding {
  const problem = `requests ${on.resourceName}, which the GPU platform of this app does not offer: the pods stay Pending`;
  return severityOf(offer)('platform-resource', SUBJECT, problem, otherName(on, nodes) ?? howToOffer(on, offer));
}

/** A share that the stack expects otherwise. */
function shareFindings(on: AcceleratorPlan, offer: PlatformOffer, found: readonly OfferedAs[]): Finding[] {
  const { sharers, resourceName } = on;
  const shares = found.filter(isShare).map(({ replicas }) => replicas);
  if (shares.includes(sharers)) return [];
  if (shares.length === 0) {
    if (offer.nodes?.some(({ mayBeShares }) => mayBeShares)) return [];
    const problem = `expects a share of a GPU for ${sharers} pods as ${resourceName}, but the GPU platform of this app offers whole GPUs under this name: each pod would hold a GPU and use a part of it`;
    return [warning('platform-sharing', SUBJECT, problem, 'use Accelerator.gpu, or share the GPUs of the nodes')];
  }
  const most = Math.max(...shares);
  const problem = `expects ${sharers} pods on a GPU, but the GPU platform of this app lets ${shares.join(' or ')} share one`;
  const fix = `set sharers to ${most}, or replicas of the platform to ${sharers}`;
  return most > sharers
    ? [severityOf(offer)('platform-sharing', SUBJECT, `${problem}: their engines need more memory than it has`, fix)]
    : [warning('platform-sharing', SUBJECT, `${problem}: a part of its memory stays unused`, fix)];
}

const nodesAreOf = ({ nodes = [] }: PlatformOffer, strategy: MigStrategy): boolean =>
  nodes.some((each) => each.strategy === strategy);

/** A whole GPU or slice that is a share in truth. */
function wholeFindings(
  on: AcceleratorPlan,
  offer: PlatformOffer,
  found: readonly OfferedAs[],
  placed: boolean,
): Finding[] {
  const share = found.find(isShare);
  if (share === undefined || (placed && found.includes('whole'))) return [];
  const what = on.kind === AcceleratorKind.MIG ? 'slice' : 'GPU';
  const problem = `requests a whole ${what} as ${on.resourceName}, but the GPU platform of this app offers shares under this name: ${share.replicas} pods would get the same ${what}`;
  const fix = `remove renameByDefault from its sharing, or use Accelerator.shared with sharers: ${share.replicas} and resourceName: '${on.resourceName}'`;
  const isSure = offer.isAll && !found.includes('whole');
  return [(isSure ? error : warning)('platform-sharing', SUBJECT, problem, fix)];
}

/** A slice that no layout makes, or that is offered in another way. */
function sliceFindings(on: AcceleratorPlan, offer: PlatformOffer): Finding[] {
  const { profile = '', model, resourceName } = on;
  const { layouts, nodes = [] } = offer;
  if (resourceName === WHOLE_GPU && !nodesAreOf(offer, MigStrategy.SINGLE)) {
    const strategies = [...new Set(nodes.map(({ strategy }) => strategy))].join(' and ');
    const problem = `expects slices of ${profile} as ${WHOLE_GPU}, but the MIG strategy of the GPU platform of this app is ${strategies}, with which that is a whole GPU`;
    return [warning('platform-slices', SUBJECT, problem, 'remove strategy, or set MigStrategy.SINGLE in the platform')];
  }
  if (layouts.length === 0) return [];
  const fitting = layouts.filter(({ gpu }) => gpu === undefined || gpu.name === model?.name);
  if (fitting.some(({ slices = {} }) => Object.hasOwn(slices, profile))) return [];
  const made = [...new Set(fitting.flatMap(({ slices = {} }) => Object.keys(slices)))];
  const has = made.length === 0 ? 'no slices' : `only ${made.join(', ')}`;
  const problem = `is a slice of ${profile} of a ${model?.name}, of which the layouts of the GPU platform of this app make ${has}: the pods stay Pending`;
  const fix = `add MigLayout.uniform(GpuModel.${model?.name}, '${profile}') to migLayouts, or use a profile that they make`;
  return [severityOf(offer)('platform-slices', SUBJECT, problem, fix)];
}

function claimFindings(on: AcceleratorPlan, { claims, where }: PlatformOffer): Finding[] {
  if (on.claim !== undefined) {
    if (claims !== false) return [];
    const problem =
      'is a device claim, but the GPU platform of this app runs the device plugin on all GPU nodes: the plugin and the DRA driver would give the same GPU to two pods';
    const fix =
      'use Accelerator.gpu or Accelerator.mig, or GpuPlatformMode.dra; on some nodes only: select those of the plugin with GpuNodes.labelled';
    return [error('platform-claims', SUBJECT, problem, fix)];
  }
  if (claims !== true) return [];
  const problem = `requests ${on.resourceName}, but on the GPU platform of this app pods claim their GPUs: only a device plugin on other nodes offers it`;
  return [warning('platform-claims', SUBJECT, problem, `use Accelerator.claim, or another mode in ${where}`)];
}

/**
 * What a stack requests, and the platform of its app does not offer.
 *
 * @param placed whether the stack selects nodes by their labels
 */
export function besideFindings(on: AcceleratorPlan, offer: PlatformOffer, placed: boolean): Finding[] {
  // Devices of another vendor are offered by another program.
  if (!on.resourceName.startsWith('nvidia.com/')) return [];
  const claims = claimFindings(on, offer);
  const { nodes } = offer;
  if (claims.length > 0 || on.claim !== undefined || nodes === undefined) return claims;
  const found = nodes.flatMap(({ offers }) => offers(on.resourceName) ?? []);
  if (found.length === 0) return [missing(on, offer, nodes)];
  switch (on.kind) {
    case AcceleratorKind.SHARED:
      return shareFindings(on, offer, found);
    case AcceleratorKind.MIG: {
      const slices = sliceFindings(on, offer);
      return slices.length > 0 ? slices : wholeFindings(on, offer, found, placed);
    }
    default:
      return wholeFindings(on, offer, found, placed);
  }
}
