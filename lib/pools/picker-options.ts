import type { Size } from 'cdk8s';
import { PICKER } from '../defaults';
import { DNS_LABEL } from '../shapes/kubernetes-names';
import { pinnedImage } from '../shapes/pinned-image';
import { above, atLeast, flag, integer, listOf, matching, oneOf, size } from '../shapes/shape';
import { structOf } from '../shapes/struct';

/**
 * How a gateway connects to the endpoint picker, which sees every prompt.
 */
export enum PickerTls {
  /**
   * HTTP/2 without TLS, declared as `appProtocol: kubernetes.io/h2c`. Istio needs nothing else. Prompts also travel
   * from the gateway to vLLM without TLS.
   */
  NONE = 'none',
  /**
   * TLS with a certificate that the picker signs itself at each start. The gateway must accept it without verification;
   * most implementations do.
   */
  SELF_SIGNED = 'self-signed',
  /** The same for Istio, with the DestinationRule by which Istio uses TLS and accepts the certificate. */
  SELF_SIGNED_ISTIO = 'self-signed-istio',
}

/**
 * Weights by which the endpoint picker adds up the scores of a pod. A weight of 0 removes the scorer.
 */
export interface ScorerWeights {
  /**
   * Prefer pods that recently got a prompt with the same beginning. The picker remembers prompts; it does not ask the
   * engines.
   *
   * @default 3
   */
  readonly prefixCache?: number;

  /**
   * Prefer pods with free KV cache.
   *
   * @default 2
   */
  readonly kvCache?: number;

  /**
   * Prefer pods with fewer waiting requests.
   *
   * @default 2
   */
  readonly queue?: number;
}

/**
 * CPU and memory of an endpoint picker. There is no CPU limit: a throttled picker delays every request.
 */
export interface PickerResources {
  /**
   * CPU request in cores. The router's sizing guide has 0.5 to 1 core per request a second for prompts of 100,000
   * tokens.
   *
   * @default 1
   */
  readonly cpu?: number;

  /**
   * Memory request.
   *
   * @default - 2 GiB
   */
  readonly memory?: Size;

  /**
   * Memory limit: the picker is killed above it.
   *
   * @default - 8 GiB
   */
  readonly memoryLimit?: Size;
}

/**
 * Who may connect to the endpoint picker.
 */
export interface PickerNetwork {
  /**
   * Namespaces of the gateway's proxies.
   *
   * @default - every namespace may ask the picker
   */
  readonly gatewayNamespaces?: string[];

  /**
   * Namespaces that may read the metrics.
   *
   * @default - those that may read the metrics of the stacks: `monitoring`, unless they set others
   */
  readonly monitoringNamespaces?: string[];

  /**
   * Emit a NetworkPolicy.
   *
   * @default true
   */
  readonly policy?: boolean;
}

/**
 * The endpoint picker of a pool: the program of llm-d that chooses a pod for each request.
 */
export interface PickerOptions {
  /**
   * Image, with a tag or a digest: a mirror of the default one. The configuration is that of release 0.10.
   *
   * @default - `ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0`
   */
  readonly image?: string;

  /**
   * Number of pickers. One of them answers; the others are not ready until they take over, about 20 s after a leader
   * that is lost. More than one shortens the loss of a node, but not a crash, and does not add capacity.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Weights of the scorers.
   *
   * @default - cached prefix 3, free KV cache 2, short queue 2
   */
  readonly weights?: ScorerWeights;

  /**
   * CPU and memory.
   *
   * @default - 1 core, 2 GiB, and a limit of 8 GiB
   */
  readonly resources?: PickerResources;

  /**
   * TLS between gateway and picker.
   *
   * @default PickerTls.NONE
   */
  readonly tls?: PickerTls;

  /**
   * Who may connect to the picker.
   *
   * @default - any namespace for requests, `monitoring` for metrics
   */
  readonly network?: PickerNetwork;
}

const namespaces = (least: number) =>
  listOf(matching(DNS_LABEL, 'a namespace: at most 63 lower-case letters, digits and "-"'), least);

/** All properties of `PickerOptions`. */
export const PICKER_OPTIONS = structOf<PickerOptions>(
  {},
  {
    image: pinnedImage('registry.example.com/epp:v0.10.0'),
    replicas: integer(1, PICKER.maxReplicas),
    weights: structOf<ScorerWeights>({}, { prefixCache: atLeast(0), kvCache: atLeast(0), queue: atLeast(0) }),
    resources: structOf<PickerResources>(
      {},
      { cpu: above(0), memory: size('Size.gibibytes(2)'), memoryLimit: size('Size.gibibytes(8)') },
    ),
    tls: oneOf(...Object.values(PickerTls)),
    network: structOf<PickerNetwork>(
      {},
      { gatewayNamespaces: namespaces(1), monitoringNamespaces: namespaces(0), policy: flag },
    ),
  },
);
