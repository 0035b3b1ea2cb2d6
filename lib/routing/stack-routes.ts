import type { EntryProps } from './entry-props';
import { ENTRY_OPTIONAL, GATEWAY } from './entry-props';
import type { RequestMatch } from './request-match';
import { REQUEST_MATCH } from './request-match';
import { structOf } from '../shapes/struct';

/**
 * A route to one stack alone: the entry, and which of its requests the stack receives.
 */
export interface StackRoutes extends EntryProps, RequestMatch {}

/** The shape of a property that takes one. */
export const STACK_ROUTES = structOf<StackRoutes>({ gateway: GATEWAY }, { ...REQUEST_MATCH, ...ENTRY_OPTIONAL });
