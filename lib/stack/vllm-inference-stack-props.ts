import type { Delivery } from '../delivery/delivery';
import type { ServingProps } from './serving-props';
import type { StackRoutes } from './stack-routes';
import type { Scaling } from '../scaling/scaling';
import type { ObservabilityProps } from './observability-props';
import type { WorkloadProps } from '../workload/workload-props';

/**
 * Properties of `VllmInferenceStack`.
 */
export interface VllmInferenceStackProps extends ServingProps, WorkloadProps, ObservabilityProps {
  /**
   * Number of replicas.
   *
   * @default - one replica
   */
  readonly scaling?: Scaling;

  /**
   * How a new version of the pods replaces the old one.
   *
   * @default - `Delivery.rollingUpdate()`: no capacity is lost, one free accelerator is needed
   */
  readonly delivery?: Delivery;

  /**
   * The route of clients to this stack alone. Several stacks behind one entry are routed by `ModelRoutes`.
   *
   * @default - no route: clients in the cluster use the Service
   */
  readonly routes?: StackRoutes;

  /**
   * Findings that you accept, by id, each with the reason. They are no longer printed. Errors cannot be acknowledged.
   *
   * @default - none
   */
  readonly acknowledge?: { [findingId: string]: string };
}
