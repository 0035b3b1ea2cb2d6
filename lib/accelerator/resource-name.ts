import { matching } from '../shapes/shape';

/** Name of an extended resource. The domain is required: Kubernetes reserves names without one. */
export const resourceNameLike = (example: string) =>
  matching(
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
    `an extended resource with its domain, for example "${example}"`,
  );
