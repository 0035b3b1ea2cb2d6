import type { DeviceClaim } from '../accelerator/device-claim';
import { PORT } from '../defaults';
import type { Argument } from '../engine/arguments';
import { Catalogue } from '../engine/catalogue/catalogue';
import { checkArguments } from '../engine/check-arguments';
import type { Release } from '../engine/release';
import { atLeast } from '../engine/release';
import { VllmVersion } from '../engine/vllm-version';
import { shapeOf } from '../model/shape-of-model';
import { Weights } from '../model/weights';
import type { Finding } from '../preflight/finding';
import { MIB_PER_GIB } from '../private/mebibytes';
import { objectNames } from '../private/names';
import type { CommandLine } from './command-line';
import { planCommandLine, renderCommandLine } from './command-line';
import { crossCheck } from './cross-checks';
import type { EnvironmentVariable } from './environment';
import { planEnvironment, readyTimeoutIsConfigurable } from './environment';
import { FlagValues } from './flag-values';
import type { HistogramBound } from './histogram-bounds';
import { boundFindings } from './histogram-bounds';
import type { MemoryPlan } from './memory-fit-plan';
import { planMemory } from './memory-fit-plan';
import { parallelismOf } from './parallelism';
import type { ResourcePlan } from './resources';
import { planResources } from './resources';
import { saidResources, saidTiming } from './said';
import { placementFindings, revisionFindings, versionFindings } from './serving-findings';
import type { ServingProps } from './serving-props';
import type { TimingPlan } from './timing';
import { planTiming } from './timing';
import type { WeightsPlan } from './weights-plan';
import { planWeights } from './weights-plan';

/** Everything decided about a stack before anything is emitted: plain data. */
export interface StackPlan {
  readonly name: string;
  /** Undefined when the chart decides. */
  readonly namespace: string | undefined;
  readonly names: ReturnType<typeof objectNames>;
  readonly version: string;
  readonly release: Release;
  /** False for a version about which nothing is claimed. */
  readonly versionIsChecked: boolean;
  readonly image: string;
  /** Items of the container's `args`. */
  readonly args: readonly string[];
  /** Flags on the command line, as the catalogue spells them. */
  readonly flags: readonly string[];
  readonly environment: readonly EnvironmentVariable[];
  readonly port: number;
  /** Sequences of the engine's batch, where they are said. */
  readonly maxNumSeqs: number | undefined;
  /** Engines in one replica: its data-parallel ranks, each with a batch of its own. */
  readonly engines: number;
  /** True when the engine serves TLS: probes and scraping follow. */
  readonly https: boolean;
  readonly device: {
    /** Extended resource, which the pod requests unless it claims the devices. */
    readonly resourceName: string;
    readonly count: number;
    readonly claim: DeviceClaim | undefined;
  };
  /** Node labels that must hold, each with its allowed values. */
  readonly nodeLabels: Readonly<Record<string, readonly string[]>>;
  readonly weights: WeightsPlan;
  readonly memory: MemoryPlan;
  readonly timing: TimingPlan;
  readonly resources: ResourcePlan;
  readonly findings: readonly Finding[];
}

/** What the stack adds to the properties when it asks for a plan. */
export interface PlanOptions {
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
  const { metricUsers, metrics, bounds = [] } = options;
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
