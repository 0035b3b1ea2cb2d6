import type { Finding } from '../../preflight/finding';
import { error, notice, warning } from '../../preflight/finding';
import { didYouMean } from '../../preflight/nearest';
import { MODELS_PATH } from './answered-paths';
import type { RoutedStack } from '../targets/route-backend';
import type { CommonPlan, RouteInput } from '../routes-plan';
import { pathsOf } from '../routes-plan';

function pathFindings(path: string, subject: string, stack: RoutedStack): Finding[] {
  const known = stack.paths.find((each) => each.path === path);
  if (known === undefined) {
    const hint = didYouMean(
      path,
      stack.paths.map((each) => each.path),
    );
    const problem = `is "${path}", which ${stack.what} does not have in its version of vLLM${hint}`;
    return [error('route-path-unknown', subject, problem, 'correct the path or remove it')];
  }
  const findings: Finding[] = [];
  if (!known.answered) {
    const problem = `is "${path}", and ${stack.what} answers 404 or 403: it needs ${known.when}`;
    const fix = 'remove it, or set task in Model.of, the flag or the variable';
    findings.push(warning('route-path-unanswered', subject, problem, fix));
  }
  if (!known.guarded) {
    const problem = `is "${path}", which ${stack.what} answers without an API key`;
    findings.push(warning('route-unguarded', subject, problem, 'remove it, or authenticate clients in the gateway'));
  }
  return findings;
}

/** Why a route has no path by default, and what to do. */
function withoutPaths(stacks: readonly RoutedStack[]): [problem: string, fix: string] {
  const [first] = stacks;
  const setPaths = 'set paths of the route';
  if (first === undefined) return ['is a Service whose paths are not known', setPaths];
  if (stacks.every(({ task }) => task === first.task)) {
    const problem = `is ${first.what} with the task ${first.task}, of which no path is exposed by default but ${MODELS_PATH}`;
    return [problem, setPaths];
  }
  const tasks = stacks.map(({ what, task }) => `${what}: ${task}`).join('; ');
  return [`have only ${MODELS_PATH} in common (${tasks})`, 'give each task a route of its own, or set paths'];
}

/** The paths of one route. */
function pathsFindings(route: RouteInput): Finding[] {
  const { subject, to, match, backends } = route;
  const stacks = backends.flatMap((backend) => backend.stacks);
  if (match.paths === undefined) {
    if (backends.length === 0 || pathsOf(route).some((path) => path !== MODELS_PATH)) return [];
    return [error('route-without-paths', to, ...withoutPaths(stacks))];
  }
  return match.paths.flatMap((path, index) => {
    const at = `${subject}.paths[${index}]`;
    if (match.paths?.indexOf(path) !== index) {
      return [error('wrong-value', at, `is "${path}" again`, 'remove it')];
    }
    return stacks.flatMap((stack) => pathFindings(path, at, stack));
  });
}

/** Stacks that any client of the gateway can use without a key. */
function keyFindings({ routes }: CommonPlan): Finding[] {
  const stacks = routes.flatMap(({ to, backends }) =>
    backends.flatMap((backend) => backend.stacks.map((stack) => ({ to, stack }))),
  );
  const open = stacks.filter(({ stack: { apiKey } }) => apiKey === undefined);
  const once = open.filter(({ stack }, index) => open.findIndex((each) => each.stack.what === stack.what) === index);
  return once.map(({ to, stack }) => {
    const problem = `exposes ${stack.what}, which needs no API key`;
    return notice('route-without-key', to, problem, 'set apiKey, or authenticate clients in the gateway');
  });
}

/** A list of models that lacks some of them. */
function listFindings({ httpRoutes, models, listAllModels }: CommonPlan): Finding[] {
  if (listAllModels || models.length < 2) return [];
  return httpRoutes.flatMap(({ rules }) => {
    const names = new Set(
      rules.flatMap(({ backends }) => backends.flatMap(({ stacks }) => stacks.map((each) => each.servedNames[0]))),
    );
    const last = rules.find(({ matches, rewrite }) => rewrite === undefined && matches.some(isList));
    if (last === undefined || names.size < 2) return [];
    const listed = last.backends.flatMap(({ stacks }) => stacks.flatMap(({ servedNames }) => servedNames));
    const problem = `answers GET ${MODELS_PATH} without a model header, and lists ${listed.join(', ')} only`;
    const fix =
      'set listAllModels if the gateway supports it, or give each model a hostname, or a pathPrefix if the entry is a gateway';
    return [notice('route-models-partial', last.subject, problem, fix)];
  });
}

const isList = ({ path, headers }: CommonPlan['httpRoutes'][number]['rules'][number]['matches'][number]): boolean =>
  path.value === MODELS_PATH && headers.length === 0;

/** Findings about what routes expose. */
export function exposureFindings(plan: CommonPlan): Finding[] {
  return [...plan.routes.flatMap(pathsFindings), ...keyFindings(plan), ...listFindings(plan)];
}
