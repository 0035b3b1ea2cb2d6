import type { Section } from './section';

export const DELIVERY = [
  {
    title: 'What divides the requests of a canary',
    docs: 'delivery.md#routers',
    errors: {
      'canary-monitor': 'A ServiceMonitor would scrape only the old version during a canary.',
      'canary-route': 'A route leads to a canary whose Rollout does not set its weights.',
      'canary-router-entry': 'The router of a canary has no route, or one of another kind.',
      'canary-same-service':
        'A route has another backend of the name by which a Rollout finds the Service of its canary.',
      'rollout-pool':
        'A member of an InferencePool is delivered by a Rollout, and the picker does not divide requests.',
    },
    warnings: {
      'blue-green-forced-apply': 'A forced apply of the active Service lets a new version pass without the guards.',
      'canary-gateway-shut-out':
        'The NetworkPolicy of a stack blocks the Gateway of Istio that its canary is divided at.',
      'canary-passed-by':
        'Requests of a route reach only the old version, since the router of the canary is another one.',
      'canary-waypoint': 'In a mesh without sidecars, only a waypoint reads the VirtualService of a canary.',
    },
  },
  {
    title: 'Shares and replicas of a canary',
    docs: 'delivery.md#shares-and-replicas',
    errors: {
      'canary-needs-router': 'dynamicStableScale is set without a router, where the pods divide the requests.',
      'canary-share-too-small': 'Without a router, the replicas cannot divide the requests as the first weight needs.',
      'rollout-delay': 'A delay is set that Argo Rollouts cannot have together with another option.',
      'preview-replicas': 'A blue-green rollout previews more replicas than the stack has.',
      'rollout-gpu-budget': 'Both versions together need more devices than gpuBudget.',
    },
  },
  {
    title: 'Guards of a new version',
    docs: 'delivery.md#guards',
    errors: {
      'analysis-interval-too-short': 'Measurements of guards are closer together than scrapes.',
      'analysis-measurements': 'There are fewer measurements than may fail and must pass in a row together.',
      'analysis-requests': 'A guard cannot get enough requests at the first weight.',
      'analysis-window-too-short': 'The window of guards is shorter than four scrapes.',
      'compare-without-latency': 'A comparison with the old version is set, and no objective for latency.',
      'guard-placeholder': 'The query of a guard has a placeholder that is not known.',
      'guard-twice': 'Two guards have one name.',
      'rollout-authentication': 'Argo Rollouts cannot authenticate to Prometheus in this way.',
      'rollout-prometheus-namespace':
        'Prometheus answers for one namespace at this port, by a parameter that Argo Rollouts does not send.',
      'rollout-unguarded': 'Nothing judges the new version: there is no objective to measure on it, and no guard.',
    },
    warnings: {
      'guard-labels': 'A monitor of your own must copy the label by which guards select the new version.',
      'guard-few-requests': 'So few requests are enough for a guard that a single one decides.',
      'guard-filters': 'The query of a guard is a comparison, which has no value while it is false.',
      'guard-mixes-versions': 'The query of a guard does not select the pods of the new version.',
      'guard-version-label': 'The query of a guard selects a version by a label that series of the stack do not have.',
    },
  },
  {
    title: 'Scaling of canaries',
    docs: 'delivery.md#scaling',
    errors: {
      'canary-signal-average': 'A canary is scaled by a mean of its pods, which the new version changes.',
      'rollout-scale-to-zero': 'A stack with a Rollout scales to zero.',
    },
    notices: {
      'canary-scaler-creep':
        'Before Kubernetes 1.35, the autoscaler may add replicas during a canary of a large stack.',
    },
  },
  {
    title: 'From and to a Deployment',
    docs: 'delivery.md#from-a-deployment-and-back',
    warnings: {
      'migration-replicas': 'The new workload of a migration begins with fewer replicas than the old one may have.',
    },
    notices: {
      'rollout-migration': 'Two workloads run the pods until the migration is finished.',
    },
  },
] as const satisfies readonly Section[];
