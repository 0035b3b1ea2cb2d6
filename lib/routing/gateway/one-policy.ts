import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { appCheck } from '../../emit/app-check';
import { manifestOf } from '../../emit/manifest-of';

/** A policy of GKE about the backend of a route. */
interface BackendPolicy {
  readonly metadata: { readonly namespace?: string };
  readonly spec?: {
    readonly targetRef?: { readonly kind?: string; readonly name?: string };
    readonly default?: object;
  };
}

const GROUP = 'networking.gke.io';
const KINDS = ['GCPBackendPolicy', 'HealthCheckPolicy'];

/**
 * Two policies of one kind for one backend that differ: GKE uses the older one and ignores the other
 * (docs.cloud.google.com, Configure Gateway resources using Policies, restrictions).
 */
function conflicts(constructs: readonly IConstruct[]): string[] {
  const seen = new Map<string, { owner: string; settings: string }>();
  return constructs.flatMap((construct) => {
    if (!ApiObject.isApiObject(construct) || construct.apiGroup !== GROUP || !KINDS.includes(construct.kind)) return [];
    const { metadata, spec = {} } = manifestOf<BackendPolicy>(construct);
    const { kind, name } = spec.targetRef ?? {};
    const key = JSON.stringify([construct.kind, metadata.namespace, kind, name]);
    const policy = { owner: construct.node.scope?.node.path ?? '', settings: JSON.stringify(spec.default) };
    const other = seen.get(key);
    if (other === undefined) seen.set(key, policy);
    if (other === undefined || other.settings === policy.settings) return [];
    const differ = `have a ${construct.kind} with different settings for the ${kind} "${name}": ${other.settings} and ${policy.settings}`;
    return [
      `${other.owner} and ${policy.owner} ${differ}; GKE uses one of them, so set the same requestTimeout for both`,
    ];
  });
}

/** Makes synth fail when GKE would ignore a policy. */
export const refuseTwoPolicies = appCheck(conflicts, { remember: false });
