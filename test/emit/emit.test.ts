import { Chart, Testing } from 'cdk8s';
import { emit } from '../../lib/emit/emit';

const emitted = (kind: string) => {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'llm' });
  emit(chart, 'Object', { apiVersion: 'v1', kind, metadata: { name: 'a' } });
  return Testing.synth(chart)[0].metadata;
};

describe('an emitted object', () => {
  it('is in the namespace of the chart', () => {
    expect(emitted('Service')).toEqual({ name: 'a', namespace: 'llm' });
  });

  it.each(['Namespace', 'ClusterRole', 'ClusterRoleBinding', 'ClusterPolicy'])('has no namespace as a %s', (kind) => {
    expect(emitted(kind)).toEqual({ name: 'a' });
  });
});
