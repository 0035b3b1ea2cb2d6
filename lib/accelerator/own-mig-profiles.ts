import type { Size } from 'cdk8s';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { integer, listOf, matching, size } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { mebibytesOf } from '../units/mebibytes';
import type { MigFacts, MigProfileFacts } from './gpu-facts';
import { profileParts, sliceCost, slicesOf } from './mig-profiles';

/**
 * A MIG profile of a GPU that the library does not list.
 */
export interface MigProfile {
  /** Name of the profile, as `nvidia-smi mig -lgip` prints it without `MIG`: `1g.12gb`, `1g.12gb+me`. */
  readonly name: string;

  /**
   * Memory of one slice, as `nvidia-smi mig -lgip` prints it.
   *
   * @default - 5 % less than in the name, which is rounded
   */
  readonly memory?: Size;

  /**
   * How many slices fit into a GPU if only this profile is used, from 1 to 7: `Instances Total` of `nvidia-smi mig -lgip`.
   *
   * @default - as many as the compute slices and the memory of the GPU allow; 1 for a profile with media engines
   */
  readonly count?: number;
}

const PROFILE = structOf<MigProfile>(
  {
    // NVIDIA/k8s-device-plugin internal/rm: `+me`, `+me.all`, `+gfx` and `-me`.
    name: matching(/^[1-7]g\.[1-9]\d*gb(\+me(\.all)?|\+gfx|-me)?$/, 'a MIG profile such as "1g.12gb" or "1g.12gb+me"'),
  },
  { memory: size('Size.mebibytes(11008)'), count: integer(1, 7) },
);

/** MIG profiles of a GPU. */
export const MIG_PROFILES = listOf(PROFILE, 1);

/** How far the memory of a slice may be from its rounded name: the 16 GiB of a 1g.18gb of an H200 are the least. */
const LEAST_OF_NAME = 0.85;
const MOST_OF_NAME = 1.05;

/** Names round up, so the largest profile may have a little more than the memory that the driver reports. */
const ROUNDED = 1.05;

/** Profiles that contradict their own name, the GPU or another one. Expects profiles of the right shape. */
export function profileFindings(profiles: readonly MigProfile[], memoryMib: number): Finding[] {
  const migProfiles = profiles.map(({ name }) => name);
  const total = slicesOf({ migProfiles, memoryMib });
  return profiles.flatMap(({ name, memory, count = 1 }, index) => {
    const { compute, gigabytes } = profileParts(name);
    const subject = `migProfiles[${index}]`;
    if (migProfiles.indexOf(name) < index) {
      return [
        error('wrong-value', `${subject}.name`, `is "${name}", which is in the list twice`, 'remove one of them'),
      ];
    }
    if (gigabytes * 1024 > memoryMib * ROUNDED) {
      const problem = `is "${name}", and the GPU has ${memoryMib} MiB`;
      return [error('wrong-value', `${subject}.name`, problem, 'give a profile of this GPU, or its memory')];
    }
    if (compute > total.compute || compute * count > total.compute) {
      const problem = `is ${count} × "${name}", which needs ${compute * count} compute slices, and the GPU has ${total.compute}`;
      return [error('wrong-value', `${subject}.count`, problem, 'give the number that nvidia-smi mig -lgip prints')];
    }
    const share = memory === undefined ? 1 : mebibytesOf(memory) / (gigabytes * 1024);
    if (share >= LEAST_OF_NAME && share <= MOST_OF_NAME) return [];
    const problem = `is ${memory && mebibytesOf(memory)} MiB for "${name}"`;
    return [error('wrong-value', `${subject}.memory`, problem, 'give the memory that nvidia-smi mig -lgip prints')];
  });
}

/** The facts of these profiles, as those of a GPU that the library lists. */
export function migFacts(profiles: readonly MigProfile[], memoryMib: number): MigFacts {
  const migProfiles = profiles.map(({ name }) => name);
  const total = slicesOf({ migProfiles, memoryMib });
  const most = (name: string): number => {
    const { gigabytes, suffix } = profileParts(name);
    if (suffix.startsWith('+me')) return 1;
    const cost = sliceCost({ migProfiles, memoryMib }, name);
    const byMemory = Math.floor((memoryMib * ROUNDED) / (gigabytes * 1024));
    return Math.max(
      1,
      Math.min(Math.floor(total.compute / cost.compute), Math.floor(total.memory / cost.memory), byMemory),
    );
  };
  const entries = profiles.map(({ name, memory, count }): [string, MigProfileFacts] => [
    name,
    { max: count ?? most(name), memoryMib: memory && Math.floor(mebibytesOf(memory)) },
  ]);
  return { deviceIds: [], profiles: Object.fromEntries(entries) };
}
