import type { Accelerator } from '../accelerator/accelerator';
import type { Placement } from '../accelerator/placement';
import type { EngineOptions } from '../engine/options/engine-options';
import type { PodField } from '../engine/pod-field';
import type { VllmVersion } from '../engine/vllm-version';
import type { Model } from '../model/model';
import type { Weights } from '../model/weights';
import type { SecretKey } from '../secrets/secret-key';
import type { LifecycleOptions } from '../timing/lifecycle-options';
import type { PodResources } from '../timing/resource-options';

/**
 * The model of a stack and the hardware that serves it.
 */
export interface ServingProps {
  /**
   * Name of the Deployment; all other names begin with it. Lower-case letters, digits and `-`, beginning with a letter,
   * at most 56 characters.
   */
  readonly name: string;

  /** The model to serve. */
  readonly model: Model;

  /** The accelerator of one replica. */
  readonly accelerator: Accelerator;

  /**
   * Namespace of every object.
   *
   * @default - the namespace of the chart; if it has none, the namespace of `kubectl apply`
   */
  readonly namespace?: string;

  /**
   * Version of vLLM.
   *
   * @default - 0.32.0
   */
  readonly vllmVersion?: VllmVersion;

  /**
   * Options of the vLLM server.
   *
   * @default - values that the library derives, and vLLM's own defaults for the rest
   */
  readonly engine?: EngineOptions;

  /**
   * Flags that have no property in `engine`, written as in a container: `--flag=value`. Checked like typed options.
   *
   * @default - none
   */
  readonly extraArgs?: string[];

  /**
   * Environment variables of the container. `VLLM_*` names are checked against the version. Do not put secrets here.
   *
   * @default - variables that the library sets
   */
  readonly env?: { [name: string]: string };

  /**
   * Environment variables whose values come from Secrets.
   *
   * @default - the model's access token and the API key, if they are set
   */
  readonly secretEnv?: { [name: string]: SecretKey };

  /**
   * Environment variables whose values come from the pod itself, such as its IP address. `$(NAME)` in `env` and in
   * arguments is replaced by the value of a variable.
   *
   * @default - the addresses that KV connectors announce to other pods, if there is one
   */
  readonly fieldEnv?: { [name: string]: PodField };

  /**
   * API key that clients must send. It protects the paths under `/v1` and a few others. `/invocations`, for example,
   * answers requests without a key. `docs/security.md` lists the open routes by version.
   *
   * @default - no key: every client that the NetworkPolicy admits may call
   */
  readonly apiKey?: SecretKey;

  /**
   * Where the model files come from.
   *
   * @default - each pod downloads them from the Hugging Face Hub
   */
  readonly weights?: Weights;

  /**
   * Further limits on the nodes of the pods, besides the accelerator.
   *
   * @default - any node that offers the accelerator
   */
  readonly placement?: Placement;

  /**
   * How long a pod may need to start and to stop.
   *
   * @default - derived from the weights and from vLLM's behavior on SIGTERM
   */
  readonly lifecycle?: LifecycleOptions;

  /**
   * CPU, memory and disk of one pod.
   *
   * @default - derived from the weights and the number of processes
   */
  readonly resources?: PodResources;

  /**
   * Reason to ignore the memory fit, for example `measured: 21,000 tokens on 2026-08-01`. Errors about missing GPU
   * memory then become warnings.
   *
   * @default - weights or a context that do not fit are an error
   */
  readonly unsafeMemoryFit?: string;
}
