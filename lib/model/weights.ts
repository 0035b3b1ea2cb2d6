import type { Size } from 'cdk8s';
import type { Finding } from '../preflight/finding';
import { error, throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { DNS_SUBDOMAIN } from '../shapes/kubernetes-names';
import { findingsOf, flag, matching, oneOf, size } from '../shapes/shape';
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
   * Use only what is in the cache claim, and never contact the Hub: for a cache that is complete, such as one that another
   * stack or a Job filled. A pod whose files are not there does not start. Needs `cacheClaim`.
   *
   * @default false
   */
  readonly offline?: boolean;

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
const HUB_SHAPE = structOf<HubWeightsOptions>(
  {},
  { cacheClaim: CLAIM, accessMode: MODE, offline: flag, loadRatePerSecond: SIZE },
);
const VOLUME_SHAPE = structOf<VolumeWeightsOptions>(
  { claim: CLAIM },
  {
    path: matching(/^(?!\/)(?!.*\.\.)\S+$/, 'a folder inside the volume, relative and without ".."'),
    accessMode: MODE,
    loadRatePerSecond: SIZE,
  },
);

/** Without a cache that outlives a pod, there is nothing to load. */
function cacheFindings({ cacheClaim, offline, accessMode }: HubWeightsOptions): Finding[] {
  if (cacheClaim !== undefined) return [];
  const findings: Finding[] = [];
  if (offline === true) {
    const problem = 'is true without a cache claim: each pod starts with an empty cache, and finds no model';
    findings.push(error('offline-without-cache', 'offline', problem, 'set cacheClaim, or remove it'));
  }
  if (accessMode !== undefined) {
    const problem = `is ${accessMode}, but cacheClaim is unset: there is no claim`;
    findings.push(error('wrong-value', 'accessMode', problem, 'set cacheClaim, or remove it'));
  }
  return findings;
}

/**
 * Where the model files come from, and where they are kept.
 */
export class Weights {
  /** Downloads from the Hugging Face Hub when the pod starts. */
  public static fromHub(options: HubWeightsOptions = {}): Weights {
    const misshapen = findingsOf(options, '', HUB_SHAPE);
    throwOnErrors('Weights.fromHub', misshapen.length > 0 ? misshapen : cacheFindings(options));
    const { cacheClaim, accessMode, offline = false, loadRatePerSecond } = options;
    return new Weights(FACTORY, cacheClaim, undefined, offline, loadRatePerSecond, false, accessMode);
  }

  /** Reads from a volume that already holds the model. The pod then never contacts the Hub. */
  public static fromVolume(options: VolumeWeightsOptions): Weights {
    throwOnErrors('Weights.fromVolume', findingsOf(options, '', VOLUME_SHAPE));
    return new Weights(FACTORY, options.claim, options.path, true, options.loadRatePerSecond, true, options.accessMode);
  }

  /** @internal */
  public readonly _accessMode: AccessMode | undefined;

  private constructor(
    caller: typeof FACTORY,
    /** PersistentVolumeClaim, if there is one. */
    public readonly claim: string | undefined,
    /** Folder inside the claim. */
    public readonly path: string | undefined,
    /** True when the volume or the cache already holds the model, and the pod never contacts the Hub. */
    public readonly offline: boolean,
    /** How much of the weights a starting pod reads each second, if the user set it. */
    public readonly loadRatePerSecond: Size | undefined,
    /** @internal Whether the claim has the model as a folder, and not as the cache of the Hub. */
    public readonly _isFolder: boolean,
    accessMode: AccessMode | undefined,
  ) {
    brandMade(this, 'Weights', caller);
    this._accessMode = accessMode;
  }
}
