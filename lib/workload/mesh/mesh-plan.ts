import { ISTIO, TIMING } from '../../defaults';
import type { Decided } from '../../defaults/decision';
import type { TimingPlan } from '../../timing/times';
import type { Mesh, MeshMode } from './mesh';

export const INJECT: string = ISTIO.injectLabel;
export const NATIVE = 'sidecar.istio.io/nativeSidecar';
export const PROXY_CONFIG = 'proxy.istio.io/config';
export const DATAPLANE: string = ISTIO.modeLabel;

/** Everything decided about the mesh of a stack: plain data. */
export interface MeshPlan {
  readonly mode: MeshMode;
  /** Labels of the pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** Annotations of the pods. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Seconds for which a classic sidecar stays after SIGTERM; undefined if the mesh ends after the engine by itself. */
  readonly proxyDrain: Decided | undefined;
  /** Port for callers, besides the engine's. */
  readonly tunnelPort: number;
  /** Ports with metrics of the proxy. */
  readonly metricsPorts: readonly number[];
  /** Addresses from which the kubelet's probes seem to come. */
  readonly probeSources: readonly string[];
}

/**
 * A classic sidecar gets SIGTERM when the pod is deleted, waits for this time, and then closes all connections
 * (istio/istio:pkg/envoy/agent.go, terminate). So it waits until the last answer, and the spans of it with tracing.
 */
function proxyDrainOf({ preStopDelay, shutdownTimeout, stop, input }: TimingPlan): Decided {
  const value = Math.max(stop.value - TIMING.teardown, ISTIO.terminationDrain);
  const spans = input.tracing ? `, ${TIMING.tracingTeardown} s to send spans` : '';
  return { value, reason: `${preStopDelay.value} s before SIGTERM, ${shutdownTimeout.value} s drain${spans}` };
}

/**
 * The proxy accepts new connections for as long as the engine answers them; later ones are refused, and callers try
 * another replica (drainDuration is Envoy's --drain-time-s, istio/istio:pkg/envoy/proxy.go). The engine downloads
 * weights when it starts, so it must not start before the proxy.
 */
function classicConfig({ preStopDelay }: TimingPlan, drain: Decided): string {
  const lines = [
    `drainDuration: ${Math.max(preStopDelay.value, 1)}s`,
    'holdApplicationUntilProxyStarts: true',
    `terminationDrainDuration: ${drain.value}s`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function sidecar(native: boolean, timing: TimingPlan): MeshPlan {
  const proxyDrain = native ? undefined : proxyDrainOf(timing);
  return {
    mode: native ? 'istio-native-sidecar' : 'istio-classic-sidecar',
    labels: { [INJECT]: 'true' },
    annotations: {
      // Set explicitly, because the default depends on the release: native since Istio 1.27 (istio/istio.io:
      // content/en/news/releases/1.27.x/announcing-1.27/change-notes/index.md).
      [NATIVE]: String(native),
      ...(proxyDrain && { [PROXY_CONFIG]: classicConfig(timing, proxyDrain) }),
    },
    proxyDrain,
    tunnelPort: ISTIO.tunnelPort,
    metricsPorts: ISTIO.metricsPorts,
    probeSources: [],
  };
}

function ambient(): MeshPlan {
  return {
    mode: 'istio-ambient',
    // In a namespace with injection, a sidecar would win over ambient (istio/istio.io:
    // content/en/docs/ambient/usage/add-workloads/index.md).
    labels: { [DATAPLANE]: 'ambient', [INJECT]: 'false' },
    annotations: {},
    // ztunnel serves until every process of the pod has ended (istio/istio:architecture/ambient/ztunnel-cni-lifecycle.md).
    proxyDrain: undefined,
    tunnelPort: ISTIO.tunnelPort,
    metricsPorts: [],
    probeSources: ISTIO.probeSources,
  };
}

/** Decides what a mesh needs of the pods. */
export function planMesh(mesh: Mesh | undefined, timing: TimingPlan): MeshPlan | undefined {
  if (mesh === undefined) return undefined;
  const { _mode: mode } = mesh;
  return mode === 'istio-ambient' ? ambient() : sidecar(mode === 'istio-native-sidecar', timing);
}
