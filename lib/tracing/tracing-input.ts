import type { VllmVersion } from '../engine/vllm-version';

/** What the stack passes in. */
export interface TracingInput {
  /** Name of the stack. */
  readonly name: string;
  readonly version: VllmVersion;
  /** Labels that select the engine's pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** Whether the cluster assigns the users of pods. */
  readonly assignsUser: boolean;
}
