import { ModelTask } from '../../lib';
import { parseRelease } from '../../lib/engine/release';
import type { Watched } from '../../lib/plan/watched';
import type { WorkloadFacts } from '../../lib/plan/workload-facts';
import { DEPLOYMENT } from '../../lib/workload/kinds/deployment';
import { ROLLOUT } from '../../lib/workload/kinds/rollout';

/** One stack as a Rollout. */
export const AS_ROLLOUT: WorkloadFacts = { ...ROLLOUT.facts, name: 'vllm' };

/** The facts about one stack for rules, alerts and dashboards, with the changes of a test. */
export function watchedWith(more: Partial<Watched> = {}): Watched {
  return {
    namespace: 'llm',
    app: 'vllm',
    model: 'meta-llama/Llama-3.1-8B-Instruct',
    task: ModelTask.GENERATE,
    pods: DEPLOYMENT.podPattern('vllm'),
    container: 'vllm',
    workload: { ...DEPLOYMENT.facts, name: 'vllm' },
    release: parseRelease('0.32.0'),
    flags: [],
    device: { nvidia: true, resourceName: 'nvidia.com/gpu', perPod: 1 },
    startupBudget: 600,
    replicas: { min: 1, max: 40 },
    scaler: { name: 'vllm-scaler', autoscaler: 'keda-hpa-vllm-scaler' },
    scrapeInterval: 15,
    objectives: [],
    dollarsPerDeviceHour: undefined,
    ...more,
  };
}
