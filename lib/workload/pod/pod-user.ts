import { USER } from '../../defaults';
import type { Finding } from '../../preflight/finding';
import { throwOnErrors } from '../../preflight/finding';
import { brandMade, FACTORY } from '../../shapes/brand';
import { findingsOf, integer, listOf } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { unique } from '../../shapes/unique-list';

/**
 * Groups of the engine's process.
 */
export interface PodUserOptions {
  /**
   * Numbers of groups besides the own group of the process, from 1 to 2147483647: for example of the group `render` of
   * the nodes, which may open `/dev/kfd` and `/dev/dri` of AMD.
   *
   * @default - none
   */
  readonly supplementalGroups?: number[];
}

/** Kubernetes' limit for the number of a group (kubernetes pkg/apis/core/validation, IsValidGroupID). */
const MAX_GROUP = 2_147_483_647;

const OPTIONS = structOf<PodUserOptions>({}, { supplementalGroups: unique(listOf(integer(1, MAX_GROUP), 1)) });

/** Who the engine's process is: plain data. */
export interface PodUserPlan {
  /** Undefined where the cluster assigns user and groups. */
  readonly own: { readonly uid: number; readonly gid: number } | undefined;
  readonly supplementalGroups: readonly number[];
}

/**
 * User and groups of the pods. Both kinds meet the Pod Security Standard "restricted": no root, no capabilities, no way to
 * gain privileges, the default seccomp profile, and a read-only root file system.
 */
export class PodUser {
  /** User 2000, which vLLM's image has since 0.22, in group 0, which owns the writable folders of the image. */
  public static vllm(options: PodUserOptions = {}): PodUser {
    return PodUser.checked('vllm', { uid: USER.uid, gid: USER.gid }, options);
  }

  /**
   * The user that the cluster assigns. OpenShift gives each namespace a range of users and groups, and its constraint
   * `restricted-v2` refuses a pod with a user of its own. The endpoint picker, the collector of traces and the smoke test
   * of the stack have no user of their own either.
   */
  public static assigned(options: PodUserOptions = {}): PodUser {
    return PodUser.checked('assigned', undefined, options);
  }

  private static checked(factory: string, own: PodUserPlan['own'], options: PodUserOptions): PodUser {
    const findings: Finding[] = findingsOf(options, '', OPTIONS);
    throwOnErrors(`PodUser.${factory}`, findings);
    return new PodUser(FACTORY, { own, supplementalGroups: [...(options.supplementalGroups ?? [])] });
  }

  /** @internal */
  public readonly _plan: PodUserPlan;

  private constructor(caller: typeof FACTORY, plan: PodUserPlan) {
    brandMade(this, 'PodUser', caller);
    this._plan = plan;
  }
}
