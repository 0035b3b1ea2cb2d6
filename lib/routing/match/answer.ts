import type { RouteMatch } from './route-match';

/** One match on one hostname of one listener, or of an IngressClass. */
export interface Answer {
  /** The construct that made the route. */
  readonly owner: string;
  /** Where it answers, in words. */
  readonly on: string;
  readonly match: RouteMatch;
  /** Whether a policy of the owner is refused when another route has the same hostname and path. */
  readonly exclusive: boolean;
}
