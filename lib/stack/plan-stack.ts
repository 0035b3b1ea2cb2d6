import { PORT } from '../defaults';
import { CPU_REPOSITORY } from '../defaults/images';
import type { OwnArgument } from '../engine/command-line/arguments';
import { Catalogue } from '../engine/catalogue/catalogue';
import { hasQuirk } from '../engine/catalogue/quirks';
import type { Release } from '../engine/release';
import { VllmVersion } from '../engine/vllm-version';
import { acceleratorPlan, isCpu } from '../accelerator/accelerator-plan';
import { architectureLabels } from '../accelerator/placement';
import { modelPlan } from '../model/model-plan';
import { isFolder, isInObjectStorage } from '../model/model-id';
import { Weights } from '../model/weights';
import { objectNames } from '../plan/object-names';
import { planCommandLine, renderCommandLine } from '../engine/command-line/command-line';
import { cpuEnvironment } from '../engine/cpu-environment';
import type { EnvironmentVariable } from '../engine/environment';
import { planEnvironment, setVariables } from '../engine/environment';
import type { HistogramBound } from '../engine/command-line/histogram-bounds';
import { hostNeeds } from '../memory/host/host-needs';
import { ranksOf } from '../memory/host/host-context';
import { memoryOnCpu } from '../memory/host/memory-on-cpu';
import { planMemory } from '../memory/memory-plan';
import { planResources } from '../timing/resources';
import { resourceSettings, timingSettings } from '../timing/settings';
import { placementFindings } from './placement-findings';
import type { ServingProps } from './serving-props';
import type { TimingPlan } from '../timing/times';
import { planTiming } from '../timing/timing';
import { planWeights } from '../timing/weights-plan';
import type { StackPlan } from '../plan/stack-plan';
import type { WorkloadKindName } from '../workload/kinds/workload-kinds';
import { DEFAULT_KIND, WORKLOAD_KINDS } from '../workload/kinds/workload-kinds';

/** Inputs of a plan besides the properties. */
export interface PlanOptions {
  /** Kind of the workload; `DEFAULT_KIND` when unset. */
  readonly kind?: WorkloadKindName;
  /** Parts of the stack that read vLLM's metrics, by name. */
  readonly metricUsers: readonly string[];
  /** vLLM's own metrics that they read. */
  readonly metrics: readonly string[];
  /** Arguments that other parts of the stack need, each with its property. */
  readonly args?: readonly OwnArgument[];
  /** Upper bounds that histograms must have: other parts of the stack count the events below them. */
  readonly bounds?: readonly HistogramBound[];
  /** Where volumes of the user are mounted. */
  readonly mounts?: readonly string[];
  /** Variables that other parts of the stack need; `env` and `secretEnv` win over them. */
  readonly environment?: readonly EnvironmentVariable[];
}

/** The release that a stack runs: the default version where the user set none. */
export const versionOf = ({ vllmVersion }: Pick<ServingProps, 'vllmVersion'>): VllmVersion =>
  vllmVersion ?? VllmVersion.V0_32_0;

/** Decides everything about a stack. Expects properties of the right shape. */
export function planStack(props: ServingProps, options: PlanOptions): StackPlan {
  const { kind = DEFAULT_KIND, metricUsers, metrics, bounds = [], mounts = [] } = options;
  const { model, accelerator, engine = {} } = props;
  const version = versionOf(props);
  const weights = props.weights ?? Weights.fromHub();
  const release: Release = version._release;
  const catalogue = Catalogue.of(release);
  const { ownedFlags } = WORKLOAD_KINDS[kind];
  const variables = { env: props.env ?? {}, secretEnv: Object.keys(props.secretEnv ?? {}) };
  const planned = { model: modelPlan(model), accelerator: acceleratorPlan(accelerator) };
  const onCpu = isCpu(planned.accelerator);

  const line = planCommandLine({
    model,
    weights,
    accelerator,
    engine,
    extraArgs: props.extraArgs ?? [],
    others: options.args ?? [],
    bounds,
    catalogue,
  });
  const { facts } = line;
  const { apiServers, dataLocal } = facts.parallelism;
  const memoryUtilization = facts.gpuMemoryUtilization.value ?? 1;
  const weightsPlan = planWeights({
    model,
    weights,
    accelerator,
    architecture: planned.model.shape,
    memoryUtilization,
  });

  const memory = planMemory({ ...planned, facts, release, weights: weightsPlan, environment: setVariables(variables) });

  const timing = planTiming({
    settings: timingSettings(props.lifecycle),
    weights: weightsPlan.size,
    loadRate: weightsPlan.loadRate,
    apiServers,
    engineDrains: hasQuirk(release, 'engine-drains'),
    readyTimeoutIsConfigurable: hasQuirk(release, 'ready-timeout'),
    tracing: facts.otlpTracesEndpoint.isSet,
    onCpu,
  });
  const host = hostNeeds({
    ...planned,
    facts,
    release,
    weights: weightsPlan,
    environment: setVariables(variables),
    mounts,
  });
  const inPlaceOfGpu = onCpu ? memoryOnCpu(memory, planned.accelerator.kvCacheMib, ranksOf({ facts })) : [];
  const resources = planResources({
    settings: resourceSettings(props.resources),
    devices: accelerator.count,
    onCpu,
    apiServers,
    dataParallelSize: dataLocal,
    weights: weightsPlan.size,
    host: { ...host, memory: [...inPlaceOfGpu, ...host.memory] },
    checksSharedMemory: hasQuirk(release, 'offload-in-shm'),
    downloads: weights.claim === undefined && !isInObjectStorage(model.id) && !isFolder(model.id),
  });
  const environment = planEnvironment({
    env: props.env ?? {},
    secretEnv: props.secretEnv ?? {},
    apiKey: props.apiKey,
    accessToken: model.options.accessToken,
    offline: weightsPlan.offline,
    isCached: weightsPlan.isCached,
    startupBudget: timing.startupBudget.value,
    others: [
      ...cpuEnvironment({
        accelerator: planned.accelerator,
        release,
        hasCacheFlag: facts.kvCacheMemoryBytes.isSet,
        threads: resources.threads?.value,
      }),
      ...(options.environment ?? []),
    ],
    release,
  });
  const placement = props.placement?._rule(accelerator) ?? { labels: {}, findings: placementFindings(props) };
  const args = [...line.args, ...shutdownArguments(timing)];

  return {
    name: props.name,
    namespace: props.namespace,
    names: objectNames(props.name),
    version: version.version,
    release,
    versionIsChecked: version.isChecked,
    maxNumSeqs: facts.maxNumSeqs.value,
    engines: dataLocal,
    image: onCpu ? version._imageIn(CPU_REPOSITORY) : version.image,
    args: renderCommandLine(line.model, args, catalogue),
    flags: facts.flags,
    environment,
    port: PORT,
    https: facts.sslCertfile.isSet,
    device: { resourceName: accelerator.resourceName, onCpu, count: accelerator.count, claim: accelerator._claim },
    nodeLabels: { ...architectureLabels(accelerator), ...placement.labels },
    weights: weightsPlan,
    memory,
    timing,
    resources,
    basis: {
      versionIsSet: props.vllmVersion !== undefined,
      upgradingFrom: version._upgradingFrom,
      ...planned,
      weightsPath: weights.path,
      commandLine: line,
      extraArgs: props.extraArgs ?? [],
      ownedFlags,
      variables,
      mounts,
      metricUsers,
      metrics,
      bounds,
      unsafeMemoryFit: props.unsafeMemoryFit,
      placement: placement.findings,
    },
  };
}

function shutdownArguments({ shutdownTimeout: { value } }: TimingPlan): OwnArgument[] {
  return value > 0 ? [{ origin: 'lifecycle.drainTimeout', flag: '--shutdown-timeout', values: [String(value)] }] : [];
}
