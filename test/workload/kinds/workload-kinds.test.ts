import { Delivery, Guard } from '../../../lib';
import { ROLLOUT } from '../../../lib/workload/kinds/rollout';
import {
  REVISION_LABELS,
  scaleTarget,
  WORKLOAD_KINDS,
  workloadFacts,
} from '../../../lib/workload/kinds/workload-kinds';
import { ofWorkload } from '../../../lib/plan/workload-series';
import { containerWith, manifestsWith, podWith } from '../../support/stack';

const KINDS = Object.values(WORKLOAD_KINDS);

/** A delivery for which a stack has each kind. */
const DELIVERIES: Readonly<Record<string, Delivery>> = {
  Deployment: Delivery.rollingUpdate(),
  Rollout: Delivery.blueGreen({
    guards: [Guard.custom({ name: 'up', query: 'sum(up{pod=~".*{{args.canary}}.*"})', maximum: 1 })],
  }),
};

describe.each(KINDS)('$facts.kind', ({ facts, podPattern, podsOfHash }) => {
  const delivery = DELIVERIES[facts.kind];

  it('is emitted under its kind and version', () => {
    const manifest = manifestsWith({ delivery }).find(({ kind }) => kind === facts.kind);
    expect(manifest).toMatchObject({ apiVersion: facts.apiVersion, metadata: { name: 'vllm' } });
  });

  it('has facts that are JSON', () => {
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  it('has pods whose names match its pattern', () => {
    expect('vllm-6d4cf56db6-x7k2p').toMatch(new RegExp(`^${podPattern('vllm')}$`));
  });

  it('has pods of one revision whose names match another pattern', () => {
    const pattern = new RegExp(`^${podsOfHash('vllm', '6d4cf56db6')}$`);
    expect('vllm-6d4cf56db6-x7k2p').toMatch(pattern);
    expect('vllm-7d4cf56db6-x7k2p').not.toMatch(pattern);
  });

  it('has no pattern for one revision where the API server cuts the hash from names', () => {
    expect(podsOfHash('a'.repeat(46), 'x')).toBeDefined();
    expect(podsOfHash('a'.repeat(47), 'x')).toBeUndefined();
  });
});

it('all kinds have one pod template, so that one takes over from another without a new revision', () => {
  const templates = Object.entries(DELIVERIES).map(([kind, delivery]) => {
    return manifestsWith({ delivery }).find((manifest) => manifest.kind === kind).spec.template;
  });
  expect(templates[1]).toEqual(templates[0]);
});

it('a Deployment spreads each revision separately', () => {
  const [spread] = podWith().topologySpreadConstraints;
  expect(spread.matchLabelKeys).toEqual([WORKLOAD_KINDS.Deployment.facts.revisionLabel]);
});

it('a Deployment owns flags that its pods never have', () => {
  const { ownedFlags } = WORKLOAD_KINDS.Deployment;
  const args: string[] = containerWith().args;
  expect(args.filter((item) => Object.keys(ownedFlags).some((flag) => item.startsWith(flag)))).toEqual([]);
});

it('a Deployment is scaled by its name, and has no replicas where kube-state-metrics counts 0', () => {
  expect(scaleTarget('Deployment', 'vllm', 'llm')).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'vllm',
    noReplicas: 'sum(kube_deployment_status_replicas{namespace="llm",deployment="vllm"}) == 0',
    workload: workloadFacts('Deployment', 'vllm'),
  });
});

it('series carry the labels of every kind', () => {
  expect(REVISION_LABELS).toEqual(['pod-template-hash', 'rollouts-pod-template-hash']);
});

describe('a series of a workload', () => {
  it('of kube-state-metrics has the namespace of the workload', () => {
    const scope = { namespace: 'llm', workload: workloadFacts('Deployment', 'vllm') };
    expect(ofWorkload(scope.workload.desiredReplicas, scope)).toBe(
      'kube_deployment_spec_replicas{namespace="llm",deployment="vllm"}',
    );
  });

  it('of a controller is looked up under both layouts of its namespace', () => {
    const scope = { namespace: 'llm', workload: { ...ROLLOUT.facts, name: 'vllm' } };
    const changes = (selected: string) => `changes(${selected}[2m])`;
    expect(ofWorkload('a', scope, { phase: 'b' }, changes)).toBe(
      'changes(a{exported_namespace="llm",name="vllm",phase="b"}[2m]) or changes(a{namespace="llm",exported_namespace="",name="vllm",phase="b"}[2m])',
    );
  });
});
