/**
 * What a taint does to pods that do not tolerate it.
 */
export enum TaintEffect {
  /** No new pods. */
  NO_SCHEDULE = 'NoSchedule',
  /** New pods only when nothing else fits. */
  PREFER_NO_SCHEDULE = 'PreferNoSchedule',
  /** No new pods, and running ones are evicted. */
  NO_EXECUTE = 'NoExecute',
}

/**
 * A taint that the pods tolerate.
 */
export interface Toleration {
  /** Key of the taint. */
  readonly key: string;

  /**
   * Value of the taint.
   *
   * @default - any value
   */
  readonly value?: string;

  /**
   * Effect of the taint.
   *
   * @default - any effect
   */
  readonly effect?: TaintEffect;
}
