import type { SecretReference } from '../../secrets/secret-key';
import type { GatewayTrafficPlan } from '../../metrics/gateway-series';
import { contextLength } from '../../plan/context-length';
import type { StackPlan } from '../../plan/stack-plan';
import { taskOf } from '../../plan/task';
import type { ModelTask } from '../../model/model-task';
import { digest } from '../../units/digest';
import type { AnsweredPath } from '../paths/answered-paths';
import { adapterNames, loadsAdapters } from '../paths/adapters';
import { answeredPaths, defaultPaths } from '../paths/answered-paths';

/** What routes need to know of a stack. */
export interface RoutedStack {
  /** The stack in messages: `VllmInferenceStack "llm/Short"`. */
  readonly what: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly task: ModelTask;
  /** Paths of a route to it, if the user lists none. */
  readonly defaultPaths: readonly string[];
  readonly paths: readonly AnsweredPath[];
  /** Names that clients may ask for, that of the model first: also those of its LoRA adapters. */
  readonly servedNames: readonly string[];
  /** Whether it may load adapters of other names while it runs. */
  readonly loadsAdapters: boolean;
  /** Longest prompt and answer together, in tokens; undefined when it is not known. */
  readonly contextLength: number | undefined;
  readonly https: boolean;
  readonly nodeLabels: Readonly<Record<string, readonly string[]>>;
  readonly apiKey: SecretReference | undefined;
  /** Who its NetworkPolicy lets in; undefined without a policy. */
  readonly network:
    | { readonly ownNamespace: boolean; readonly namespaces: readonly string[]; readonly ranges: readonly string[] }
    | undefined;
  /** Changes with image and arguments of the engine. */
  readonly revision: string;
  /** InferencePool that the stack is a member of, if its requests should go there. */
  readonly pool: string | undefined;
  /** Seconds until the first replica answers, for a stack that scales to zero. */
  readonly startsIn: number | undefined;
  /** Undefined where nothing divides its requests between two versions. */
  readonly canary: RoutedCanary | undefined;
  /** The requests that it counts at its gateway; undefined for a stack that is not watched, or counts none. */
  readonly traffic: GatewayTrafficPlan | undefined;
  /** Whether the cluster assigns the users of its pods. */
  readonly assignsUser: boolean;
}

/** The canary of a stack, as its routes need it: its weights are set by a Rollout. */
export interface RoutedCanary {
  /** The Rollout in messages: `the Rollout "vllm"`. */
  readonly rollout: string;
  /** What it sets the weights of. */
  readonly router: 'gatewayApi' | 'istio' | 'nginx';
  /** The Service of the new version. */
  readonly service: string;
  /** Names of the HTTPRoutes or Ingresses whose weights it sets; undefined for every one that the stack itself has. */
  readonly entries: readonly string[] | undefined;
  /** Namespace of these. */
  readonly namespace: string | undefined;
}

/** The endpoint picker of a pool, which a gateway asks for each request. */
export interface RoutedPicker {
  /** Namespaces that its NetworkPolicy lets in; undefined for all. */
  readonly namespaces: readonly string[] | undefined;
  /** Whether it chooses the stack by the length of the prompt. */
  readonly byLength: boolean;
  /** Changes with its configuration. */
  readonly revision: string;
}

/** What receives the requests of a route. */
export interface RouteBackend {
  readonly what: string;
  readonly group: '' | 'inference.networking.k8s.io';
  readonly kind: 'Service' | 'InferencePool';
  readonly name: string;
  /** Undefined for the namespace of the routes. */
  readonly namespace: string | undefined;
  /** Port of a Service; an InferencePool has its own. */
  readonly port: number | undefined;
  /** As the user set it. */
  readonly weight: number | undefined;
  /** Undefined for a Service. */
  readonly picker: RoutedPicker | undefined;
  /** The stacks behind it; none for a Service that is not of this program. */
  readonly stacks: readonly RoutedStack[];
  /** Whether the user confirms that a ReferenceGrant exists. */
  readonly granted: boolean;
}

/** The data of a stack for its routes. */
export function routedStack(
  plan: StackPlan,
  own: Pick<RoutedStack, 'what' | 'network' | 'pool' | 'startsIn' | 'canary' | 'traffic' | 'assignsUser'>,
): RoutedStack {
  return {
    ...own,
    name: plan.name,
    namespace: plan.namespace,
    task: taskOf(plan),
    defaultPaths: defaultPaths(plan),
    paths: answeredPaths(plan),
    servedNames: [...plan.basis.model.servedNames, ...adapterNames(plan)],
    loadsAdapters: loadsAdapters(plan),
    contextLength: contextLength(plan),
    https: plan.https,
    nodeLabels: plan.nodeLabels,
    apiKey: plan.environment.find(({ name }) => name === 'VLLM_API_KEY')?.secret,
    revision: digest(JSON.stringify([plan.image, plan.args])),
  };
}
