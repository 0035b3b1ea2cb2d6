import { createHash } from 'node:crypto';
import { ModelTask } from '../model/model-task';
import type { Finding } from '../preflight/finding';
import { notice } from '../preflight/finding';
import { MODELS_PATH } from '../routing/answered-paths';
import { headerMatches } from '../routing/route-match';
import type { EntryPlan } from '../routing/entry-plan';
import type { RouteInput } from '../routing/routes-plan';
import { pathsOf } from '../routing/routes-plan';
import type { SmokeTest } from '../smoke-test/smoke-test';
import { smokeTestFindings } from '../smoke-test/smoke-test-findings';
import type { SmokeTestPlan, SmokeTestTarget, SmokeTestTask } from '../smoke-test/smoke-test-plan';
import { planSmokeTest } from '../smoke-test/smoke-test-plan';

/** What a path shows about the model behind it. A base model has no chat template, so a completion is asked first. */
const TASKS: readonly [path: string, tasks: readonly ModelTask[], asked: SmokeTestTask][] = [
  ['/v1/completions', [ModelTask.GENERATE], 'completion'],
  ['/v1/chat/completions', [ModelTask.GENERATE], 'chat'],
  ['/v1/embeddings', [ModelTask.EMBED], 'embedding'],
];

const stacksOf = ({ backends }: RouteInput) => backends.flatMap(({ stacks }) => stacks);

/** Routes that the test can ask: those with a stack of this program that list its models. */
const isAsked = (route: RouteInput): boolean =>
  stacksOf(route).length > 0 && route.match.method === undefined && pathsOf(route).includes(MODELS_PATH);

/** Scheme and host of a route; an existing Gateway should have TLS, since clients send keys. */
function originOf({ hostnames }: RouteInput, plan: EntryPlan): string | undefined {
  const isClear =
    'ingress' in plan
      ? plan.ingress.tls === undefined
      : plan.gateway.managed !== undefined && plan.gateway.managed.tls === undefined;
  const host = (hostnames ?? plan.hostnames).find((name) => !name.startsWith('*'));
  return host === undefined ? undefined : `${isClear ? 'http' : 'https'}://${host}`;
}

function targetOf(route: RouteInput, plan: EntryPlan): SmokeTestTarget {
  const { subject, match } = route;
  const stacks = stacksOf(route);
  const paths = pathsOf(route);
  const [first] = stacks;
  const names =
    first?.servedNames.filter((name) => stacks.every(({ servedNames }) => servedNames.includes(name))) ?? [];
  const exact = headerMatches(match).filter(({ type }) => type === 'Exact');
  return {
    name: subject,
    origin: originOf(route, plan),
    path: `${match.pathPrefix ?? ''}/v1`,
    headers: Object.fromEntries(exact.map(({ name, value }) => [name, value])),
    models: [match.model ?? names[0] ?? ''],
    apiKey: first?.apiKey,
    task: TASKS.find(([path, tasks]) => paths.includes(path) && first && tasks.includes(first.task))?.[2] ?? 'models',
  };
}

/** Decides the smoke test of routes. */
export function planRoutesSmokeTest(
  smokeTest: SmokeTest,
  plan: EntryPlan,
  labels: Readonly<Record<string, string>>,
): SmokeTestPlan {
  const revisions = plan.routes.flatMap((route) => stacksOf(route).map(({ revision }) => revision));
  return planSmokeTest(smokeTest, {
    name: plan.name,
    namespace: plan.namespace,
    targets: plan.routes.filter(isAsked).map((route) => targetOf(route, plan)),
    labels,
    revision: createHash('sha256').update(revisions.join()).digest('hex').slice(0, 8),
  });
}

/** Findings about the smoke test of routes. */
export function routesSmokeTestFindings(test: SmokeTestPlan, plan: EntryPlan): Finding[] {
  const subject = `${plan.prefix}smokeTest`;
  const skipped = plan.routes.filter((route) => !isAsked(route)).map((route) => route.subject);
  const keys = plan.routes
    .filter(isAsked)
    .flatMap(stacksOf)
    .filter(({ apiKey, namespace }) => apiKey !== undefined && namespace !== plan.namespace);
  return [
    ...smokeTestFindings(test, subject),
    ...(skipped.length === 0
      ? []
      : [
          notice(
            'smoke-test-skips',
            subject,
            `does not ask ${skipped.join(', ')}: a method is set, ${MODELS_PATH} is not exposed, or the target is no stack`,
            'ask these routes yourself',
          ),
        ]),
    ...keys.map(({ what, apiKey, namespace }) => {
      const problem = `needs the key of ${what}, which is in the Secret "${apiKey?.secretName}" of the namespace "${namespace}"`;
      return notice('smoke-test-key-elsewhere', subject, problem, `create it in "${plan.namespace ?? 'default'}" too`);
    }),
  ];
}
