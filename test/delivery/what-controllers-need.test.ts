import { Chart, Testing } from 'cdk8s';
import type { AnalysisOptions, CanaryRouter, VllmInferenceStackProps } from '../../lib';
import {
  Accelerator,
  CanaryRouter as Router,
  Delivery,
  GpuModel,
  Model,
  Objective,
  VllmInferenceStack,
} from '../../lib';
import { complaintsOf } from '../support/argo/validation';
import { refusal } from '../support/routing';
import { manifestsWith } from '../support/stack';

const objectives = [Objective.errorRate({ below: 0.01 })];

/** A stack in a chart without a namespace. */
function withoutNamespace(router: CanaryRouter): VllmInferenceStack {
  const props: VllmInferenceStackProps = {
    name: 'vllm',
    model: Model.of('Qwen/Qwen3-8B'),
    accelerator: Accelerator.gpu(GpuModel.L40S),
    objectives,
    delivery: Delivery.canary({ router }),
  };
  return new VllmInferenceStack(new Chart(Testing.app(), 'test'), 'Stack', props);
}

describe('the plugin of the Gateway API', () => {
  it('refuses a stack whose namespace is not known, since it needs that of the routes', () => {
    expect(refusal(() => withoutNamespace(Router.gatewayApi({ httpRoutes: ['llm'] })))).toContain(
      '[namespace-unknown]',
    );
  });
});

describe('the measurements of an analysis', () => {
  const stack = (analysis: AnalysisOptions) =>
    manifestsWith({ objectives, delivery: Delivery.canary({ router: Router.istio(), analysis }) });

  it('may be as few as passes and failures together', () => {
    expect(complaintsOf(stack({ successes: 3, failures: 2, measurements: 5 }))).toEqual([]);
  });

  it('fails for fewer, which Argo Rollouts ends with an error', () => {
    expect(refusal(() => stack({ successes: 3, failures: 2, measurements: 4 }))).toContain(
      'delivery.analysis.measurements: is 4, and 3 must pass in a row while 2 may fail: Argo Rollouts refuses fewer than both together, and every rollout would abort; use 5 or more, or set fewer successes or failures [analysis-measurements]',
    );
  });

  it('fails for more failures than are left beside the default', () => {
    expect(refusal(() => stack({ failures: 8 }))).toContain('is 10, and 3 must pass in a row while 8 may fail');
  });
});
