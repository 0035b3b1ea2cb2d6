import { throwOnErrors } from '../../preflight/finding';
import { brandMade, FACTORY } from '../../shapes/brand';
import { findingsOf, flag } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';

/**
 * Options of a stack whose pods have an Istio sidecar.
 */
export interface IstioSidecarOptions {
  /**
   * Inject the proxy as a native sidecar: it starts before the engine and ends after it, so that running answers are
   * not cut. Needs Istio 1.24 and Kubernetes 1.29 or later. With `false`, the proxy gets SIGTERM together with the
   * engine, and waits for the whole drain time of the stack.
   *
   * @default true
   */
  readonly native?: boolean;
}

const SIDECAR = structOf<IstioSidecarOptions>({}, { native: flag });

/** How the traffic of the pods enters the mesh. Plain data for the next step. */
export type MeshMode = 'istio-native-sidecar' | 'istio-classic-sidecar' | 'istio-ambient';

/**
 * The service mesh that the pods of a stack are part of. The mesh itself is not installed.
 */
export class Mesh {
  /**
   * Istio with a proxy in each pod. Without the Istio CNI plugin, injection adds a container that Pod Security
   * "restricted" and "baseline" refuse.
   */
  public static istioSidecar(options: IstioSidecarOptions = {}): Mesh {
    throwOnErrors('Mesh.istioSidecar', findingsOf(options, '', SIDECAR));
    return new Mesh(FACTORY, options.native === false ? 'istio-classic-sidecar' : 'istio-native-sidecar');
  }

  /** Istio with a proxy on each node (ztunnel). The pods stay as they are. */
  public static istioAmbient(): Mesh {
    return new Mesh(FACTORY, 'istio-ambient');
  }

  /** @internal */
  public readonly _mode: MeshMode;

  private constructor(caller: typeof FACTORY, mode: MeshMode) {
    brandMade(this, 'Mesh', caller);
    this._mode = mode;
  }
}
