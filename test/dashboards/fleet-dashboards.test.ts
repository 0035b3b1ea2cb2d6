import { Chart, Testing } from 'cdk8s';
import type { FleetDashboardsProps } from '../../lib';
import { Dashboards, FleetDashboards } from '../../lib';
import type { Manifest } from '../support/stack';

const chart = () => new Chart(Testing.app(), 'platform', { namespace: 'monitoring' });

function manifestsOf(props?: FleetDashboardsProps): Manifest[] {
  const scope = chart();
  new FleetDashboards(scope, 'Fleet', props);
  return Testing.synth(scope);
}

const refused = (props: object) => () => new FleetDashboards(chart(), 'Fleet', props);

test('FleetDashboards creates two ConfigMaps in the namespace of the chart', () => {
  const named = manifestsOf().map(({ kind, metadata: { name, namespace } }) => [kind, name, namespace]);
  expect(named).toEqual([
    ['ConfigMap', 'vllm-fleet', 'monitoring'],
    ['ConfigMap', 'vllm-gpus', 'monitoring'],
  ]);
});

test('the uids begin with the name', () => {
  const [fleet, gpus] = manifestsOf({ name: 'eu', namespace: 'own' });
  expect(fleet.metadata).toMatchObject({ name: 'eu-fleet', namespace: 'own' });
  expect(JSON.parse(fleet.data['eu-fleet.json'])).toMatchObject({ uid: 'eu-fleet', title: 'vLLM / fleet' });
  expect(JSON.parse(gpus.data['eu-gpus.json'])).toMatchObject({ uid: 'eu-gpus', title: 'vLLM / GPUs' });
});

test('FleetDashboards creates two GrafanaDashboards for the operator', () => {
  const dashboards = Dashboards.grafanaOperator({ instanceSelector: { app: 'grafana' } });
  expect(manifestsOf({ dashboards }).map(({ kind }) => kind)).toEqual(['GrafanaDashboard', 'GrafanaDashboard']);
});

test('each object is a property, for patches', () => {
  const { fleet, gpus } = new FleetDashboards(chart(), 'Fleet');
  expect([fleet?.name, gpus?.name]).toEqual(['vllm-fleet', 'vllm-gpus']);
});

test('the dashboards link to each dashboard of a stack by a common tag', () => {
  const [fleet] = manifestsOf();
  const { links, tags } = JSON.parse(fleet.data['vllm-fleet.json']);
  expect(links[0]).toMatchObject({ type: 'dashboards', tags: ['vllm'] });
  expect(tags).toContain('vllm');
});

test('Dashboards.none creates no object', () => {
  expect(manifestsOf({ dashboards: Dashboards.none() })).toEqual([]);
});

test('refuses a name that does not fit into a uid, a wrong namespace and an unknown property, all at once', () => {
  const props = { name: 'a'.repeat(35), namespace: 'No', dashbords: 1 };
  expect(refused(props)).toThrow(
    /FleetDashboards "platform\/Fleet" has 3 problems[^]*name: is "a+"; give a name: at most 34[^]*namespace: is "No"[^]*dashbords/,
  );
  expect(refused({ name: 'a'.repeat(34) })).not.toThrow();
});

test('refuses a second one of the same name at synth', () => {
  const scope = chart();
  new FleetDashboards(scope, 'One');
  new FleetDashboards(scope, 'Two');
  expect(() => Testing.synth(scope)).toThrow('ConfigMap "vllm-fleet" in namespace "monitoring" is emitted 2 times');
});
