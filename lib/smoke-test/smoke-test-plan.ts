import { SMOKE_TEST } from '../defaults';
import { CURL_IMAGE } from '../defaults/images';
import type { SecretReference } from '../secrets/secret-key';
import { secretReference } from '../secrets/secret-key';
import type { SmokeTest, SmokeTestKind } from './smoke-test';
import type { SmokeTestOptions } from './smoke-test-options';

/**
 * What is asked after the list of models: a chat answer, a completion, an embedding, or nothing more. A base model has no
 * chat template, so `chat` fails for it; `completion` works for every model that generates text.
 */
export type SmokeTestTask = 'chat' | 'completion' | 'embedding' | 'models';

/** One route to ask. */
export interface SmokeTestTarget {
  /** Name of the route, for the log. */
  readonly name: string;
  /** Scheme, host and port of the route; undefined if it has no hostname. */
  readonly origin: string | undefined;
  /** Path of the API, which ends in `/v1`. */
  readonly path: string;
  /** What the route matches. */
  readonly headers: Readonly<Record<string, string>>;
  /** Models that the list must contain; empty where another route answers it, or none. */
  readonly models: readonly string[];
  /** The model that is asked. */
  readonly model: string;
  /** Key of the stack, in a Secret of the Job's namespace. */
  readonly apiKey: SecretReference | undefined;
  readonly task: SmokeTestTask;
}

/** What the test is for. */
export interface SmokeTestSubject {
  /** Name of the routes. */
  readonly name: string;
  readonly namespace: string | undefined;
  /** At least one. */
  readonly targets: readonly SmokeTestTarget[];
  /** Labels of the Job and its pod, without those that a Service selects by. */
  readonly labels: Readonly<Record<string, string>>;
  /** Changes when the test must run again, although its requests are the same: for example a hash of the stacks. */
  readonly revision: string;
  /** Whether the cluster assigns the users of pods. */
  readonly assignsUser: boolean;
}

/** A target with its address and the variable that has its key. */
export interface PlannedTarget {
  readonly name: string;
  /** Base URL as clients have it; undefined if the host is not known. */
  readonly url: string | undefined;
  readonly keyVariable: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly models: readonly string[];
  readonly model: string;
  readonly task: SmokeTestTask;
}

/** Everything decided about a smoke test: plain data. Times are in seconds. */
export interface SmokeTestPlan {
  /** Name of the Job; of a Job that nothing deletes before the next one, without its hash. */
  readonly name: string;
  /** Whether a hash is added to the name: a Job is immutable, so another test is another Job. */
  readonly hashed: boolean;
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly revision: string;
  readonly image: string;
  /** Undefined where the cluster assigns one. */
  readonly user: number | undefined;
  readonly connectTo: string | undefined;
  readonly ca: SecretReference | undefined;
  readonly times: {
    /** From the start of the script to the last attempt. */
    readonly total: number;
    readonly route: number;
    readonly request: number;
    readonly pause: number;
  };
  readonly activeDeadline: number;
  /** Undefined keeps the Job. */
  readonly timeToLive: number | undefined;
  readonly keys: readonly { readonly variable: string; readonly secret: SecretReference }[];
  readonly targets: readonly PlannedTarget[];
}

const SUFFIX = '-smoke-test';

/** Characters of a hash in a name. */
export const HASH = 8;

/** Annotations of the Job, and how long it is kept. */
const KINDS: Readonly<Record<SmokeTestKind, Pick<SmokeTestPlan, 'annotations' | 'timeToLive'>>> = {
  job: { annotations: {}, timeToLive: SMOKE_TEST.timeToLive },
  // argoproj/argo-cd docs/user-guide/sync-waves.md: after all objects are healthy; the Job of the last sync is deleted.
  argoCdHook: {
    annotations: {
      'argocd.argoproj.io/hook': 'PostSync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    },
    timeToLive: SMOKE_TEST.timeToLive,
  },
  // fluxcd/kustomize-controller docs/spec/v1/kustomizations.md: replaces an object whose update is refused. Without a
  // time to live, because Flux creates a deleted Job again at its next interval.
  flux: { annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' }, timeToLive: undefined },
};

const idOf = ({ secretName, key }: SecretReference): string => `${secretName}/${key}`;

/** Secrets of all targets, each once, with their variables. */
function keysOf(targets: readonly SmokeTestTarget[]): SmokeTestPlan['keys'] {
  const secrets = new Map(targets.flatMap(({ apiKey }) => (apiKey ? [[idOf(apiKey), apiKey] as const] : [])));
  return [...secrets.values()].map((secret, index) => ({ variable: `API_KEY_${index + 1}`, secret }));
}

function planTarget(target: SmokeTestTarget, options: SmokeTestOptions, keys: SmokeTestPlan['keys']): PlannedTarget {
  const { name, path, headers, models, model, apiKey, task } = target;
  const origin = options.url ?? target.origin;
  const key = apiKey && keys.find(({ secret }) => idOf(secret) === idOf(apiKey));
  return {
    name,
    url: origin === undefined ? undefined : origin + path,
    keyVariable: key?.variable,
    headers: { ...headers },
    models: [...models],
    model,
    task,
  };
}

/** Decides about a smoke test. */
export function planSmokeTest(smokeTest: SmokeTest, subject: SmokeTestSubject): SmokeTestPlan {
  const { options } = smokeTest;
  const kind = smokeTest.kind as SmokeTestKind;
  const keys = keysOf(subject.targets);
  const total = options.timeout?.toSeconds() ?? SMOKE_TEST.timeout;
  return {
    name: subject.name + SUFFIX,
    hashed: kind === 'job',
    namespace: subject.namespace,
    revision: subject.revision,
    image: options.image ?? CURL_IMAGE,
    user: subject.assignsUser ? undefined : SMOKE_TEST.user,
    connectTo: options.connectTo,
    ca: options.ca && secretReference(options.ca),
    times: {
      total,
      route: SMOKE_TEST.routeTimeout,
      request: SMOKE_TEST.requestTimeout,
      pause: SMOKE_TEST.pause,
    },
    activeDeadline: SMOKE_TEST.podStart + total + SMOKE_TEST.requestTimeout,
    keys,
    targets: subject.targets.map((target) => planTarget(target, options, keys)),
    ...KINDS[kind],
    labels: {
      ...subject.labels,
      // Never those of a stack: its Service, monitor and disruption budget must not select the pod of the Job.
      app: subject.name + SUFFIX,
      'app.kubernetes.io/name': 'smoke-test',
      'app.kubernetes.io/instance': subject.name + SUFFIX,
      'app.kubernetes.io/component': 'smoke-test',
    },
  };
}
