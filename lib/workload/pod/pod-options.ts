import type { Size } from 'cdk8s';
import { AccessMode } from '../../model/access-mode';
import { throwOnErrors } from '../../preflight/finding';
import { mebibytesOf } from '../../units/mebibytes';
import { brandMade, FACTORY } from '../../shapes/brand';
import { findingsOf, oneOf, size } from '../../shapes/shape';
import { structOf } from '../../shapes/struct';
import { objectName } from '../../shapes/object-names';
import type { NetworkPort } from '../ports/port-options';
import * as shapes from './pod-shapes';

export { TaintEffect, type Toleration } from '../../accelerator/toleration';

/**
 * How replicas spread over nodes or zones.
 */
export interface TopologySpread {
  /** Node label whose values replicas spread over, for example `topology.kubernetes.io/zone`. */
  readonly topologyKey: string;

  /**
   * Maximum difference of replicas between two values of the label.
   *
   * @default 1
   */
  readonly maxSkew?: number;

  /**
   * Keep a pod Pending instead of breaking the rule.
   *
   * @default false
   */
  readonly required?: boolean;
}

/**
 * How many replicas a node drain may evict at once. Set one of the two, or none.
 */
export interface DisruptionBudget {
  /**
   * Replicas that may be unavailable.
   *
   * @default 1
   */
  readonly maxUnavailable?: number;

  /**
   * Replicas that must stay available. It must be below the number of replicas, or no node can be drained.
   *
   * @default - `maxUnavailable` applies
   */
  readonly minAvailable?: number;
}

/**
 * Who may send traffic to the pods.
 */
export interface NetworkAccess {
  /**
   * Namespaces whose pods may call the API: gateways, routers, clients.
   *
   * @default - none besides the stack's own
   */
  readonly clientNamespaces?: string[];

  /**
   * IP ranges outside of the pod network that may call the API, for example the proxy-only subnet of a load balancer:
   * `10.129.0.0/23` or `fd00:10::/64`.
   *
   * @default - none
   */
  readonly clientRanges?: string[];

  /**
   * Namespaces whose pods may scrape `/metrics`. vLLM serves metrics and API on one port, so these can call both.
   *
   * @default - monitoring, and the namespace in the address of `scaling.prometheus` and of `prometheus` of the delivery
   */
  readonly monitoringNamespaces?: string[];

  /**
   * Pods of the stack's own namespace may call the API. Turn it off in a shared namespace.
   *
   * @default true
   */
  readonly ownNamespace?: boolean;

  /**
   * Emit a NetworkPolicy. Without one, every pod of the cluster can call the engine.
   *
   * @default true
   */
  readonly policy?: boolean;

  /**
   * Other namespaces with stacks that exchange KV blocks with this one: decode pods of another namespace, for example.
   * Only pods with the label `cdk8s-vllm/kv-peer`, which a stack with such a connector sets, may connect, to every port.
   * Refused in a stack without such a connector.
   *
   * @default - only such pods of the stack's own namespace
   */
  readonly peerNamespaces?: string[];

  /**
   * Ports besides those of the engine: of a sidecar, a mesh that `mesh` does not know, or a debugger.
   *
   * @default - none
   */
  readonly extraPorts?: NetworkPort[];
}

/**
 * Options of a volume that starts empty.
 */
export interface EmptyVolumeOptions {
  /**
   * Maximum size.
   *
   * @default - the node's disk
   */
  readonly sizeLimit?: Size;
}

/**
 * Options of a volume of a PersistentVolumeClaim.
 */
export interface ClaimVolumeOptions {
  /**
   * Who may mount the claim. Synth then checks it against replicas and rollouts. A claim that is made in the same app needs
   * no mode here.
   *
   * @default - not checked, unless the claim is made in the same app
   */
  readonly accessMode?: AccessMode;
}

const SIZE = size('Size.gibibytes(8)');
const ACCESS_MODE = oneOf(...Object.values(AccessMode));

/** Where the files of a volume come from. Plain data for the emit step. */
export type VolumeSource =
  | { readonly configMap: string }
  | { readonly secret: string }
  | { readonly claim: string; readonly readOnly: boolean; readonly accessMode: AccessMode | undefined }
  | { readonly emptySizeMib: number | undefined };

/** A volume of the user, as plain data. */
export interface VolumePlan {
  readonly name: string;
  readonly mountPath: string;
  readonly source: VolumeSource;
}

/**
 * A volume in addition to the stack's own volumes.
 */
export class ExtraVolume {
  /** Files of a ConfigMap, for example a chat template. */
  public static fromConfigMap(configMapName: string, mountPath: string): ExtraVolume {
    const expected = structOf<{ configMapName: string; mountPath: string }>(
      { configMapName: objectName, mountPath: shapes.mountPath },
      {},
    );
    throwOnErrors('ExtraVolume.fromConfigMap', findingsOf({ configMapName, mountPath }, '', expected));
    return new ExtraVolume(FACTORY, volumeName('config', configMapName), mountPath, { configMap: configMapName });
  }

  /** Files of a Secret, for example a TLS certificate. */
  public static fromSecret(secretName: string, mountPath: string): ExtraVolume {
    const expected = structOf<{ secretName: string; mountPath: string }>(
      { secretName: objectName, mountPath: shapes.mountPath },
      {},
    );
    throwOnErrors('ExtraVolume.fromSecret', findingsOf({ secretName, mountPath }, '', expected));
    return new ExtraVolume(FACTORY, volumeName('secret', secretName), mountPath, { secret: secretName });
  }

  /** A PersistentVolumeClaim, read-only: for example LoRA adapters. */
  public static fromClaim(claimName: string, mountPath: string, options: ClaimVolumeOptions = {}): ExtraVolume {
    const expected = structOf<{ claimName: string; mountPath: string }>(
      { claimName: objectName, mountPath: shapes.mountPath },
      {},
    );
    throwOnErrors('ExtraVolume.fromClaim', [
      ...findingsOf({ claimName, mountPath }, '', expected),
      ...findingsOf(options, '', structOf<ClaimVolumeOptions>({}, { accessMode: ACCESS_MODE })),
    ]);
    const source = { claim: claimName, readOnly: true, accessMode: options.accessMode };
    return new ExtraVolume(FACTORY, volumeName('claim', claimName), mountPath, source);
  }

  /** A folder that is empty at the start and is deleted with the pod. */
  public static empty(name: string, mountPath: string, options: EmptyVolumeOptions = {}): ExtraVolume {
    const expected = structOf<{ name: string; mountPath: string }>(
      { name: shapes.volumeName, mountPath: shapes.mountPath },
      {},
    );
    throwOnErrors('ExtraVolume.empty', [
      ...findingsOf({ name, mountPath }, '', expected),
      ...findingsOf(options, '', structOf<EmptyVolumeOptions>({}, { sizeLimit: SIZE })),
    ]);
    return new ExtraVolume(FACTORY, name, mountPath, {
      emptySizeMib: options.sizeLimit && mebibytesOf(options.sizeLimit),
    });
  }

  /** @internal */
  public readonly _source: VolumeSource;

  private constructor(
    caller: typeof FACTORY,
    /** Name of the volume in the pod. */
    public readonly name: string,
    /** Where it is mounted. */
    public readonly mountPath: string,
    source: VolumeSource,
  ) {
    brandMade(this, 'ExtraVolume', caller);
    this._source = source;
  }
}

/** The name of a volume is a DNS label, the name of its object is a DNS subdomain: dots become dashes. */
function volumeName(kind: string, object: string): string {
  return `${kind}-${object.replaceAll('.', '-')}`.slice(0, 63).replace(/-+$/, '');
}
