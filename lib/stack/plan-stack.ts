import { PORT } from '../defaults';
import type { Argument } from '../engine/command-line/arguments';
import { Catalogue } from '../engine/catalogue/catalogue';
import { checkArguments } from '../engine/check/check-arguments';
import type { Release } from '../engine/release';
import { atLeast } from '../engine/release';
import { VllmVersion } from '../engine/vllm-version';
import { shapeOf } from '../model/shape-of-model';
import { Weights } from '../model/weights';
import type { Finding } from '../preflight/finding';
import { MIB_PER_GIB } from '../units/mebibytes';
import { objectNames } from '../plan/object-names';
import type { CommandLine } from '../engine/command-line/command-line';
import { planCommandLine, renderCommandLine } from '../engine/command-line/command-line';
import { crossCheck } from '../rules/cross-checks';
import type { EnvironmentVariable } from '../engine/environment';
import { planEnvironment, readyTimeoutIsConfigurable } from '../engine/environment';
import { FlagValues } from '../engine/facts/flag-values';
import type { HistogramBound } from '../engine/command-line/histogram-bounds';
import { boundFindings } from '../engine/command-line/histogram-bounds';
import { planMemory } from '../memory/memory-plan';
import { parallelismOf } from '../engine/facts/parallelism';
import { planResources } from '../timing/resources';
import { saidResources, saidTiming } from '../timing/said';
import { placementFindings, revisionFindings, versionFindings } from './serving-findings';
import type { ServingProps } from './serving-props';
import type { TimingPlan } from '../timing/timing';
import { planTiming } from '../timing/timing';
import { planWeights } from '../timing/weights-plan';
import type { StackPlan } from '../plan/stack-plan';
import type { WorkloadKindName } from '../workload/kinds/workload-kinds';
import { DEFAULT_KIND, WORKLOAD_KINDS } from '../workload/kinds/workload-kinds';

/** What the stack adds to the properties when it asks for a plan. */
export interface PlanOptions {
  /** How the replicas are run; `DEFAULT_KIND` when absent. */
  readonly kind?: WorkloadKindName;
  /** Parts of the stack that read vLLM's metrics, in words. */
  readonly metricUsers: readonly string[];
  /** Metrics of vLLM's own that they read. */
  readonly metrics: readonly string[];
  /** Arguments that other parts of the stack need, each with the property that it comes from. */
  readonly args?: readonly Argument[];
  /** Upper bounds that histograms must have, because other parts of the stack count what is below them. */
  readonly bounds?: readonly HistogramBound[];
  /** Variables that other parts of the stack need; `env` and `secretEnv` win over them. */
  readonly environment?: readonly EnvironmentVariable[];
}

/**
 * First minor whose engine drains on SIGTERM without racing against the HTTP server's own signal handlers
 * (vLLM #49668); `--shutdown-timeout` itself exists since 0.18.
 */
const ENGINE_DRAINS_SINCE = '0.28';

/** Decides everything about a stack. Expects properties of the right shape. */
export function planStack(props: ServingProps, options: PlanOptions): StackPlan {
  const { kind = DEFAULT_KIND, metricUsers, metrics, bounds = [] } = options;
  const { model, accelerator, engine = {} } = props;
  const version = props.vllmVersion ?? VllmVersion.V0_32_0;
  const weights = props.weights ?? Weights.fromHub();
  const release: Release = version._release;
  const catalogue = Catalogue.of(release);
  const checked = version.isChecked ? catalogue : undefined;
  const architecture = shapeOf(model);

  const line = planCommandLine({
    model,
    weights,
    accelerator,
    engine,
    extraArgs: props.extraArgs ?? [],
    others: options.args ?? [],
    bounds,
    ownedFlags: WORKLOAD_KINDS[kind].ownedFlags,
    catalogue,
  });
  const flags = new FlagValues(line.args, catalogue);
  const parallelism = parallelismOf(flags, release);
  const memoryUtilization = flags.number('--gpu-memory-utilization') ?? 1;
  const weightsPlan = planWeights({ model, weights, accelerator, architecture, memoryUtilization });

  const said = new Map([
    ...Object.entries(props.env ?? {}),
    ...Object.keys(props.secretEnv ?? {}).map((name): [string, undefined] => [name, undefined]),
  ]);
  const memory = planMemory(
    { model, shape: architecture, accelerator, flags, release, parallelism, weights: weightsPlan, environment: said },
    props.unsafeMemoryFit,
  );

  const timing = planTiming({
    said: saidTiming(props.lifecycle),
    weights: weightsPlan.size,
    loadRate: weightsPlan.loadRate,
    apiServers: parallelism.apiServers,
    engineDrains: atLeast(release, ENGINE_DRAINS_SINCE),
    readyTimeoutIsConfigurable: readyTimeoutIsConfigurable(release),
    tracing: flags.has('--otlp-traces-endpoint'),
  });
  const resources = planResources({
    said: saidResources(props.resources),
    devices: accelerator.count,
    apiServers: parallelism.apiServers,
    dataParallelSize: parallelism.dataLocal,
    weights: weightsPlan.size,
    offloaded: offloadedMib(flags, accelerator.count, parallelism.dataLocal),
    downloads: weights.claim === undefined,
  });
  const environment = planEnvironment({
    env: props.env ?? {},
    secretEnv: props.secretEnv ?? {},
    apiKey: props.apiKey,
    accessToken: model.options.accessToken,
    offline: weights.offline,
    startupBudget: timing.startupBudget.value,
    others: options.environment ?? [],
    release,
    catalogue: checked,
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
    maxNumSeqs: flags.number('--max-num-seqs'),
    engines: parallelism.dataLocal,
    image: version.image,
    args: renderCommandLine(line.model, args, catalogue),
    flags: flags.names(),
    environment: environment.variables,
    port: PORT,
    https: flags.has('--ssl-certfile'),
    device: { resourceName: accelerator.resourceName, count: accelerator.count, claim: accelerator._claim },
    nodeLabels: placement.labels,
    weights: weightsPlan,
    memory,
    timing,
    resources,
    findings: [
      ...versionFindings(version, props.vllmVersion !== undefined, {
        // The library decides about this one in every release, whether it ends up on the command line or not.
        flags: [...flags.names(), '--shutdown-timeout'],
        env: environment.variables.map(({ name }) => name),
        metrics,
      }),
      ...commandLineFindings(line, checked),
      ...(checked ? boundFindings(bounds, flags, checked) : []),
      ...crossCheck({
        flags,
        release,
        versionIsChecked: version.isChecked,
        modelId: model.id,
        offline: weights.offline,
        architecture,
        accelerator,
        image: version.image,
        parallelism,
        environment: said,
        metricUsers,
      }),
      ...environment.findings,
      ...weightsPlan.findings,
      ...memory.findings,
      ...timing.findings,
      ...resources.findings,
      ...placement.findings,
      ...revisionFindings(props),
    ],
  };
}

/** Host memory for weights of each device and KV blocks of each engine core, from the flags that move them there. */
function offloadedMib(flags: FlagValues, devices: number, engineCores: number): number {
  const weights = (flags.number('--cpu-offload-gb') ?? 0) * devices;
  const blocks = (flags.number('--kv-offloading-size') ?? 0) * engineCores;
  return Math.ceil((weights + blocks) * MIB_PER_GIB);
}

function shutdownArguments({ shutdownTimeout: { value } }: TimingPlan): Argument[] {
  return value > 0 ? [{ origin: 'lifecycle.drainTimeout', flag: '--shutdown-timeout', values: [String(value)] }] : [];
}

function commandLineFindings(line: CommandLine, checked: Catalogue | undefined): Finding[] {
  return [...line.findings, ...(checked ? checkArguments(line.args, checked) : [])];
}
