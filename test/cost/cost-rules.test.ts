import { costRules } from '../../lib/cost/cost-rules';
import type { RecordingRule } from '../../lib/metrics/rules';
import { COST_RECORDS } from '../../lib/metrics/gpu-records';
import { watchedWith } from '../support/watched';

const rulesOf = (more = {}) =>
  costRules(watchedWith({ dollarsPerDeviceHour: 2.5, ...more })).flatMap(({ rules }) => rules as RecordingRule[]);

describe('the rules about cost', () => {
  it('do not exist without a price', () => {
    expect(costRules(watchedWith())).toEqual([]);
  });

  it('record all series of dashboards, each after those that it reads', () => {
    expect(rulesOf().map(({ record }) => record)).toEqual(Object.values(COST_RECORDS));
  });

  it('have the labels namespace, app and model', () => {
    for (const { labels } of rulesOf()) {
      expect(labels).toEqual({ namespace: 'llm', app: 'vllm', model: 'meta-llama/Llama-3.1-8B-Instruct' });
    }
  });

  it('multiply by devices only where a replica has several', () => {
    const idle = (perPod: number, nodesPerReplica = 1) => {
      const device = { nvidia: true, resourceName: 'nvidia.com/gpu', perPod };
      const workload = { ...watchedWith().workload, nodesPerReplica };
      return rulesOf({ device, workload }).find(({ record }) => record === COST_RECORDS.idleDollarsPerHour)?.expr;
    };
    expect(idle(1)).toMatch(/\)\) \* 2\.5$/);
    expect(idle(8)).toMatch(/\)\) \* 8 \* 2\.5$/);
    expect(idle(8, 2)).toMatch(/\)\) \* 16 \* 2\.5$/);
  });

  it('write the name of a resource as kube-state-metrics does', () => {
    const device = { nvidia: true, resourceName: 'nvidia.com/mig-1g.10gb.me', perPod: 1 };
    expect(rulesOf({ device })[0]?.expr).toContain('resource="nvidia_com_mig_1g_10gb_me"');
  });
});
