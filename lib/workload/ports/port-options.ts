/**
 * Transport of a port.
 */
export enum NetworkProtocol {
  /** TCP. */
  TCP = 'TCP',
  /** UDP. */
  UDP = 'UDP',
  /** SCTP. */
  SCTP = 'SCTP',
}

/**
 * A port on which the engine listens besides HTTP, for an option or a plugin that the library does not know.
 */
export interface ExtraPort {
  /** Name of the port: at most 15 lower-case letters, digits and `-`, with a letter. */
  readonly name: string;

  /** Number of the port, from 1 to 65535. */
  readonly port: number;

  /**
   * Transport of the port.
   *
   * @default - TCP
   */
  readonly protocol?: NetworkProtocol;

  /**
   * Add the port to the Service, which sends each connection to any pod. Turn it off where clients choose a pod.
   *
   * @default true
   */
  readonly service?: boolean;
}

/**
 * A port of the pods that others may connect to, besides those of the engine: of a sidecar, a mesh or a debugger.
 */
export interface NetworkPort {
  /** The port, or the first one of a range, from 1 to 65535. */
  readonly port: number;

  /**
   * The last port of a range, from `port` to 65535.
   *
   * @default - only `port`
   */
  readonly endPort?: number;

  /**
   * Transport of the port.
   *
   * @default - TCP
   */
  readonly protocol?: NetworkProtocol;

  /**
   * Namespaces whose pods may connect.
   *
   * @default - whoever may call the API, unless `fromPods` or `fromRanges` is set
   */
  readonly fromNamespaces?: string[];

  /**
   * Labels of the pods that may connect: in `fromNamespaces`, or in the stack's own namespace without it.
   *
   * @default - all pods of `fromNamespaces`
   */
  readonly fromPods?: { [key: string]: string };

  /**
   * IP ranges that may connect, of IPv4 or IPv6: `10.129.0.0/23` or `fd00:10::/64`.
   *
   * @default - none
   */
  readonly fromRanges?: string[];
}
