import { PORT } from '../defaults';
import type { OwnArgument } from '../engine/command-line/arguments';
import { Catalogue } from '../engine/catalogue/catalogue';
import { hasQuirk } from '../engine/catalogue/quirks';
import { checkArguments } from '../engine/check/check-arguments';
import type { Release } from '../engine/release';
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
import { planEnvironment } from '../engine/environment';
import type { EngineFacts } from '../engine/facts/engine-facts';
import type { HistogramBound } from '../engine/command-line/histogram-bounds';
import { boundFindings } from '../engine/command-line/histogram-bounds';
import { planMemory } from '../memory/memory-plan';
import { planResources } from '../timing/resources';
import { saidResources, saidTiming } from '../timing/said';
import { placementFindings, revisionFindings, versionFindings } from './serving-findings';
import type { ServingProps } from './serving-props';
import type { TimingPlan } from '../timing/times';
import { planTiming } from '../timing/timing';
import { planWeights, weightsFindings } from '../timing/weights-plan';
import { resourceFindings } from '../timing/resource-findings';
import { timingFindings } from '../timing/timing-findings';
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
  /** Variables that other parts of the stack need; `env` and `secretEnv` win over them. */
  readonly environment?: readonly EnvironmentVariable[];
}

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
  const { facts } = line;
  const { apiServers, dataLocal } = facts.parallelism;
  const memoryUtilization = facts.gpuMemoryUtilization.value ?? 1;
  const weightsPlan = planWeights({ model, weights, accelerator, architecture, memoryUtilization });

  const said = new Map([
    ...Object.entries(props.env ?? {}),
    ...Object.keys(props.secretEnv ?? {}).map((name): [string, undefined] => [name, undefined]),
  ]);
  const memory = planMemory(
    { model, shape: architecture, accelerator, facts, release, weights: weightsPlan, environment: said },
    props.unsafeMemoryFit,
  );

  const timing = planTiming({
    said: saidTiming(props.lifecycle),
    weights: weightsPlan.size,
    loadRate: weightsPlan.loadRate,
    apiServers,
    engineDrains: hasQuirk(release, 'engine-drains'),
    readyTimeoutIsConfigurable: hasQuirk(release, 'ready-timeout'),
    tracing: facts.otlpTracesEndpoint.isSet,
  });
  const resources = planResources({
    said: saidResources(props.resources),
    devices: accelerator.count,
    apiServers,
    dataParallelSize: dataLocal,
    weights: weightsPlan.size,
    offloaded: offloadedMib(facts, accelerator.count),
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
    maxNumSeqs: facts.maxNumSeqs.value,
    engines: dataLocal,
    image: version.image,
    args: renderCommandLine(line.model, args, catalogue),
    flags: facts.flags,
    environment: environment.variables,
    port: PORT,
    https: facts.sslCertfile.isSet,
    device: { resourceName: accelerator.resourceName, count: accelerator.count, claim: accelerator._claim },
    nodeLabels: placement.labels,
    weights: weightsPlan,
    memory,
    timing,
    resources,
    findings: [
      ...versionFindings(version, props.vllmVersion !== undefined, {
        // The library decides about this flag in every release, even if it is not on the command line.
        flags: [...facts.flags, '--shutdown-timeout'],
        env: environment.variables.map(({ name }) => name),
        metrics,
      }),
      ...commandLineFindings(line, checked),
      ...(checked ? boundFindings(bounds, facts, checked) : []),
      ...crossCheck({
        facts,
        release,
        versionIsChecked: version.isChecked,
        modelId: model.id,
        offline: weights.offline,
        architecture,
        accelerator,
        image: version.image,
        environment: said,
        metricUsers,
      }),
      ...environment.findings,
      ...weightsFindings(weightsPlan, model.id),
      ...memory.findings,
      ...timingFindings(timing),
      ...resourceFindings(resources),
      ...placement.findings,
      ...revisionFindings(props),
    ],
  };
}

/** Host memory for weights of each device and KV blocks of each engine core, from the flags that move them there. */
function offloadedMib({ cpuOffloadGb, kvOffloadingSize, parallelism }: EngineFacts, devices: number): number {
  const weights = (cpuOffloadGb.value ?? 0) * devices;
  const blocks = (kvOffloadingSize.value ?? 0) * parallelism.dataLocal;
  return Math.ceil((weights + blocks) * MIB_PER_GIB);
}

function shutdownArguments({ shutdownTimeout: { value } }: TimingPlan): OwnArgument[] {
  return value > 0 ? [{ origin: 'lifecycle.drainTimeout', flag: '--shutdown-timeout', values: [String(value)] }] : [];
}

function commandLineFindings(line: CommandLine, checked: Catalogue | undefined): Finding[] {
  return [...line.findings, ...(checked ? checkArguments(line.args, checked) : [])];
}
