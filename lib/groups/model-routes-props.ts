import type { EntryProps } from '../routing/entry-props';
import type { RequestMatch } from '../routing/match/request-match';
import type { SmokeTest } from '../smoke-test/smoke-test';
import type { RouteTarget } from './route-target';

/**
 * One route: which requests reach which stack.
 */
export interface ModelRoute extends RequestMatch {
  /** One stack, or several with weights. */
  readonly to: RouteTarget[];

  /**
   * Hostnames of this route, in place of those of all routes.
   *
   * @default - the hostnames of all routes
   */
  readonly hostnames?: string[];
}

/**
 * Properties of `ModelRoutes`.
 */
export interface ModelRoutesProps extends EntryProps {
  /**
   * Name of the HTTPRoute or Ingress; other names begin with it. Lower-case letters, digits and `-`, at most 40 characters.
   */
  readonly name: string;

  /**
   * The routes, read from top to bottom: the first one that fits a request receives it. Gateways choose the most
   * specific route instead, so an order in which both would differ is an error.
   */
  readonly routes: ModelRoute[];

  /**
   * A Job that asks each route as a client does, after each change.
   *
   * @default - none
   */
  readonly smokeTest?: SmokeTest;

  /**
   * Namespace of the routes.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: string;

  /**
   * Findings that you accept, by id, each with the reason. They are no longer printed. Errors cannot be acknowledged.
   *
   * @default - none
   */
  readonly acknowledge?: { [findingId: string]: string };
}
