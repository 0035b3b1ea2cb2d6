/** Labels of the objects of routes over several stacks. */
export function routeLabels(name: string): Record<string, string> {
  return {
    'app.kubernetes.io/name': 'vllm',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': 'routing',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
}
