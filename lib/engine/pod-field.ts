import { throwOnErrors } from '../preflight/finding';
import { brandMade, FACTORY } from '../shapes/brand';
import { labelKey } from '../shapes/label-shapes';
import { findingsOf, instance, oneOf } from '../shapes/shape';
import { structOf } from '../shapes/struct';

/**
 * Unit in which a variable has an amount of memory or disk.
 */
export enum MemoryUnit {
  /** Bytes. */
  BYTES = '1',
  /** 1,024 bytes. */
  KIBIBYTES = '1Ki',
  /** 1,024 kibibytes. */
  MEBIBYTES = '1Mi',
  /** 1,024 mebibytes. */
  GIBIBYTES = '1Gi',
}

/**
 * Unit in which a variable has an amount of CPU.
 */
export enum CpuUnit {
  /** Whole cores, rounded up. */
  CORES = '1',
  /** Thousandths of a core. */
  MILLICORES = '1m',
}

/**
 * Options of a variable with an amount of memory or disk.
 */
export interface MemoryFieldOptions {
  /**
   * Unit of the value, which is a whole number, rounded up.
   *
   * @default - bytes
   */
  readonly unit?: MemoryUnit;
}

/**
 * Options of a variable with an amount of CPU.
 */
export interface CpuFieldOptions {
  /**
   * Unit of the value, which is a whole number, rounded up.
   *
   * @default - cores
   */
  readonly unit?: CpuUnit;
}

/** What the kubelet reads for a variable: a field of the pod, or a resource of the engine's container. Plain data. */
export interface PodFieldSource {
  /** Path of a field: `status.podIP`. */
  readonly field?: string;
  readonly resource?: { readonly name: string; readonly divisor: string };
}

const KEY = structOf<{ key: string }>({ key: labelKey }, {});
const MEMORY = structOf<MemoryFieldOptions>({}, { unit: oneOf(...Object.values(MemoryUnit)) });
const CPU = structOf<CpuFieldOptions>({}, { unit: oneOf(...Object.values(CpuUnit)) });

/**
 * What the kubelet knows of a pod when it starts the engine: the value of a variable in `fieldEnv`. Later changes of the
 * pod do not reach the variable.
 */
export class PodField {
  /** IP address of the pod, with which other pods reach it. */
  public static readonly POD_IP = new PodField(FACTORY, { field: 'status.podIP' });

  /** All IP addresses of the pod, separated by commas: two in a dual-stack cluster. */
  public static readonly POD_IPS = new PodField(FACTORY, { field: 'status.podIPs' });

  /** IP address of the node. */
  public static readonly HOST_IP = new PodField(FACTORY, { field: 'status.hostIP' });

  /** Name of the node. */
  public static readonly NODE_NAME = new PodField(FACTORY, { field: 'spec.nodeName' });

  /** Name of the ServiceAccount. */
  public static readonly SERVICE_ACCOUNT_NAME = new PodField(FACTORY, { field: 'spec.serviceAccountName' });

  /** Name of the pod. */
  public static readonly NAME = new PodField(FACTORY, { field: 'metadata.name' });

  /** Namespace of the pod. */
  public static readonly NAMESPACE = new PodField(FACTORY, { field: 'metadata.namespace' });

  /** Unique id of the pod. */
  public static readonly UID = new PodField(FACTORY, { field: 'metadata.uid' });

  /**
   * Value of a label of the pod. It is empty for a label that the pod does not have.
   *
   * @param key key of the label, for example `pod-template-hash`
   */
  public static label(key: string): PodField {
    throwOnErrors('PodField.label', findingsOf({ key }, '', KEY));
    return new PodField(FACTORY, { field: `metadata.labels['${key}']` });
  }

  /**
   * Value of an annotation of the pod. It is empty for an annotation that the pod does not have.
   *
   * @param key key of the annotation
   */
  public static annotation(key: string): PodField {
    throwOnErrors('PodField.annotation', findingsOf({ key }, '', KEY));
    return new PodField(FACTORY, { field: `metadata.annotations['${key}']` });
  }

  /** CPU limit of the engine's container; the cores of the node where `resources.cpuLimit` is unset. */
  public static cpuLimit(options: CpuFieldOptions = {}): PodField {
    return cpu('cpuLimit', 'limits.cpu', options);
  }

  /** CPU request of the engine's container. */
  public static cpuRequest(options: CpuFieldOptions = {}): PodField {
    return cpu('cpuRequest', 'requests.cpu', options);
  }

  /** Memory limit of the engine's container. */
  public static memoryLimit(options: MemoryFieldOptions = {}): PodField {
    return memory('memoryLimit', 'limits.memory', options);
  }

  /** Memory request of the engine's container. */
  public static memoryRequest(options: MemoryFieldOptions = {}): PodField {
    return memory('memoryRequest', 'requests.memory', options);
  }

  /** Disk request of the engine's container. It has no limit of disk. */
  public static ephemeralStorageRequest(options: MemoryFieldOptions = {}): PodField {
    return memory('ephemeralStorageRequest', 'requests.ephemeral-storage', options);
  }

  /**
   * For the factories beside the class.
   *
   * @internal
   */
  public static _of(source: PodFieldSource): PodField {
    return new PodField(FACTORY, source);
  }

  /** @internal */
  public readonly _source: PodFieldSource;

  private constructor(caller: typeof FACTORY, source: PodFieldSource) {
    brandMade(this, 'PodField', caller);
    this._source = source;
  }
}

function cpu(factory: string, name: string, options: CpuFieldOptions): PodField {
  throwOnErrors(`PodField.${factory}`, findingsOf(options, '', CPU));
  return PodField._of({ resource: { name, divisor: options.unit ?? CpuUnit.CORES } });
}

function memory(factory: string, name: string, options: MemoryFieldOptions): PodField {
  throwOnErrors(`PodField.${factory}`, findingsOf(options, '', MEMORY));
  return PodField._of({ resource: { name, divisor: options.unit ?? MemoryUnit.BYTES } });
}

/** The shape of a property that takes one. */
export const POD_FIELD = instance<PodField>('PodField', 'a PodField, for example PodField.POD_IP');
