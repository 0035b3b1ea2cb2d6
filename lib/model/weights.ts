import type { Size } from 'cdk8s';
import { error, throwOnErrors } from '../preflight/finding';
import { brand } from '../shapes/brand';
import { DNS_SUBDOMAIN } from '../shapes/kubernetes-names';
import { findingsOf, matching, oneOf, size } from '../shapes/shape';
import { structOf } from '../shapes/struct';
import { AccessMode } from './access-mode';

/**
 * Options of weights that come from the Hugging Face Hub.
 */
export interface HubWeightsOptions {
  /**
   * PersistentVolumeClaim that keeps the download between pods. With several replicas it needs `ReadWriteMany`.
   *
   * @default - each pod downloads into a volume of its own, which is deleted with the pod
   */
  readonly cacheClaim?: string;

  /**
   * Who may mount the cache claim. Synth then checks it against replicas and rollouts. A claim that is made in the same app
   * needs no mode here.
   *
   * @default - not checked, unless the claim is made in the same app
   */
  readonly accessMode?: AccessMode;

  /**
   * How much of the weights a starting pod reads each second. It sets the startup budget.
   *
   * @default - 100 MiB; with a cache claim the same, because the first pod still downloads
   */
  readonly loadRatePerSecond?: Size;
}

/**
 * Options of weights that a volume already holds.
 */
export interface VolumeWeightsOptions {
  /** PersistentVolumeClaim with the model files. Mounted read-only at `/models`. */
  readonly claim: string;

  /**
   * Who may mount the claim. Synth then checks it against replicas and rollouts. A claim that is made in the same app needs
   * no mode here.
   *
   * @default - not checked, unless the claim is made in the same app
   */
  readonly accessMode?: AccessMode;

  /**
   * Folder of the model inside the volume.
   *
   * @default - the volume's root
   */
  readonly path?: string;

  /**
   * How much of the weights a starting pod reads each second. It sets the startup budget.
   *
   * @default - 200 MiB
   */
  readonly loadRatePerSecond?: Size;
}

const SIZE = size('Size.mebibytes(500)');
const CLAIM = matching(DNS_SUBDOMAIN, 'the name of a PersistentVolumeClaim: lower-case letters, digits, "-" and "."');
const MODE = oneOf(...Object.values(AccessMode));
const HUB_SHAPE = structOf<HubWeightsOptions>({}, { cacheClaim: CLAIM, accessMode: MODE, loadRatePerSecond: SIZE });
const VOLUME_SHAPE = structOf<VolumeWeightsOptions>(
  { claim: CLAIM },
  {
    path: matching(/^(?!\/)(?!.*\.\.)\S+$/, 'a folder inside the volume, relative and without ".."'),
    accessMode: MODE,
    loadRatePerSecond: SIZE,
  },
);

/**
 * Where the model files come from, and where they are kept.
 */
export class Weights {
  /** Downloads from the Hugging Face Hub when the pod starts. */
  public static fromHub(options: HubWeightsOptions = {}): Weights {
    throwOnErrors('Weights.fromHub', findingsOf(options, '', HUB_SHAPE));
    if (options.accessMode !== undefined && options.cacheClaim === undefined) {
      const problem = `is ${options.accessMode}, but cacheClaim is unset: there is no claim`;
      throwOnErrors('Weights.fromHub', [error('wrong-value', 'accessMode', problem, 'set cacheClaim, or remove it')]);
    }
    return new Weights(options.cacheClaim, undefined, false, options.loadRatePerSecond, options.accessMode);
  }

  /** Reads from a volume that already holds the model. The pod then never contacts the Hub. */
  public static fromVolume(options: VolumeWeightsOptions): Weights {
    throwOnErrors('Weights.fromVolume', findingsOf(options, '', VOLUME_SHAPE));
    return new Weights(options.claim, options.path, true, options.loadRatePerSecond, options.accessMode);
  }

  /** @internal */
  public readonly _accessMode: AccessMode | undefined;

  private constructor(
    /** PersistentVolumeClaim, if there is one. */
    public readonly claim: string | undefined,
    /** Folder inside the claim. */
    public readonly path: string | undefined,
    /** True when the volume already holds the model and the pod never contacts the Hub. */
    public readonly offline: boolean,
    /** How much of the weights a starting pod reads each second, if the user set it. */
    public readonly loadRatePerSecond: Size | undefined,
    accessMode: AccessMode | undefined,
  ) {
    brand(this, 'Weights');
    this._accessMode = accessMode;
  }
}
