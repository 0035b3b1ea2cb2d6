import { ModelTask } from '../model/model-task';
import type { Finding } from '../preflight/finding';
import { notice, warning } from '../preflight/finding';
import { MODELS_PATH } from '../routing/paths/answered-paths';
import { covers, coversHostname } from '../routing/match/precedence';
import type { RouteMatch } from '../routing/match/route-match';
import { headerMatches, pathMatch } from '../routing/match/route-match';
import type { EntryPlan } from '../routing/entry-plan';
import type { RouteInput } from '../routing/routes-plan';
import { pathsOf } from '../routing/routes-plan';
import { digest } from '../units/digest';
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

/** What the list of models of a route matches. */
const listOf = ({ match }: RouteInput): RouteMatch => ({
  path: pathMatch(MODELS_PATH, match.pathPrefix),
  headers: headerMatches(match),
  method: match.method,
});

/**
 * Whether a route answers the list of models itself: an earlier one may receive the request, and a request without a body
 * has no length.
 */
function lists(route: RouteInput, plan: EntryPlan): boolean {
  const answers = (each: RouteInput): boolean => pathsOf(each).includes(MODELS_PATH);
  const hostnames = ({ hostnames: own = plan.hostnames }: RouteInput): readonly string[] => own;
  const shares = (other: RouteInput): boolean =>
    hostnames(other).some((name) => hostnames(route).includes(name)) ||
    hostnames(other).length + hostnames(route).length === 0;
  const earlier = plan.routes.slice(0, plan.routes.indexOf(route));
  if (!answers(route) || route.match.contentLengthBelow !== undefined) return false;
  return !earlier.some((each) => answers(each) && shares(each) && covers(listOf(each), listOf(route)));
}

const taskOf = (route: RouteInput): SmokeTestTask | undefined => {
  const [first] = stacksOf(route);
  return TASKS.find(([path, tasks]) => pathsOf(route).includes(path) && first && tasks.includes(first.task))?.[2];
};

/** Routes that the test can ask: those of a stack of this program, with a question. */
const isAsked = (route: RouteInput, plan: EntryPlan): boolean =>
  stacksOf(route).length > 0 && route.match.method === undefined && (taskOf(route) !== undefined || lists(route, plan));

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
  const [first] = stacks;
  const names =
    first?.servedNames.filter((name) => stacks.every(({ servedNames }) => servedNames.includes(name))) ?? [];
  const model = match.model ?? names[0] ?? '';
  const exact = headerMatches(match).filter(({ type }) => type === 'Exact');
  return {
    name: subject,
    origin: originOf(route, plan),
    path: `${match.pathPrefix ?? ''}/v1`,
    headers: Object.fromEntries(exact.map(({ name, value }) => [name, value])),
    models: lists(route, plan) ? [model] : [],
    model,
    apiKey: first?.apiKey,
    task: taskOf(route) ?? 'models',
  };
}

/** Decides the smoke test of routes. */
export function planRoutesSmokeTest(
  smokeTest: SmokeTest,
  plan: EntryPlan,
  labels: Readonly<Record<string, string>>,
): SmokeTestPlan {
  // Everything that is decided, so that each change of routes, stacks and pools is tested; not what a gateway is like.
  const decided = { ...plan, facts: undefined };
  return planSmokeTest(smokeTest, {
    name: plan.name,
    namespace: plan.namespace,
    targets: plan.routes.filter((route) => isAsked(route, plan)).map((route) => targetOf(route, plan)),
    labels,
    assignsUser: plan.routes.some((route) => stacksOf(route).some(({ assignsUser }) => assignsUser)),
    revision: digest(JSON.stringify(decided), 8),
  });
}

/** The host of a URL. It may be one that `URL` refuses: the Gateway API allows "llm.123". */
const hostOf = (url: string): string => url.toLowerCase().replace(/^https?:\/\/(\[[^\]]*\]|[^:/]*).*$/, '$1');

/** Routes that never receive what the test sends: a url of the user has another host than they. */
function otherHost({ targets }: SmokeTestPlan, plan: EntryPlan, subject: string): Finding[] {
  const hosts = new Map(targets.map(({ name, url }) => [name, url === undefined ? undefined : hostOf(url)]));
  const strange = plan.routes.filter((route) => {
    const host = hosts.get(route.subject);
    const hostnames = route.hostnames ?? plan.hostnames;
    return host !== undefined && hostnames.length > 0 && !hostnames.some((name) => coversHostname(name, host));
  });
  const [first] = strange;
  if (first === undefined) return [];
  const names = strange.map((route) => route.subject).join(', ');
  const problem = `has the host "${hosts.get(first.subject)}" in url, which is no hostname of ${names}: the gateway answers 404`;
  const fix = 'set connectTo with host and port in place of url: requests then keep the hostname';
  return [warning('smoke-test-other-host', subject, problem, fix)];
}

/** Findings about the smoke test of routes. */
export function routesSmokeTestFindings(test: SmokeTestPlan, plan: EntryPlan): Finding[] {
  const subject = `${plan.prefix}smokeTest`;
  const skipped = plan.routes.filter((route) => !isAsked(route, plan)).map((route) => route.subject);
  const keys = plan.routes
    .filter((route) => isAsked(route, plan))
    .flatMap(stacksOf)
    .filter(({ apiKey, namespace }) => apiKey !== undefined && namespace !== plan.namespace);
  return [
    ...smokeTestFindings(test, subject),
    ...otherHost(test, plan, subject),
    ...(skipped.length === 0
      ? []
      : [
          notice(
            'smoke-test-skips',
            subject,
            `does not ask ${skipped.join(', ')}: a method is set, no path is one that it can ask, or the target is no stack`,
            'ask these routes yourself',
          ),
        ]),
    ...keys.map(({ what, apiKey, namespace }) => {
      const problem = `needs the key of ${what}, which is in the Secret "${apiKey?.secretName}" of the namespace "${namespace}"`;
      return notice('smoke-test-key-elsewhere', subject, problem, `create it in "${plan.namespace ?? 'default'}" too`);
    }),
  ];
}
