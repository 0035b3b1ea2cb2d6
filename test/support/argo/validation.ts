import type { Manifest } from '../stack';
import { analysisComplaints } from './analysis';
import { virtualServiceComplaints } from './istio';
import { ingressComplaints } from './nginx';

/** The pods of a Rollout: its own template and selector, or those of the Deployment that it adopts. */
function templateOf({ spec }: Manifest, objects: readonly Manifest[]): Manifest {
  const { workloadRef } = spec;
  if (workloadRef === undefined) return spec;
  return objects.find(({ kind, metadata }) => kind === workloadRef.kind && metadata.name === workloadRef.name)?.spec;
}

/** ValidateRolloutSpec, without the pod itself: an API server judges it as a Pod. */
function specComplaints(rollout: Manifest, objects: readonly Manifest[]): string[] {
  const {
    workloadRef,
    template,
    minReadySeconds = 0,
    progressDeadlineSeconds = 600,
    strategy,
    replicas,
  } = rollout.spec;
  const resolved = templateOf(rollout, objects);
  if (resolved === undefined) return [`the workload ${workloadRef.name} does not exist`];
  const labels = resolved.template.metadata.labels;
  const unmatched = Object.entries(resolved.selector.matchLabels).filter(([key, value]) => labels[key] !== value);
  return [
    ...(workloadRef && template ? ['template must be empty for workload reference rollout'] : []),
    ...(unmatched.length > 0 ? ['the selector does not match the labels of the template'] : []),
    ...(progressDeadlineSeconds <= minReadySeconds ? ['progressDeadlineSeconds must exceed minReadySeconds'] : []),
    ...(replicas < 0 ? ['replicas is below 0'] : []),
    ...(Object.keys(strategy).length === 1 ? [] : ['exactly one strategy']),
  ];
}

const STEPS = ['setWeight', 'pause', 'setCanaryScale', 'analysis'];

/** ValidateRolloutStrategyCanary. */
function canaryComplaints({ spec }: Manifest): string[] {
  const { canary } = spec.strategy;
  const { trafficRouting, stableService, canaryService, maxSurge = '25%', maxUnavailable = '25%' } = canary;
  const steps: Manifest[] = canary.steps ?? [];
  const routed = trafficRouting !== undefined;
  return [
    ...(maxSurge === 0 && maxUnavailable === 0 ? ['MaxSurge and MaxUnavailable both can not be zero'] : []),
    ...(canaryService !== undefined && canaryService === stableService ? ['the same service twice'] : []),
    ...(routed && !(stableService && canaryService) ? ['both services must be set to use traffic routing'] : []),
    ...(!routed && canary.scaleDownDelaySeconds !== undefined ? ['scaleDownDelaySeconds needs traffic routing'] : []),
    ...(!routed && canary.dynamicStableScale ? ['dynamicStableScale needs traffic routing'] : []),
    ...(canary.dynamicStableScale && canary.scaleDownDelaySeconds !== undefined
      ? ['dynamicStableScale cannot be used with scaleDownDelaySeconds']
      : []),
    ...steps.flatMap((step, index) => {
      const kinds = Object.keys(step);
      return [
        ...(kinds.length === 1 && STEPS.includes(kinds[0] ?? '') ? [] : ['must have one of the known kinds']),
        ...(step.setWeight < 0 || step.setWeight > 100 ? ['setWeight needs to be between 0 and 100'] : []),
        ...(step.setCanaryScale && !routed ? ['setCanaryScale requires traffic routing'] : []),
      ].map((complaint) => `steps[${index}]: ${complaint}`);
    }),
  ];
}

/** ValidateService: a Service must select labels that all pods have, and belong to no other Rollout. */
function serviceComplaints(name: string, rollout: Manifest, objects: readonly Manifest[]): string[] {
  const service = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === name);
  if (service === undefined) return [`Service ${name} not found`];
  const { labels } = templateOf(rollout, objects).template.metadata;
  const managed = service.metadata.annotations?.['argo-rollouts.argoproj.io/managed-by-rollouts'];
  return [
    ...Object.entries(service.spec.selector)
      .filter(([key, value]) => labels[key] !== value)
      .map(([key]) => `Service ${name} has unmatch label ${key} in rollout`),
    ...(managed === undefined || managed === rollout.metadata.name ? [] : [`Service ${name} is managed by ${managed}`]),
  ];
}

function ofStrategy(rollout: Manifest, objects: readonly Manifest[]): string[] {
  const { canary, blueGreen } = rollout.spec.strategy;
  if (blueGreen) {
    const { activeService, previewService, postPromotionAnalysis } = blueGreen;
    return [
      ...(activeService === previewService ? ['the same service twice'] : []),
      ...[activeService, previewService].flatMap((name) => serviceComplaints(name, rollout, objects)),
      ...analysisComplaints(postPromotionAnalysis, objects, false),
    ];
  }
  const { steps = [], analysis, trafficRouting = {} } = canary;
  const services = [canary.stableService, canary.canaryService].filter((name) => name !== undefined);
  return [
    ...canaryComplaints(rollout),
    ...services.flatMap((name) => serviceComplaints(name, rollout, objects)),
    ...steps.flatMap((step: Manifest) => (step.analysis ? analysisComplaints(step.analysis, objects, false) : [])),
    ...(analysis ? analysisComplaints(analysis, objects, true) : []),
    ...(trafficRouting.nginx ? ingressComplaints(rollout, objects) : []),
    ...(trafficRouting.istio ? virtualServiceComplaints(rollout, objects) : []),
  ];
}

/**
 * What Argo Rollouts v1.9.1 would complain about: the condition InvalidSpec, or an AnalysisRun that ends with an error
 * (argoproj/argo-rollouts pkg/apis/rollouts/validation and utils/analysis).
 */
export function complaintsOf(objects: readonly Manifest[]): string[] {
  const rollouts = objects.filter(({ kind }) => kind === 'Rollout');
  if (rollouts.length === 0) return ['no Rollout'];
  return rollouts.flatMap((rollout) => {
    const found = specComplaints(rollout, objects);
    return found.length > 0 ? found : ofStrategy(rollout, objects);
  });
}
