import { MONITORING_NAMESPACE, PICKER } from '../defaults';
import { PICKER_IMAGE } from '../defaults/images';
import type { StackPlan } from '../plan/stack-plan';
import { mebibytesOf } from '../units/mebibytes';
import type { FailureMode } from './failure-mode';
import type { MemberPlan } from './member-plan';
import { pickerConfig } from './picker-config';
import type { PickerOptions } from './picker-options';
import { PickerTls } from './picker-options';
import { pickerSelector, poolSelector } from './pool-labels';
import type { PoolNames } from './pool-names';
import { poolNames } from './pool-names';

/** A stack, as a pool sees it. */
export interface PoolStack {
  /** Path of the construct, which is unique. */
  readonly path: string;
  /** Undefined for a stack that is not a member of any pool. */
  readonly member: MemberPlan | undefined;
  readonly plan: Pick<StackPlan, 'name' | 'namespace' | 'port' | 'environment' | 'timing'>;
  /** Names of models that clients may send. */
  readonly models: readonly string[];
  readonly scalesToZero: boolean;
  /** Whether the cluster assigns the users of pods. */
  readonly assignsUser: boolean;
  /** Namespaces of Prometheus that its NetworkPolicy lets in; none without a policy. */
  readonly monitoringNamespaces: readonly string[];
}

/** What a user sets about a pool besides its stacks. */
export interface PoolOptions {
  readonly failureMode: FailureMode;
  readonly picker?: PickerOptions;
  readonly monitoringLabels?: Readonly<Record<string, string>>;
}

/** Everything decided about the endpoint picker: plain data. Sizes are in MiB, times in seconds. */
export interface PickerPlan {
  readonly image: string;
  /** Undefined where the cluster assigns one. */
  readonly user: number | undefined;
  readonly replicas: number;
  /** Several replicas elect a leader, and only the leader is ready. */
  readonly leaderElection: boolean;
  readonly selector: Readonly<Record<string, string>>;
  /** Whether pods get only prompts of the lengths of their stack. */
  readonly lengthFilter: boolean;
  readonly config: ReturnType<typeof pickerConfig>;
  readonly cpu: number;
  readonly memory: number;
  readonly memoryLimit: number;
  readonly terminationGracePeriod: number;
  readonly servesTls: boolean;
  /** Whether Istio needs a DestinationRule for the picker's certificate. */
  readonly destinationRule: boolean;
  /** Undefined without a NetworkPolicy. */
  readonly network:
    | {
        /** Undefined for every namespace. */
        readonly gateways: readonly string[] | undefined;
        readonly monitoring: readonly string[];
      }
    | undefined;
}

/** Everything decided about a pool: plain data. */
export interface PoolPlan {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly names: PoolNames;
  readonly failureMode: FailureMode;
  readonly selector: Readonly<Record<string, string>>;
  readonly port: number;
  readonly picker: PickerPlan;
  /** Labels of a monitor of the picker; undefined without a monitor. */
  readonly monitoringLabels: Readonly<Record<string, string>> | undefined;
  /** What the plan was made from, as its findings need it. */
  readonly stacks: readonly PoolStack[];
}

/** Decides about a pool. Name, namespace and port are those of its first stack; the findings compare the others. */
export function planPool(stacks: readonly [PoolStack, ...PoolStack[]], options: PoolOptions): PoolPlan {
  const [first] = stacks;
  const name = first.member?.pool ?? first.plan.name;
  const { failureMode, monitoringLabels, picker = {} } = options;
  return {
    name,
    namespace: first.plan.namespace,
    names: poolNames(name),
    failureMode,
    selector: poolSelector(name),
    port: first.plan.port,
    picker: planPicker(picker, name, stacks),
    monitoringLabels,
    stacks,
  };
}

function planPicker(options: PickerOptions, pool: string, stacks: readonly PoolStack[]): PickerPlan {
  const { image = PICKER_IMAGE, replicas = 1, tls = PickerTls.NONE, weights = {}, resources = {} } = options;
  const { cpu = PICKER.cpu, memory, memoryLimit } = resources;
  const lengthFilter = stacks.some(({ member }) => member?.range !== undefined);
  const { policy = true, gatewayNamespaces, monitoringNamespaces } = options.network ?? {};
  // One Prometheus scrapes the stacks and their picker.
  const ofStacks = [...new Set(stacks.flatMap((stack) => stack.monitoringNamespaces))];
  const monitoring = monitoringNamespaces ?? (ofStacks.length > 0 ? ofStacks : [MONITORING_NAMESPACE]);
  return {
    image,
    user: stacks.some(({ assignsUser }) => assignsUser) ? undefined : PICKER.user,
    replicas,
    leaderElection: replicas > 1,
    selector: pickerSelector(pool),
    lengthFilter,
    config: pickerConfig({
      weights: {
        prefixCache: weights.prefixCache ?? PICKER.prefixCacheWeight,
        kvCache: weights.kvCache ?? PICKER.kvCacheWeight,
        queue: weights.queue ?? PICKER.queueWeight,
      },
      lengthFilter,
    }),
    cpu,
    memory: memory ? mebibytesOf(memory) : PICKER.memory,
    memoryLimit: memoryLimit ? mebibytesOf(memoryLimit) : PICKER.memoryLimit,
    // The picker follows each answer to its end, so it may live as long as the slowest pod of the pool.
    terminationGracePeriod: Math.max(...stacks.map(({ plan }) => plan.timing.terminationGracePeriod.value)),
    servesTls: tls !== PickerTls.NONE,
    destinationRule: tls === PickerTls.SELF_SIGNED_ISTIO,
    network: policy ? { gateways: gatewayNamespaces, monitoring } : undefined,
  };
}
