import type { FailureMode } from '../pools/failure-mode';
import type { PickerOptions } from '../pools/picker-options';
import type { VllmInferenceStack } from '../stack/vllm-inference-stack';

/**
 * Properties of `InferencePool`.
 */
export interface InferencePoolProps {
  /**
   * The members: all stacks whose `inferencePool` names this pool. Name and namespace of the pool follow from them.
   * They must serve the same model names, with the same API key.
   */
  readonly stacks: VllmInferenceStack[];

  /** What the gateway does while no endpoint picker is ready. */
  readonly failureMode: FailureMode;

  /**
   * The endpoint picker.
   *
   * @default - one picker of llm-d 0.10, which prefers cached prefixes, free KV cache and short queues
   */
  readonly picker?: PickerOptions;

  /**
   * Emit a PodMonitor of the picker with these labels, by which Prometheus finds it; `{}` for a Prometheus that selects
   * all monitors.
   *
   * @default - the picker is not scraped
   */
  readonly monitoringLabels?: { [label: string]: string };

  /**
   * Findings that you accept, by id, each with the reason. They are no longer printed. Errors cannot be acknowledged.
   *
   * @default - none
   */
  readonly acknowledge?: { [findingId: string]: string };
}
