import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { manifestOf } from '../emit/manifest-of';

interface Policy {
  readonly metadata: { readonly namespace?: string };
  readonly spec?: { readonly targetRef?: { readonly kind: string; readonly name: string } };
}

/** Policies of GKE, of which a Service has one of each kind. Others belong to a route, and a route has one owner. */
const KINDS = ['GCPBackendPolicy', 'HealthCheckPolicy'];

/** Two policies for one Service that differ: GKE applies only the one with the higher precedence. */
export function differingPolicies(constructs: readonly IConstruct[]): string[] {
  const seen = new Map<string, { readonly spec: string; readonly owner: string }>();
  return constructs.flatMap((construct): string[] => {
    if (!ApiObject.isApiObject(construct) || !KINDS.includes(construct.kind)) return [];
    const { metadata, spec } = manifestOf<Policy>(construct);
    const { kind, name } = spec?.targetRef ?? {};
    const key = JSON.stringify([construct.kind, metadata.namespace, kind, name]);
    const one = { spec: JSON.stringify(spec), owner: construct.node.scope?.node.path ?? '' };
    const other = seen.get(key) ?? one;
    seen.set(key, other);
    if (other.spec === one.spec) return [];
    const problem = `${other.owner} and ${one.owner} have different ${construct.kind} for the ${kind} "${name}", and GKE applies only one`;
    return [`${problem}; set the same requestTimeout in both`];
  });
}
