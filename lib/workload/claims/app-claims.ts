import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { AppFinding } from '../../emit/app-findings';
import { appFindings } from '../../emit/app-findings';
import { manifestOf } from '../../emit/manifest-of';
import type { AccessMode } from '../../model/access-mode';
import type { Finding } from '../../preflight/finding';
import { error, warning } from '../../preflight/finding';
import { isBranded } from '../../shapes/brand';
import { BYTES_PER_MIB, inGibibytes, MIB_PER_GIB } from '../../units/mebibytes';
import { quantityValue } from '../pod/quantity-value';
import type { Tree } from '../pod/tree';
import { tree } from '../pod/tree';
import { accessFindings } from './access-findings';
import type { ClaimsPlan, ClaimUse, MountingPods } from './claim-use';
import type { Storage } from './storage';
import { storageNamed, storageOf } from './storage';

/** What the check reads of a stack. */
interface Stack extends IConstruct {
  readonly _parts: {
    readonly plan: { readonly namespace: string | undefined };
    readonly claims: ClaimsPlan | undefined;
  };
}

/** What the check reads of a PersistentVolumeClaim. */
interface ClaimSpec {
  readonly accessModes: readonly AccessMode[];
  readonly volumeMode: unknown;
  readonly volumeName: unknown;
  /** Empty for a volume that exists, and unset for the default class. */
  readonly storageClassName: string | undefined;
  readonly storage: unknown;
}

/** The manifest is of the user, and may have anything anywhere. */
function specOf(manifest: Tree): ClaimSpec {
  const { accessModes, volumeMode, volumeName, storageClassName, resources } = tree(manifest['spec']);
  return {
    accessModes: Array.isArray(accessModes) ? (accessModes as AccessMode[]) : [],
    volumeMode,
    volumeName,
    storageClassName: typeof storageClassName === 'string' ? storageClassName : undefined,
    storage: tree(tree(resources)['requests'])['storage'],
  };
}

interface StorageClassManifest {
  readonly provisioner?: string;
}

/** A claim of the app, with what its StorageClass tells. */
interface AppClaim {
  readonly path: string;
  readonly spec: ClaimSpec;
  readonly storage: Storage | undefined;
  /** Whether the provisioner is known, and not only the name of the class. */
  readonly isSure: boolean;
}

const keyOf = (namespace: unknown, name: string): string => JSON.stringify([namespace, name]);

function objectsOf(constructs: readonly IConstruct[], kind: string, apiVersion: string): ApiObject[] {
  return constructs.filter(
    (each): each is ApiObject => ApiObject.isApiObject(each) && each.kind === kind && each.apiVersion === apiVersion,
  );
}

function claimsIn(constructs: readonly IConstruct[]): Map<string, AppClaim> {
  const objects = objectsOf(constructs, 'PersistentVolumeClaim', 'v1');
  if (objects.length === 0) return new Map();
  const provisioners = new Map(
    objectsOf(constructs, 'StorageClass', 'storage.k8s.io/v1').map((object) => [
      object.name,
      manifestOf<StorageClassManifest>(object).provisioner,
    ]),
  );
  return new Map(
    objects.map((object) => {
      const manifest = manifestOf<Tree>(object);
      const { namespace } = tree(manifest['metadata']);
      const spec = specOf(manifest);
      const { storageClassName = '' } = spec;
      const provisioner = provisioners.get(storageClassName);
      const storage = provisioner === undefined ? storageNamed(storageClassName) : storageOf(provisioner);
      const claim = { path: object.node.path, spec, storage, isSure: provisioner !== undefined };
      return [keyOf(namespace, object.name), claim];
    }),
  );
}

/** A stack that mounts a claim. */
interface User {
  readonly stack: Stack;
  readonly use: ClaimUse;
  readonly pods: MountingPods;
}

/** The pods of all stacks that mount a claim. */
function podsOf(users: readonly User[]): MountingPods {
  const [first] = users as [User, ...User[]];
  const stacks = [...new Map(users.map((user) => [user.stack, user])).values()];
  if (stacks.length === 1) return first.pods;
  return {
    replicas: stacks.reduce((sum, { pods }) => sum + pods.replicas, 0),
    replicasProperty: `of ${stacks.map(({ stack }) => stack.node.path).join(' and ')}`,
    stacks: stacks.length,
    peak: stacks.reduce((sum, { pods }) => sum + pods.peak, 0),
    onNodesOfTheirOwn: first.pods.onNodesOfTheirOwn && first.pods.peak > 1,
  };
}

/** Modes that the storage of a claim does not have: no volume would be made. */
function unsupported({ subject, claim }: ClaimUse, { path, spec, storage, isSure }: AppClaim): Finding[] {
  const { accessModes, storageClassName = '' } = spec;
  const missing = accessModes.filter((mode) => storage?.modes?.includes(mode) === false);
  if (missing.length === 0 || spec.volumeMode === 'Block') return [];
  const has = `its StorageClass "${storageClassName}" ${isSure ? 'is' : 'is by its name'} block storage, which has ${storage?.modes?.join(', ')} only`;
  const problem = `is the volume claim "${claim}" (${path}), which asks for ${missing.join(' and ')}, and ${has}: it would stay Pending`;
  const fix = 'use a StorageClass of a network file system, or another access mode';
  return [(isSure ? error : warning)('claim-access-unsupported', subject, problem, fix)];
}

/** A claim that is smaller than the weights. */
function sizeFindings({ subject, claim, neededMib }: ClaimUse, { path, spec, storage }: AppClaim): Finding[] {
  const { storage: requested, volumeName, storageClassName } = spec;
  // A volume that exists has a size of its own.
  if (neededMib === undefined || volumeName !== undefined || storageClassName === '' || storage?.isElastic) return [];
  const bytes = quantityValue(requested);
  if (bytes === undefined || bytes / BYTES_PER_MIB >= neededMib) return [];
  const problem = `is the volume claim "${claim}" (${path}), which requests ${inGibibytes(bytes / BYTES_PER_MIB)}, and the weights have ${inGibibytes(neededMib)}`;
  // A tenth for the file system.
  const fix = `request ${Math.ceil((1.1 * neededMib) / MIB_PER_GIB)}Gi or more`;
  return storage === undefined
    ? [warning('claim-too-small', subject, problem, `${fix}, or acknowledge this finding if its storage has no limit`)]
    : [error('claim-too-small', subject, problem, fix)];
}

function findingsOf(users: readonly User[], claim: AppClaim): AppFinding[] {
  const [first] = users as [User, ...User[]];
  const { accessModes: modes, volumeMode } = claim.spec;
  const of = (found: readonly Finding[], at: Stack = first.stack): AppFinding[] =>
    found.map((finding) => ({ at, finding }));
  if (volumeMode === 'Block') {
    const problem = `is the volume claim "${first.use.claim}" (${claim.path}), whose volumeMode is Block: a container cannot mount it as a folder`;
    return of([error('claim-not-files', first.use.subject, problem, 'remove volumeMode from the claim')]);
  }
  // One finding, for the largest weights: they may be those of several stacks.
  const largest = users.reduce((one, other) => ((other.use.neededMib ?? 0) > (one.use.neededMib ?? 0) ? other : one));
  const sizes = of(sizeFindings(largest.use, claim), largest.stack);
  if (modes.length === 0) return sizes;
  const differs = users.find(({ use: { accessMode } }) => accessMode !== undefined && !modes.includes(accessMode));
  if (differs) {
    const problem = `is set to ${differs.use.accessMode}, but the volume claim "${differs.use.claim}" (${claim.path}) is ${modes.join(' and ')}`;
    const fix = 'remove it: the volume claim is in this app';
    return [
      ...sizes,
      ...of([error('claim-access-differs', `${differs.use.subject} accessMode`, problem, fix)], differs.stack),
    ];
  }
  const missing = unsupported(first.use, claim);
  if (missing.length > 0) return [...sizes, ...of(missing)];
  // A claim of which the user set the mode is checked in its stack, unless other stacks mount it too.
  const pods = podsOf(users);
  const isChecked = users.length === 1 && first.use.accessMode !== undefined;
  const writer = users.find(({ use }) => use.writes) ?? first;
  const known = { modes, isBlock: claim.storage?.modes !== undefined, isLocal: claim.storage?.isLocal };
  return [...sizes, ...(isChecked ? [] : of(accessFindings(writer.use, pods, known), writer.stack))];
}

/** Claims that are made in the app, and that the stacks of the app cannot mount as they do. */
function claims(constructs: readonly IConstruct[]): AppFinding[] {
  const made = claimsIn(constructs);
  if (made.size === 0) return [];
  const users = new Map<string, User[]>();
  for (const construct of constructs) {
    if (!isBranded(construct, 'VllmInferenceStack')) continue;
    const stack = construct as Stack;
    const { plan, claims: mounted } = stack._parts;
    for (const use of mounted?.uses ?? []) {
      const key = keyOf(plan.namespace, use.claim);
      if (!made.has(key) || mounted === undefined) continue;
      users.set(key, [...(users.get(key) ?? []), { stack, use, pods: mounted.pods }]);
    }
  }
  return [...users].flatMap(([key, found]) => findingsOf(found, made.get(key) as AppClaim));
}

/** Checks the claims of the app that a stack mounts. */
export const checkAppClaims = appFindings(claims);
