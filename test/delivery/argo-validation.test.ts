import { complaintsOf } from '../support/argo/validation';
import type { RolloutCase } from '../support/rollouts';
import { objectsOf, ROLLOUT_CASES } from '../support/rollouts';
import type { Manifest } from '../support/stack';

const byTitle = (title: string): RolloutCase => ROLLOUT_CASES.find((each) => each.title === title) as RolloutCase;

describe('Argo Rollouts', () => {
  it(`has no complaint about any of ${ROLLOUT_CASES.length} stacks`, () => {
    const complaints = ROLLOUT_CASES.flatMap((each) =>
      complaintsOf(objectsOf(each)).map((complaint) => `${each.title}: ${complaint}`),
    );
    expect(complaints).toEqual([]);
  }, 120_000);
});

const GATEWAY = 'canary, gatewayApi, own route, four replicas, nothing set';
const STAYS = 'canary, gatewayApi, own route, four replicas, a stable version that stays';
const NONE = 'canary, no router, four replicas, nothing set';
const ISTIO = 'canary, istio in the mesh, four replicas, nothing set';
const NGINX = 'canary, nginx, own Ingress, four replicas, nothing set';
const BLUE_GREEN = 'blue-green, four replicas, nothing set';
const ADOPTING = 'canary, gatewayApi, own route, four replicas, from a Deployment';

const of = (objects: readonly Manifest[], kind: string, name?: string): Manifest =>
  objects.find((each) => each.kind === kind && (name === undefined || each.metadata.name === name));
const canary = (objects: readonly Manifest[]): Manifest => of(objects, 'Rollout').spec.strategy.canary;
const metric = (objects: readonly Manifest[], template = 'vllm-guards'): Manifest =>
  of(objects, 'AnalysisTemplate', template).spec.metrics[0];
const without = (objects: readonly Manifest[], kind: string, name: string): Manifest[] =>
  objects.filter((each) => each.kind !== kind || each.metadata.name !== name);

type Mistake = readonly [
  what: string,
  title: string,
  make: (objects: Manifest[]) => Manifest[] | undefined,
  complaint: string,
];

/** Breaks one thing in place, or returns other objects. */
const MISTAKES: readonly Mistake[] = [
  [
    'one Service for both versions',
    GATEWAY,
    (o) => void (canary(o).canaryService = 'vllm-svc'),
    'the same service twice',
  ],
  ['no pod more and none fewer', GATEWAY, (o) => void (canary(o).maxSurge = 0), 'both can not be zero'],
  ['no Service of the canary', GATEWAY, (o) => without(o, 'Service', 'vllm-canary'), 'Service vllm-canary not found'],
  [
    'a Service of other pods',
    GATEWAY,
    (o) => void (of(o, 'Service', 'vllm-canary').spec.selector.app = 'x'),
    'unmatch label app',
  ],
  [
    'a delay with a stable version that shrinks',
    STAYS,
    (o) => void (canary(o).dynamicStableScale = true),
    'cannot be used with scaleDownDelaySeconds',
  ],
  [
    'a delay without a router',
    NONE,
    (o) => void (canary(o).scaleDownDelaySeconds = 30),
    'scaleDownDelaySeconds needs traffic routing',
  ],
  [
    'a number of pods without a router',
    NONE,
    (o) => void canary(o).steps.push({ setCanaryScale: { replicas: 1 } }),
    'setCanaryScale requires traffic routing',
  ],
  ['two things in one step', GATEWAY, (o) => void (canary(o).steps[0].pause = {}), 'must have one of the known kinds'],
  [
    'no template of an analysis',
    GATEWAY,
    (o) => without(o, 'AnalysisTemplate', 'vllm-guards'),
    'AnalysisTemplate vllm-guards not found',
  ],
  [
    'an analysis without its argument',
    GATEWAY,
    (o) => void (canary(o).analysis.args = []),
    'args.canary was not resolved',
  ],
  [
    'a placeholder without an argument',
    GATEWAY,
    (o) => void (metric(o).provider.prometheus.query = 'up{a="{{args.x}}"}'),
    'failed to resolve {{args.x}}',
  ],
  ['an analysis without end in a step', GATEWAY, (o) => void (metric(o).count = undefined), 'runs indefinitely'],
  [
    'fewer measurements than both limits',
    GATEWAY,
    (o) => void (metric(o).count = 3),
    'count must be >= failureLimit + consecutiveSuccessLimit',
  ],
  [
    'a measurement without interval',
    GATEWAY,
    (o) => void (metric(o).interval = undefined),
    'interval must be specified',
  ],
  [
    'two metrics of one name',
    GATEWAY,
    (o) => void of(o, 'AnalysisTemplate', 'vllm-guards').spec.metrics.push(metric(o)),
    'duplicate names',
  ],
  [
    'no VirtualService',
    ISTIO,
    (o) => without(o, 'VirtualService', 'vllm-route'),
    'VirtualService llm/vllm-route not found',
  ],
  [
    'a VirtualService without the canary',
    ISTIO,
    (o) => void of(o, 'VirtualService').spec.http[0].route.pop(),
    'no destination vllm-canary',
  ],
  [
    'a VirtualService with two routes',
    ISTIO,
    (o) => void of(o, 'VirtualService').spec.http.push({}),
    'routes must be set',
  ],
  ['no Ingress', NGINX, (o) => without(o, 'Ingress', 'vllm-route'), 'Ingress vllm-route not found'],
  [
    'an Ingress of another Service',
    NGINX,
    (o) => void (of(o, 'Ingress').spec.rules = []),
    'has no rules using service vllm-svc',
  ],
  [
    'one Service for preview and active',
    BLUE_GREEN,
    (o) => void (of(o, 'Rollout').spec.strategy.blueGreen.previewService = 'vllm-svc'),
    'the same service twice',
  ],
  [
    'a template beside an adopted one',
    ADOPTING,
    (o) => void (of(o, 'Rollout').spec.template = {}),
    'template must be empty',
  ],
  ['no Deployment to adopt', ADOPTING, (o) => without(o, 'Deployment', 'vllm'), 'the workload vllm does not exist'],
  [
    'a deadline before pods count as ready',
    GATEWAY,
    (o) => void (of(o, 'Rollout').spec.minReadySeconds = 1e9),
    'progressDeadlineSeconds must exceed',
  ],
];

describe('the model of its validation', () => {
  test.each(MISTAKES)('fails for %s', (_, title, make, complaint) => {
    const objects = structuredClone(objectsOf(byTitle(title)));
    const broken = make(objects) ?? objects;
    expect(complaintsOf(broken).join('\n')).toContain(complaint);
  });
});
