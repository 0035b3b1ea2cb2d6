import { CanaryRouter } from '../../lib';
import { atWeight, virtualServiceKey } from '../support/argo/istio';
import { objectsOf, ROLLOUT_CASES } from '../support/rollouts';
import type { Manifest } from '../support/stack';

const caseOf = (title: string): Manifest[] => {
  const found = ROLLOUT_CASES.find((each) => each.title === `canary, ${title}, four replicas, nothing set`);
  return found ? objectsOf(found) : [];
};

/** The weights of each route, by the host of the destination. */
const weightsOf = ({ spec }: Manifest): Record<string, number>[] =>
  spec.http.map(({ route }: Manifest) =>
    Object.fromEntries(route.map(({ destination, weight }: Manifest) => [destination.host, weight])),
  );

/** A VirtualService without weights. */
const withoutWeights = (virtualService: Manifest): unknown =>
  JSON.parse(JSON.stringify(virtualService, (key, value: unknown) => (key === 'weight' ? undefined : value)));

describe.each(['istio in the mesh', 'istio at a gateway'])('a canary by %s', (title) => {
  const objects = caseOf(title);
  const find = (kind: string): Manifest => objects.find((each) => each.kind === kind);

  test.each([0, 5, 50, 100])('has exactly the two weights at %i %%', (weight) => {
    const after = atWeight(find('Rollout'), find('VirtualService'), weight);
    expect(weightsOf(after)).toEqual([{ 'vllm-svc': 100 - weight, 'vllm-canary': weight }]);
    expect(withoutWeights(after)).toEqual(withoutWeights(find('VirtualService')));
  });

  it('begins as it is written', () => {
    expect(atWeight(find('Rollout'), find('VirtualService'), 0)).toEqual(find('VirtualService'));
  });
});

describe('a canary by a VirtualService that exists', () => {
  const objects = caseOf('a VirtualService that exists');
  const find = (kind: string): Manifest => objects.find((each) => each.kind === kind);

  it('divides the named route alone', () => {
    const [first, second] = weightsOf(atWeight(find('Rollout'), find('VirtualService'), 25));
    expect(first).toEqual({ 'vllm-svc.llm.svc.cluster.local': 75, 'vllm-canary.llm.svc.cluster.local': 25 });
    expect(second).toEqual({ 'other.llm.svc.cluster.local': 100 });
  });

  it('is found in the namespace after the dot', () => {
    const { name } = find('Rollout').spec.strategy.canary.trafficRouting.istio.virtualService;
    expect(virtualServiceKey(name, 'llm')).toBe('edge/public');
  });

  test.each(['public', 'public.edge'])('may be named %s', (virtualService) => {
    expect(() => CanaryRouter.virtualService({ virtualService })).not.toThrow();
  });

  test.each(['public.v2.edge', 'public.', '.edge', 'Public', 'public/edge'])(
    'refuses the name "%s", which Argo Rollouts would not find',
    (virtualService) => {
      expect(() => CanaryRouter.virtualService({ virtualService })).toThrow(
        'give the name of a VirtualService without ".", or NAME.NAMESPACE',
      );
    },
  );
});
