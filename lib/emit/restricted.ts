import type { k8s } from 'cdk8s-plus-28';

/** What Pod Security "restricted" requires of a pod. */
export const restrictedPod = (user: number) =>
  ({
    runAsNonRoot: true,
    runAsUser: user,
    seccompProfile: { type: 'RuntimeDefault' },
  }) satisfies k8s.PodSecurityContext;

/** What Pod Security "restricted" requires of a container, and a read-only root file system. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} satisfies k8s.SecurityContext;
