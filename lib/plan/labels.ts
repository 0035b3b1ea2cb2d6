/** Labels that select the pods. They depend only on the stack's name, because selectors must never change. */
export function selectorLabels(stackName: string): Record<string, string> {
  return { app: stackName };
}

/** Labels of every object of a stack: the recommended labels of Kubernetes, and `app`. */
export function objectLabels(stackName: string): Record<string, string> {
  return {
    ...selectorLabels(stackName),
    'app.kubernetes.io/name': 'vllm',
    'app.kubernetes.io/instance': stackName,
    'app.kubernetes.io/component': 'inference',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
}

/**
 * The label of the workload and its pods with the version. Not of other objects: a new version would change each of them,
 * and a forced apply of a Service in the middle of a rollout resets what Argo Rollouts wrote into it.
 */
export const versionLabel = (version: string): Record<string, string> => ({ 'app.kubernetes.io/version': version });
