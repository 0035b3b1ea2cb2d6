import type {
  HttpRouteProps,
  HttpRouteSpecRules,
  HttpRouteSpecRulesFilters,
  HttpRouteSpecRulesMatches,
} from '../../../imports/gateway.networking.k8s.io';
import type { ObjectMeta } from '../../emit/object-meta';
import { objectMetadata } from '../../emit/object-meta';
import { backendRefs } from '../targets/backend-refs';
import { grantNeeded } from '../targets/grants';
import type { RouteMatch } from '../match/route-match';
import type { HttpRoutePlan, RoutesPlan, RulePlan } from '../routes-plan';
import { modelListFilter } from './model-list';

/** Of the API. */
const DEFAULT_WEIGHT = 1;

function match({ path, headers, method }: RouteMatch): HttpRouteSpecRulesMatches {
  return {
    path: { type: path.type, value: path.value },
    headers: headers.length === 0 ? undefined : headers.map(({ name, type, value }) => ({ name, type, value })),
    method,
  } as HttpRouteSpecRulesMatches;
}

/** A rewrite replaces what was matched: the whole path, or the prefix. */
function rewrite({ rewrite: to, matches }: RulePlan): HttpRouteSpecRulesFilters[] {
  if (to === undefined) return [];
  const path =
    matches[0]?.path.type === 'Exact'
      ? { type: 'ReplaceFullPath', replaceFullPath: to }
      : { type: 'ReplacePrefixMatch', replacePrefixMatch: to };
  return [{ type: 'URLRewrite', urlRewrite: { path } } as HttpRouteSpecRulesFilters];
}

/** How long a whole response may take. Only the one field: some implementations let `backendRequest` replace it. */
function timeouts({ facts, requestTimeout }: RoutesPlan): HttpRouteSpecRules['timeouts'] {
  return facts.timeouts === 'refused' ? undefined : { request: `${requestTimeout}s` };
}

function rule(each: RulePlan, plan: RoutesPlan): HttpRouteSpecRules {
  const filters = [...rewrite(each), ...(each.role === 'all-models' ? [modelListFilter(plan)] : [])];
  return {
    matches: each.matches.map(match),
    filters: filters.length === 0 ? undefined : filters,
    backendRefs:
      each.backends.length === 0
        ? undefined
        : each.backends.flatMap(backendRefs).map((backend) => ({
            group: backend.group,
            kind: backend.kind,
            name: backend.name,
            namespace: grantNeeded(backend, plan) ? backend.namespace : undefined,
            port: backend.port,
            weight: backend.weight ?? DEFAULT_WEIGHT,
          })),
    timeouts: timeouts(plan),
  };
}

/**
 * An HTTPRoute. The fields are those of the standard channel of Gateway API 1.2 and later. Defaults inside of lists are
 * written: Argo CD compares lists as a whole, and an application would never be in sync (argoproj/argo-cd#22151).
 */
export function httpRoute({ name, hostnames, rules }: HttpRoutePlan, plan: RoutesPlan, meta: ObjectMeta): object {
  const { gateway } = plan;
  const props: HttpRouteProps = {
    metadata: objectMetadata(name, meta),
    spec: {
      parentRefs: [
        {
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
          name: gateway.name,
          namespace: gateway.namespace === plan.namespace ? undefined : gateway.namespace,
          sectionName: gateway.listener,
        },
      ],
      hostnames: hostnames.length === 0 ? undefined : [...hostnames],
      rules: rules.map((each) => rule(each, plan)),
    },
  };
  return { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', ...props };
}
