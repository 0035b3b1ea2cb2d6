import { replicaSetPods } from '../../../lib/workload/kinds/replica-set-pods';

const matches = (workload: string, pod: string): boolean => new RegExp(`^(?:${replicaSetPods(workload)})$`).test(pod);

describe('a pattern of pod names', () => {
  it('matches the pods of a workload', () => {
    expect(matches('vllm', 'vllm-6d4cf56db6-x7k2p')).toBe(true);
    expect(matches('vllm', 'vllm-5c9b8-x7k2p')).toBe(true);
  });

  it('does not match the pods of a workload with a longer name', () => {
    expect(matches('vllm', 'vllm-large-6d4cf56db6-x7k2p')).toBe(false);
    expect(matches('vllm', 'vllms-6d4cf56db6-x7k2p')).toBe(false);
  });

  it.each([47, 48, 50, 56])('matches the pods of a workload of %i characters, whose names are cut', (length) => {
    const workload = 'a'.repeat(length);
    const cut = `${workload}-6d4cf56db6-`.slice(0, 58);
    expect(matches(workload, `${cut}x7k2p`)).toBe(true);
  });
});
