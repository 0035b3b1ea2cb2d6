/** Labels that pods are found by: they derive from the stack's name alone and never change, as selectors must not. */
export function selectorLabels(stackName: string): Record<string, string> {
  return { app: stackName };
}

/** Labels that every object of a stack has; the recommended ones of Kubernetes, and `app`. */
export function objectLabels(stackName: string, version: string): Record<string, string> {
  return {
    ...selectorLabels(stackName),
    'app.kubernetes.io/name': 'vllm',
    'app.kubernetes.io/instance': stackName,
    'app.kubernetes.io/component': 'inference',
    'app.kubernetes.io/version': version,
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
}
