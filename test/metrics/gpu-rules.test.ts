import { GPU_RECORDS } from '../../lib/metrics/gpu-records';
import { gpuRules } from '../../lib/metrics/gpu-rules';
import type { RecordingRule } from '../../lib/metrics/rules';
import { watchedWith } from '../support/watched';

const rules = gpuRules(watchedWith()).rules as RecordingRule[];

describe('the records of GPUs', () => {
  it('are those of GPU_RECORDS', () => {
    expect(rules.map(({ record }) => record)).toEqual(Object.values(GPU_RECORDS));
  });

  it.each(rules)('$record has app and model of the stack', ({ labels }) => {
    expect(labels).toEqual({ app: 'vllm', model: 'meta-llama/Llama-3.1-8B-Instruct' });
  });

  it('do not exist where DCGM does not know the devices', () => {
    expect(gpuRules(watchedWith({ device: { nvidia: false, resourceName: 'amd.com/gpu', perPod: 1 } })).rules).toEqual(
      [],
    );
  });
});
