/**
 * The label with which a Deployment marks the pods of one revision: each spreads separately. Pods of other kinds do not
 * have it, and Kubernetes ignores a key that a pod does not have. So all kinds have one template, and one takes over from
 * another without a new revision.
 */
export const SPREAD_KEY = 'pod-template-hash';
