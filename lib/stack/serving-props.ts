import type { Accelerator } from '../accelerator/accelerator';
import type { Placement } from '../accelerator/placement';
import type { EngineOptions } from '../engine/options/engine-options';
import type { VllmVersion } from '../engine/vllm-version';
import type { Model } from '../model/model';
import type { Weights } from '../model/weights';
import type { SecretKey } from '../secrets/secret-key';
import type { LifecycleOptions } from '../timing/lifecycle-options';
import type { PodResources } from '../timing/resource-options';

/**
 * What a stack serves, and on what.
 */
export interface ServingProps {
  /**
   * Name of the Deployment, from which all other names derive: lower-case letters, digits and `-`, beginning with a
   * letter, at most 56 characters.
   */
  readonly name: string;

  /** The model to serve. */
  readonly model: Model;

  /** What one replica runs on. */
  readonly accelerator: Accelerator;

  /**
   * Namespace of every object.
   *
   * @default - the namespace of the chart; without one, that of `kubectl apply`
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
   * @default - what the library derives, and vLLM's own defaults for the rest
   */
  readonly engine?: EngineOptions;

  /**
   * Flags that `engine` has no property for, as they stand in a container: `--flag=value`. Checked like typed options.
   *
   * @default - none
   */
  readonly extraArgs?: string[];

  /**
   * Environment variables of the container. `VLLM_*` names are checked against the version; values are no secrets.
   *
   * @default - what the library sets
   */
  readonly env?: { [name: string]: string };

  /**
   * Environment variables whose values come from Secrets.
   *
   * @default - the model's access token and the API key, where they are said
   */
  readonly secretEnv?: { [name: string]: SecretKey };

  /**
   * API key that clients must send. It guards the paths under `/v1` and few others: `/invocations`, for one, answers
   * requests without it. `docs/security.md` lists the routes that stay open, by version.
   *
   * @default - no key: everybody whom the NetworkPolicy lets in may call
   */
  readonly apiKey?: SecretKey;

  /**
   * Where the model files come from.
   *
   * @default - each pod downloads them from the Hugging Face Hub
   */
  readonly weights?: Weights;

  /**
   * Which nodes the pods may run on, beyond those that offer the accelerator.
   *
   * @default - any node that offers it
   */
  readonly placement?: Placement;

  /**
   * How long a pod may take to start and to stop.
   *
   * @default - derived from the weights and from what vLLM does on SIGTERM
   */
  readonly lifecycle?: LifecycleOptions;

  /**
   * CPU, memory and disk of one pod.
   *
   * @default - derived from the weights and the number of processes
   */
  readonly resources?: PodResources;

  /**
   * Why this stack starts although the memory fit says that it does not, for example `measured: 21,000 tokens on
   * 2026-08-01`. What would be refused for lack of GPU memory becomes a warning.
   *
   * @default - weights or a context that do not fit are an error
   */
  readonly unsafeMemoryFit?: string;
}
