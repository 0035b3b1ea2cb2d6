/** Events of a Rollout that Argo Rollouts can send a notification for. */
export enum RolloutEvent {
  /** A new version begins. */
  UPDATED = 'on-rollout-updated',
  /** A step of a canary is complete. */
  STEP_COMPLETED = 'on-rollout-step-completed',
  /** The rollout waits for a person: not enough data, or `manualPromotion`. */
  PAUSED = 'on-rollout-paused',
  /** The new version is stopped, and the old one serves. */
  ABORTED = 'on-rollout-aborted',
  /** The new version serves all requests. */
  COMPLETED = 'on-rollout-completed',
}

/** Who is notified about a Rollout, and of what. */
export interface RolloutNotification {
  /**
   * A service of the notification settings of Argo Rollouts in the cluster: `slack`, `teams`, `email`, or the name of a
   * webhook. At most 27 characters.
   */
  readonly service: string;

  /**
   * Recipients of that service, for example channels. At least one; none has `;` in its name. A webhook ignores them: give
   * any.
   */
  readonly recipients: string[];

  /**
   * What they are notified of.
   *
   * @default - paused, aborted and completed
   */
  readonly events?: RolloutEvent[];
}
