import type { ObjectMeta } from '../emit/object-meta';
import type { PoolPlan } from './pool-plan';

/** Metadata of the objects of a pool. The picker's pods have its labels, which no member's selector matches. */
export function poolMeta({ name, namespace, picker }: PoolPlan): ObjectMeta {
  const labels = {
    ...picker.selector,
    'app.kubernetes.io/name': 'llm-d-router',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': 'endpoint-picker',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
  return { namespace, labels, annotations: {} };
}
