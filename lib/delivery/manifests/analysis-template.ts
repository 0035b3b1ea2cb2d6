import type { AnalysisTemplateProps } from '../../../imports/argoproj.io';
import { DELIVERY } from '../../defaults';
import type { ObjectMeta } from '../../emit/object-meta';
import { objectMetadata } from '../../emit/object-meta';
import type { SecretReference } from '../../secrets/secret-key';
import type { GuardPlan } from '../plan/guard-plan';
import { versionsOf } from '../plan/guard-plan';
import type { RolloutPlan } from '../plan/rollout-plan';

/**
 * A limit as a condition has it. The digits of a whole number must fit 64 bits, those of any other number need not
 * (antonmedv/expr parser/parser.go, Number).
 */
const literal = (limit: number): string =>
  Number.isInteger(limit) && !Number.isSafeInteger(limit) ? limit.toExponential() : String(limit);

type Spec = AnalysisTemplateProps['spec'];
type Metric = NonNullable<NonNullable<Spec>['metrics']>[number];

/**
 * Three answers: passes, fails, and neither. One element that is a number decides; no data, NaN and several elements do
 * not. Argo Rollouts evaluates both conditions (utils/evaluate/evaluate.go).
 */
function conditions({ side, limit }: GuardPlan) {
  const one = 'len(result) == 1 && !isNaN(result[0]) && !isInf(result[0])';
  const [passes, fails] = side === 'maximum' ? ['<=', '>'] : ['>=', '<'];
  return {
    successCondition: `${one} && result[0] ${passes} ${literal(limit)}`,
    failureCondition: `${one} && result[0] ${fails} ${literal(limit)}`,
  };
}

/** Arguments of headers, each with the parameter of the authentication whose Secret it is read from. */
const HEADERS = { token: 'bearerToken', headerName: 'customAuthHeader', headerValue: 'customAuthValue' };

const secretsOf = ({ prometheus }: RolloutPlan): Readonly<Record<string, SecretReference>> =>
  prometheus.authentication?.secrets ?? {};

function headers(plan: RolloutPlan) {
  const secrets = secretsOf(plan);
  const found = [
    ...(HEADERS.token in secrets ? [{ key: 'Authorization', value: 'Bearer {{args.token}}' }] : []),
    ...(HEADERS.headerName in secrets ? [{ key: '{{args.headerName}}', value: '{{args.headerValue}}' }] : []),
  ];
  return found.length === 0 ? undefined : found;
}

/** Signs queries for Amazon's service, with the role of the controller or another one. */
function signature({ prometheus: { authentication } }: RolloutPlan) {
  if (authentication?.identity?.provider !== 'aws') return undefined;
  return { sigv4: { region: authentication.awsRegion, roleArn: authentication.identity.roleArn } };
}

function args(guards: readonly GuardPlan[], plan: RolloutPlan) {
  const secrets = secretsOf(plan);
  return [
    ...versionsOf(guards).map((name) => ({ name })),
    ...Object.entries(HEADERS).flatMap(([name, parameter]) => {
      const secret = secrets[parameter];
      return secret ? [{ name, valueFrom: { secretKeyRef: { name: secret.secretName, key: secret.key } } }] : [];
    }),
  ];
}

function metric(guard: GuardPlan, plan: RolloutPlan, timing: Partial<Metric>): Metric {
  return {
    name: guard.name,
    ...timing,
    consecutiveErrorLimit: DELIVERY.queryErrors as never,
    ...conditions(guard),
    provider: {
      prometheus: {
        address: plan.prometheus.address,
        query: guard.query,
        timeout: DELIVERY.queryTimeout,
        headers: headers(plan),
        authentication: signature(plan),
      },
    },
  };
}

interface Template {
  readonly name: string;
  readonly guards: readonly GuardPlan[];
  readonly timing: Partial<Metric>;
}

function template({ name, guards, timing }: Template, plan: RolloutPlan, meta: ObjectMeta): object {
  const metrics = guards.map((guard) => metric(guard, plan, timing));
  const props: AnalysisTemplateProps = {
    metadata: objectMetadata(name, meta),
    spec: { args: args(guards, plan), metrics },
  };
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisTemplate', ...props };
}

/**
 * What judges the new version after each share. With both limits, the controller needs so many passes in a row, fails
 * after more failures than allowed, and pauses when the measurements end without either (analysis/analysis.go,
 * assessMetricStatus).
 */
export function guardsTemplate(plan: RolloutPlan, meta: ObjectMeta): object {
  const { initialDelay, interval, successes, failures, measurements } = plan.analysis;
  const timing = {
    initialDelay: `${initialDelay.value}s`,
    interval: `${interval.value}s`,
    count: measurements as never,
    consecutiveSuccessLimit: successes as never,
    failureLimit: failures as never,
    // Not one by one: the measurements as a whole are the verdict.
    inconclusiveLimit: measurements as never,
  };
  return template({ name: plan.templates.guards, guards: plan.guards, timing }, plan, meta);
}

/** What stops the new version at once, at any time after its first share. It has no count: it runs until the promotion. */
export function faultsTemplate(plan: RolloutPlan, meta: ObjectMeta): object {
  const { window, interval } = plan.analysis.faults;
  const timing = {
    initialDelay: `${window}s`,
    interval: `${interval}s`,
    failureLimit: 0 as never,
    // As failed queries: an answer that is none is no reason to pause.
    inconclusiveLimit: DELIVERY.queryErrors as never,
  };
  return template({ name: plan.templates.faults, guards: plan.faults, timing }, plan, meta);
}
