import type { k8s } from 'cdk8s-plus-28';

/** What Pod Security "restricted" requires of a pod. Without a user, the cluster must assign one that is not root. */
export const restrictedPod = (user: number | undefined) =>
  ({
    runAsNonRoot: true,
    ...(user !== undefined && { runAsUser: user }),
    seccompProfile: { type: 'RuntimeDefault' },
  }) satisfies k8s.PodSecurityContext;

/** What Pod Security "restricted" requires of a container, and a read-only root file system. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} satisfies k8s.SecurityContext;
