import { ROLLOUT } from '../../../lib/workload/kinds/rollout';
import {
  OWNED_POD_LABELS,
  REVISION_LABELS,
  scaleTarget,
  WORKLOAD_KINDS,
  workloadFacts,
} from '../../../lib/workload/kinds/workload-kinds';
import { ofWorkload } from '../../../lib/plan/workload-series';
import { containerWith, manifestsWith, podWith } from '../../support/stack';

const KINDS = Object.values(WORKLOAD_KINDS);

describe.each(KINDS)('$facts.kind', ({ facts, podPattern }) => {
  it('is emitted under its kind and version', () => {
    const manifest = manifestsWith().find(({ kind }) => kind === facts.kind);
    expect(manifest).toMatchObject({ apiVersion: facts.apiVersion, metadata: { name: 'vllm' } });
  });

  it('has facts that are JSON', () => {
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  it('has pods whose names match its pattern', () => {
    expect('vllm-6d4cf56db6-x7k2p').toMatch(new RegExp(`^${podPattern('vllm')}$`));
  });

  it('spreads each revision separately', () => {
    const [spread] = podWith().topologySpreadConstraints;
    expect(spread.matchLabelKeys).toEqual([facts.revisionLabel]);
  });
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

it('only labels of kinds that a stack can have are refused, and series carry those of every kind', () => {
  expect(OWNED_POD_LABELS).toEqual(['pod-template-hash']);
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
    const scope = { namespace: 'llm', workload: { ...ROLLOUT, name: 'vllm' } };
    const changes = (selected: string) => `changes(${selected}[2m])`;
    expect(ofWorkload('a', scope, { phase: 'b' }, changes)).toBe(
      'changes(a{exported_namespace="llm",name="vllm",phase="b"}[2m]) or changes(a{namespace="llm",exported_namespace="",name="vllm",phase="b"}[2m])',
    );
  });
});
