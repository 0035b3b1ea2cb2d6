import { findingsOf } from '../../shapes/shape';
import type { Mode, ModePlan } from '../common/mode-plan';
import type { NamedPluginConfigs } from '../device-plugin/named-configs';
import { operatorManifests } from './manifests/operator-manifests';
import { operatorFindings, operatorOptionFindings, SUBJECT } from './operator-findings';
import type { GpuOperatorOptions } from './operator-options';
import { OPERATOR_OPTIONS } from './operator-options';
import type { OperatorPlan } from './operator-plan';
import { planOperator } from './operator-plan';

/** A platform that the GPU Operator installs. */
export interface GpuOperatorModePlan extends ModePlan {
  readonly mode: 'gpuOperator';
  /** Undefined when its options have a wrong shape. */
  readonly operator?: OperatorPlan;
}

/** The mode in which the GPU Operator installs everything, and the platform configures the operator. */
export const gpuOperatorMode: Mode<
  [options: GpuOperatorOptions, devicePlugin: NamedPluginConfigs],
  GpuOperatorModePlan
> = {
  plan(context, options, devicePlugin) {
    const wrong = findingsOf(options, SUBJECT, OPERATOR_OPTIONS);
    return {
      ...context,
      mode: 'gpuOperator',
      operator: wrong.length > 0 ? undefined : planOperator(options, devicePlugin, context),
      needsNamespace: true,
      tolerations: [],
      // GPU feature discovery comes with the operator.
      placement: 'gpuFeatureDiscovery',
      optionFindings: [...operatorOptionFindings(devicePlugin), ...wrong],
    };
  },
  findings: ({ operator }) => (operator ? operatorFindings(operator) : []),
  manifests: ({ operator }) => (operator ? operatorManifests(operator) : []),
};
