/** Steps between a Deployment and a Rollout of the same name. In each of them, both run. */
export enum Migration {
  /**
   * From a Deployment to a Rollout: the Rollout runs the pod template of the Deployment (`workloadRef`). Remove it when the
   * Rollout is healthy.
   */
  FROM_DEPLOYMENT = 'FromDeployment',

  /**
   * From a Rollout to a Deployment: the Deployment starts beside the Rollout, which no longer divides requests. Use
   * `Delivery.rollingUpdate()` when the Deployment is available.
   */
  TO_DEPLOYMENT = 'ToDeployment',
}
