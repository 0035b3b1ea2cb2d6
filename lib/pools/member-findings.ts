import { Catalogue } from '../engine/catalogue/catalogue';
import { isExposed, newestName } from '../engine/metric-roles';
import { contextLength } from '../plan/context-length';
import type { StackPlan } from '../plan/stack-plan';
import type { Finding } from '../preflight/finding';
import { error, notice, warning } from '../preflight/finding';
import type { MemberPlan } from './member-plan';
import { PICKER_METRICS } from './member-plan';
import { OWNED_LABELS } from './pool-labels';

/** Labels of pods that the user set, by property. */
export type SetLabels = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** What the stack passes in besides its plan. */
export interface MemberContext {
  readonly labels: SetLabels;
  /** Whether the pods are part of a service mesh. */
  readonly mesh: boolean;
  /** Whether the stack has a route of its own. */
  readonly routes: boolean;
  /** Whether the requests of its Service are counted at Istio, by which a pool is not counted. */
  readonly countsService: boolean;
}

/** Problems of one stack as a member of a pool. */
export function memberFindings(
  member: MemberPlan,
  plan: StackPlan,
  { labels, mesh, routes, countsService }: MemberContext,
): Finding[] {
  return [
    ...(mesh ? meshFindings() : []),
    ...(routes ? routesFindings(member) : []),
    ...(countsService && !routes ? trafficFindings(member) : []),
    ...labelFindings(labels),
    ...tlsFindings(plan),
    ...metricFindings(plan),
    ...engineFindings(plan),
    ...rangeFindings(member, plan),
  ];
}

function labelFindings(labels: SetLabels): Finding[] {
  return Object.entries(labels).flatMap(([property, set = {}]) =>
    OWNED_LABELS.filter((label) => label in set).map((label) => {
      const problem = `is ${JSON.stringify(set[label])}, and inferencePool sets this label itself`;
      return error('pool-label', `${property}.${label}`, problem, 'remove it, and set inferencePool instead');
    }),
  );
}

function meshFindings(): Finding[] {
  const problem = 'is set, and the endpoint picker is not part of the mesh: with strict mutual TLS it reads no metrics';
  const fix = 'remove it, or acknowledge this finding if the PeerAuthentication of the pods is permissive';
  return [warning('pool-mesh', 'mesh', problem, fix)];
}

function routesFindings({ pool }: MemberPlan): Finding[] {
  const problem = `is set: the gateway sends these requests to the Service of the stack, without the endpoint picker of the pool "${pool}"`;
  const fix = 'remove it, and use ModelRoutes with RouteTarget.pool(…), or acknowledge this finding';
  return [warning('pool-passed-by', 'routes', problem, fix)];
}

function trafficFindings({ pool }: MemberPlan): Finding[] {
  const problem = `counts the requests to the Service of the stack, and those through the pool "${pool}" are not among them: rules and signals see no traffic`;
  const fix = 'remove it, or acknowledge this finding if the requests go to the Service';
  return [warning('pool-uncounted', 'gatewayTraffic', problem, fix)];
}

function tlsFindings({ https, basis }: StackPlan): Finding[] {
  if (!https) return [];
  const problem = 'makes the engine serve TLS, and gateways reach the pods of a pool without TLS';
  const fix = 'remove it, or remove inferencePool';
  return [error('pool-https', basis.commandLine.facts.sslCertfile.origin, problem, fix)];
}

function metricFindings({ release, version, versionIsChecked }: StackPlan): Finding[] {
  if (!versionIsChecked) return [];
  const catalogue = Catalogue.of(release);
  const missing = PICKER_METRICS.map(newestName).filter((name) => !isExposed(name, catalogue));
  if (missing.length === 0) return [];
  const problem = `is ${version}, which does not expose ${missing.join(', ')}: without it, the endpoint picker cannot compare pods`;
  return [error('pool-metric-missing', 'vllmVersion', problem, 'use a newer version, or remove inferencePool')];
}

/** The picker takes one series of each metric, whatever its labels (llm-d/llm-d-router, metrics/spec.go). */
function engineFindings({ engines, basis }: StackPlan): Finding[] {
  if (engines === 1) return [];
  const problem = `gives each pod ${engines} engines, and the endpoint picker reads the metrics of one of them`;
  const fix = 'use more replicas instead, or acknowledge this finding if the engines have equal load';
  return [warning('pool-several-engines', basis.commandLine.facts.dataParallelSize.origin, problem, fix)];
}

const SUBJECT = 'inferencePool.promptTokens';

function rangeFindings({ range }: MemberPlan, plan: StackPlan): Finding[] {
  if (range === undefined) return [];
  const { minimum, maximum } = range;
  if (maximum !== undefined && minimum > maximum) {
    const problem = `begins at ${minimum} and ends at ${maximum}, so it has no lengths`;
    return [error('pool-range-empty', SUBJECT, problem, 'set minimum to at most maximum')];
  }
  const context = contextLength(plan);
  if (context === undefined) {
    const problem = 'cannot be compared with the longest context of the stack, which is not known';
    return [notice('pool-context-unknown', SUBJECT, problem, 'set engine.maxModelLen')];
  }
  if (minimum >= context) {
    const problem = `begins at ${minimum} tokens, and the stack accepts ${context} with the answer: it would refuse every prompt`;
    return [error('pool-range-above-context', `${SUBJECT}.minimum`, problem, `use less than ${context}`)];
  }
  if (maximum === undefined || maximum < context) return [];
  const problem = `is ${maximum}, and the stack accepts ${context} tokens with the answer: it would refuse the longest prompts of its range`;
  const fix = `use less than ${context}, or a larger engine.maxModelLen`;
  return [error('pool-range-above-context', `${SUBJECT}.maximum`, problem, fix)];
}
