import type { ReleasedRoute } from '../../engine/catalogue/released';
import { Catalogue } from '../../engine/catalogue/catalogue';
import { ModelTask } from '../../model/model-task';
import type { StackPlan } from '../../plan/stack-plan';
import { taskOf } from '../../plan/task';

/** A path of the server of one stack. */
export interface AnsweredPath {
  /** `/v1/responses/{response_id}` has a variable part. */
  readonly path: string;
  /** Whether the API key guards it. */
  readonly guarded: boolean;
  /** Whether this stack answers it: its task, its flags and its variables fit. */
  readonly answered: boolean;
  /** The condition in vLLM's words. */
  readonly when: string;
}

const { GENERATE, EMBED, RERANK, CLASSIFY, TRANSCRIBE } = ModelTask;

/**
 * Tasks that a condition of the catalogue's routes means (vllm/entrypoints, 0.33). Embeddings also score, by similarity.
 */
const TASKS: Readonly<Record<string, readonly ModelTask[]>> = {
  'generation model': [GENERATE],
  'pooling model': [EMBED, RERANK, CLASSIFY],
  embedding: [EMBED],
  scoring: [EMBED, RERANK],
  classification: [CLASSIFY],
  'transcription model': [TRANSCRIBE],
};

/** Every client lists the models, with every task. */
export const MODELS_PATH = '/v1/models';

/** Whether one part of a condition holds: a task, a flag, a variable. */
function holds(part: string, task: ModelTask, { flags, environment }: StackPlan): boolean {
  if (part === 'always') return true;
  const tasks = TASKS[part];
  if (tasks) return tasks.includes(task);
  const closedBy = /^unless (--\S+)$/.exec(part)?.[1];
  if (closedBy !== undefined) return !flags.some((flag) => flag === closedBy);
  const variable = /^env (\w+)(?:=(\S+))?/.exec(part);
  if (variable) {
    const [, name, value] = variable;
    const set = environment.find((each) => each.name === name);
    return set !== undefined && (value === undefined || set.value?.toLowerCase() === value.toLowerCase());
  }
  return part.split(/ or |, /).some((each) => flags.some((flag) => flag === each));
}

const parts = (condition: string): string[] => condition.replace(/, else 403$/, '').split(' + ');

/** What the server of a stack answers, by path. */
export function answeredPaths(plan: StackPlan): AnsweredPath[] {
  const task = taskOf(plan);
  const byPath = new Map<string, AnsweredPath>();
  for (const route of Catalogue.of(plan.release).routes()) {
    if (route.method === 'WEBSOCKET') continue;
    // Old releases register every path, also for models that cannot answer it.
    const needed = [...parts(route.when), ...parts(route.newestWhen).filter((part) => part in TASKS)];
    const answered = needed.every((part) => holds(part, task, plan));
    const known = byPath.get(route.path);
    byPath.set(route.path, {
      path: route.path,
      guarded: route.guarded,
      answered: answered || known?.answered === true,
      when: route.newestWhen,
    });
  }
  return [...byPath.values()];
}

/** Whether a path belongs to a task, and needs nothing else. */
const isOfTask = ({ newestWhen }: ReleasedRoute): boolean => parts(newestWhen).every((part) => part in TASKS);

/**
 * The paths that a route has by default: those of the stack's task, behind the API key, and the list of models. Not those
 * with a variable part: a response that is asked for later is in the memory of one replica only.
 */
export function defaultPaths(plan: StackPlan): string[] {
  const ofTask = new Set(
    Catalogue.of(plan.release)
      .routes()
      .filter(isOfTask)
      .map(({ path }) => path),
  );
  return answeredPaths(plan)
    .filter(({ path, guarded, answered }) => answered && guarded && !path.includes('{') && ofTask.has(path))
    .map(({ path }) => path)
    .concat(MODELS_PATH);
}
