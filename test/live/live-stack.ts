import { App, Chart, Duration } from 'cdk8s';
import {
  Accelerator,
  type CanaryOptions,
  CanaryRouter,
  Delivery,
  GpuModel,
  Model,
  Objective,
  PrometheusServer,
  Scaling,
  VllmInferenceStack,
  type VllmInferenceStackProps,
} from '../../lib';
import { GATEWAY } from '../world/istio';
import type { Any } from '../world/world-api';
import { type Behaviour, EnginePod, VERSION, versionOf } from './engine-pod';
import { hurried } from './hurried';
import type { LiveWorld } from './live-world';
import { PROMETHEUS } from './ports';
import { Recorder } from './recorder';
import { withRolloutsFields } from './rollouts-fields';
import { isServed, Traffic } from './traffic';

/** The namespace of all stacks. */
export const NAMESPACE = 'llm';

const PROMETHEUS_SERVER = PrometheusServer.at(PROMETHEUS);

/** What a test sets. */
export type Options = Partial<
  Pick<VllmInferenceStackProps, 'scaling' | 'delivery' | 'alerts' | 'podAnnotations' | 'secretEnv'>
>;

/** Requests in a window of 5 s that a guard needs: at 5 % of some hundred a second. */
const MIN_REQUESTS = 60;

/** What a test sets of a canary. */
export type CanarySettings = Partial<CanaryOptions> & {
  /** Hosts besides the one that is asked. */
  readonly hosts?: readonly string[];
};

/** A canary as the defaults have it, of a host at the gateway. */
export const canaryOf = (name: string, { hosts = [], ...more }: CanarySettings = {}): Delivery =>
  Delivery.canary({
    router: CanaryRouter.istio({
      hosts: [`${name}.test`, ...hosts],
      gateways: [`${GATEWAY.namespace}/${GATEWAY.name}`],
    }),
    analysis: { minRequests: MIN_REQUESTS },
    prometheus: PROMETHEUS_SERVER,
    ...more,
  });

const idOf = ({ kind, metadata }: Any): string => `${kind}/${metadata.name}`;

/** A route of the gateway to the Service of a stack, for a delivery that emits none. */
const routeTo = (name: string): object => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: `${name}-route`, namespace: NAMESPACE },
  spec: {
    hosts: [`${name}.test`],
    gateways: [`${GATEWAY.namespace}/${GATEWAY.name}`],
    http: [{ route: [{ destination: { host: `${name}-svc`, port: { number: 8000 } } }] }],
  },
});

/** One stack in the world: its host is `NAME.test`. */
export class LiveStack {
  private applied: readonly Any[] = [];

  public constructor(
    public readonly world: LiveWorld,
    public readonly name: string,
    private readonly options: Options = {},
  ) {}

  /** Everything that the library emits for a version. */
  public manifests(version: string, behaviour: Behaviour = {}, options: Options = {}): Any[] {
    const chart = new Chart(new App(), 'live', { namespace: NAMESPACE });
    new VllmInferenceStack(chart, this.name, {
      name: this.name,
      model: Model.of('meta-llama/Llama-3.1-8B-Instruct', { servedNames: ['llama'] }),
      accelerator: Accelerator.gpu(GpuModel.L40S),
      engine: { maxModelLen: 16384 },
      env: { [VERSION]: versionOf(version, behaviour) },
      scaling: Scaling.fixed(4),
      delivery: canaryOf(this.name),
      objectives: [
        Objective.errorRate({ below: 0.02 }),
        Objective.timeToFirstToken({ percentile: 95, within: Duration.millis(250) }),
      ],
      monitoringLabels: {},
      ...this.options,
      ...options,
    });
    const manifests = hurried(chart.toJson());
    return manifests.some(({ kind }) => kind === 'VirtualService') ? manifests : [...manifests, routeTo(this.name)];
  }

  /**
   * Applies everything, and deletes what is no longer emitted, as a pipeline does. It does not change what the Rollout
   * owns in the cluster, as `ignoreDifferences` and client-side apply do not; with `forced` it does.
   */
  public async deploy(
    version: string,
    behaviour: Behaviour = {},
    options: Options = {},
    { forced = false } = {},
  ): Promise<void> {
    const manifests = this.manifests(version, behaviour, options);
    await this.world.apply(forced ? manifests : await withRolloutsFields(this.world.api, manifests));
    const now = new Set(manifests.map(idOf));
    await this.world.remove(this.applied.filter((manifest) => !now.has(idOf(manifest))));
    this.applied = manifests;
    await this.world.prometheus.scrape(manifests.filter(({ kind }) => kind === 'PodMonitor'));
  }

  /** Deploys the first version, and starts requests. */
  public async start(clients: number, behaviour: Behaviour = {}): Promise<{ traffic: Traffic; recorder: Recorder }> {
    await this.deploy('v1', behaviour);
    await this.untilServed('v1');
    const host = `${this.name}.test`;
    await this.world.until(`${host} is served`, () => isServed(host));
    const traffic = new Traffic(host, clients);
    return { traffic, recorder: this.record(traffic) };
  }

  public record(traffic?: Traffic): Recorder {
    const { name } = this;
    const recorded = { namespace: NAMESPACE, rollout: name, virtualService: `${name}-route`, canary: `${name}-canary` };
    return new Recorder(this.world, recorded, traffic);
  }

  public async rollout(): Promise<Any> {
    return this.world.api.get(this.path);
  }

  /** The phase, with the message of the controller. */
  public async phase(): Promise<string> {
    const { metadata, status } = await this.rollout();
    return `${metadata.generation}` === status?.observedGeneration ? status.phase : 'Progressing';
  }

  public async untilPhase(phase: string, timeoutMs?: number): Promise<void> {
    await this.world.until(`${this.name} is ${phase}`, async () => (await this.phase()) === phase, timeoutMs);
  }

  /** Waits until a version serves all requests and no other pod is left. */
  public async untilServed(version: string, timeoutMs?: number): Promise<void> {
    const only = async (): Promise<boolean> => {
      const pods = this.pods();
      return pods.length > 0 && pods.every((pod) => pod.version === version && pod.ready);
    };
    await this.world.until(
      `${version} alone serves`,
      async () => (await only()) && (await this.phase()) === 'Healthy',
      timeoutMs,
    );
  }

  /** Waits for a weight of the canary. */
  public async untilWeight(recorder: Recorder, weight: number, timeoutMs?: number): Promise<void> {
    await this.world.until(`the weight is ${weight}`, async () => recorder.rows.at(-1)?.weight === weight, timeoutMs);
  }

  /** As `kubectl argo rollouts abort` does. */
  public async abort(): Promise<void> {
    await this.world.api.merge(`${this.path}/status`, { status: { abort: true } });
  }

  public async analysisRuns(): Promise<Any[]> {
    const { items } = await this.world.api.get(`/apis/argoproj.io/v1alpha1/namespaces/${NAMESPACE}/analysisruns`);
    return items.filter(({ metadata }: Any) => metadata.ownerReferences?.[0]?.name === this.name);
  }

  /** The hash of the version that the Rollout runs or wants to run. */
  public async currentHash(): Promise<string> {
    return (await this.rollout()).status.currentPodHash;
  }

  /** The pods, with those that end. */
  public pods(): EnginePod[] {
    return this.world.kubelet
      .podsOf(NAMESPACE)
      .flatMap(({ process }) => (process instanceof EnginePod ? [process] : []))
      .filter(({ pod }) => pod.metadata.labels?.app === this.name);
  }

  public async remove(): Promise<void> {
    await this.world.remove(this.applied);
    await this.world.until(`${this.name} is gone`, async () => this.pods().length === 0);
  }

  private get path(): string {
    return `/apis/argoproj.io/v1alpha1/namespaces/${NAMESPACE}/rollouts/${this.name}`;
  }
}
