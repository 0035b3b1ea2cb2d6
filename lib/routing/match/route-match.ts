import type { RequestMatch } from './request-match';
import { CLASS_HEADERS } from './request-match';

/** A header that a request must have. */
export interface HeaderMatch {
  readonly name: string;
  readonly type: 'Exact' | 'RegularExpression';
  readonly value: string;
}

/** One alternative of a route, as the Gateway API has it: all of it must hold. */
export interface RouteMatch {
  readonly path: { readonly type: 'Exact' | 'PathPrefix'; readonly value: string };
  readonly headers: readonly HeaderMatch[];
  readonly method: string | undefined;
}

/** The header of `contentLengthBelow`. */
export const CONTENT_LENGTH = 'content-length';

/** Whether a pattern is one of `contentLengthBelow`. */
export const isContentLength = ({ name, value }: HeaderMatch): boolean =>
  name === CONTENT_LENGTH && /^\^\[0-9\]\{1,\d\}\$$/.test(value);

/** The headers that a match needs, in the order of its properties. */
export function headerMatches(match: RequestMatch): HeaderMatch[] {
  const exact = (name: string, value: string | undefined): HeaderMatch[] =>
    value === undefined ? [] : [{ name, type: 'Exact', value }];
  const { contentLengthBelow: below, headers = {} } = match;
  return [
    ...exact(CLASS_HEADERS.model, match.model),
    ...exact(CLASS_HEADERS.tier, match.tier),
    ...exact(CLASS_HEADERS.region, match.region),
    ...exact(CLASS_HEADERS.promptLength, match.promptLength),
    ...Object.entries(headers).flatMap(([name, value]) => exact(name, value)),
    // A bound is a power of ten: fewer digits are a smaller number.
    ...(below === undefined
      ? []
      : [{ name: CONTENT_LENGTH, type: 'RegularExpression' as const, value: `^[0-9]{1,${Math.log10(below)}}$` }]),
  ];
}

/**
 * The path of a request for a path of the API. A variable part becomes a prefix: `/v1/responses/{response_id}` is every
 * path below `/v1/responses`, and only those, since a prefix ends at a slash.
 */
export function pathMatch(path: string, prefix = ''): RouteMatch['path'] {
  const variable = path.indexOf('/{');
  if (variable < 0) return { type: 'Exact', value: prefix + path };
  return { type: 'PathPrefix', value: `${prefix}${path.slice(0, variable)}/` };
}
