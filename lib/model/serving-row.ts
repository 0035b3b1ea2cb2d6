/** What a checkpoint needs to be served well. */
export interface Serving {
  /** `--tool-call-parser`. */
  readonly tool?: string;
  /** `--reasoning-parser`. */
  readonly reasoning?: string;
  /** Lowest release that its recipe is for, where an older one of the catalogue may lack the model. */
  readonly since?: string;
  /** Other arguments of its recipe, each `--flag`, or `--flag=value`. */
  readonly args?: readonly string[];
  /** Those among `args` without which vLLM does not serve it, or serves something else. */
  readonly needs?: readonly string[];
}

/** Ids of checkpoints on the Hub, separated by spaces, and the JSON of what they need: only one row of the table is read. */
export type ServingRow = readonly [ids: string, serving: string];
