import type { EntryProps } from '../routing/entry-props';
import { ENTRY_OPTIONAL, withEntry } from '../routing/entry-props';
import type { RequestMatch } from '../routing/match/request-match';
import { REQUEST_MATCH } from '../routing/match/request-match';
import { instance } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import type { SmokeTest } from '../smoke-test/smoke-test';

/**
 * A route to one stack alone: the entry, and which of its requests the stack receives.
 */
export interface StackRoutes extends EntryProps, RequestMatch {
  /**
   * A Job that asks the route as a client does, after each change.
   *
   * @default - none
   */
  readonly smokeTest?: SmokeTest;
}

/** The shape of a smoke test. */
export const SMOKE_TEST = instance<SmokeTest>('SmokeTest', 'a SmokeTest, for example SmokeTest.job()');

/** The shape of a property that takes one. */
export const STACK_ROUTES = withEntry(
  structOf<StackRoutes>({}, { ...ENTRY_OPTIONAL, ...REQUEST_MATCH, smokeTest: SMOKE_TEST }),
);
