import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { findingsOf, flag, matching, shape, text } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { GuardSpec } from './rollout-spec';

/**
 * A guard with a query of your own. Exactly one of `maximum` and `minimum` is set.
 */
export interface CustomGuardOptions {
  /** Name of the guard: lower-case letters, digits and `-`, at most 40 characters, unique in the stack. */
  readonly name: string;

  /**
   * PromQL that returns exactly one element, with the unit of the limit. `{{args.canary}}` stands for the hash of the new
   * version, which its series have in the label `rollouts_pod_template_hash`; `{{args.stable}}` for that of the old one.
   */
  readonly query: string;

  /**
   * Maximum that passes; a larger value fails.
   *
   * @default - unset: `minimum` is set
   */
  readonly maximum?: number;

  /**
   * Minimum that passes; a smaller value fails.
   *
   * @default - unset: `maximum` is set
   */
  readonly minimum?: number;

  /**
   * Whether the query is used as it is, without being read: for a server with more than PromQL, such as MetricsQL of
   * VictoriaMetrics. A mistake in it then shows in the cluster.
   *
   * @default false
   */
  readonly unchecked?: boolean;
}

const finite = shape<number>('a number', (value) => typeof value === 'number' && Number.isFinite(value));

const OPTIONS = structOf<CustomGuardOptions>(
  {
    name: matching(
      /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
      'a name of at most 40 lower-case letters, digits and "-", for example "kv-cache-hits"',
    ),
    query: text,
  },
  { maximum: finite, minimum: finite, unchecked: flag },
);

/** A guard has exactly one limit. */
function limitFindings({ maximum, minimum }: CustomGuardOptions): Finding[] {
  if (maximum === undefined && minimum === undefined) {
    const problem = 'is unset, and so is minimum: the guard has no limit';
    return [error('missing-property', 'maximum', problem, 'set maximum or minimum')];
  }
  if (maximum === undefined || minimum === undefined) return [];
  const problem = `is ${minimum}, and maximum is ${maximum}: a guard has one limit`;
  return [error('wrong-value', 'minimum', problem, 'remove one of them')];
}

/**
 * A condition that a new version must keep, besides the objectives of the stack.
 */
export class Guard {
  /** A query of your own. No data, NaN or several elements neither pass nor fail. */
  public static custom(options: CustomGuardOptions): Guard {
    throwOnErrors('Guard.custom', findingsOf(options, '', OPTIONS));
    throwOnErrors('Guard.custom', limitFindings(options));
    const { name, query, maximum, minimum, unchecked = false } = options;
    return new Guard(
      FACTORY,
      maximum === undefined
        ? { name, query, limit: minimum as number, side: 'minimum', unchecked }
        : { name, query, limit: maximum, side: 'maximum', unchecked },
    );
  }

  /** @internal */
  public readonly _spec: GuardSpec;

  private constructor(caller: typeof FACTORY, spec: GuardSpec) {
    brandMade(this, 'Guard', caller);
    this._spec = spec;
  }
}
