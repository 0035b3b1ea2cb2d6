import { Dashboards } from '../../lib';
import { dashboardObject, serviceDashboardObject } from '../../lib/dashboards/dashboard-object';
import { serviceDashboard } from '../../lib/dashboards/service/service-dashboard';
import { dashboardOutline } from '../support/dashboard-outline';
import type { Manifest } from '../support/stack';
import { watchedWith } from '../support/watched';

const META = { name: 'vllm-board', namespace: 'llm', labels: { app: 'vllm' }, annotations: {} };
const watched = watchedWith();
const board = serviceDashboard(watched);

const objectOf = (dashboards: Dashboards, meta: object = {}): Manifest =>
  serviceDashboardObject(watched, dashboards, { ...META, ...meta });

describe('Dashboards.configMap', () => {
  const manifest = objectOf(Dashboards.configMap());

  test('creates a ConfigMap that the sidecar finds', () => {
    expect(manifest).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'vllm-board', namespace: 'llm', labels: { app: 'vllm', grafana_dashboard: '1' } },
    });
    expect(manifest.metadata).not.toHaveProperty('annotations.grafana_folder');
  });

  test('holds the dashboard in one line, in a file of its own name', () => {
    const file = `${board.uid}.json`;
    expect(Object.keys(manifest.data)).toEqual([file]);
    expect(manifest.data[file]).not.toContain('\n');
    expect(JSON.parse(manifest.data[file])).toEqual(JSON.parse(JSON.stringify(board)));
  });

  test('has the folder beside the annotations of the stack', () => {
    const { metadata } = objectOf(Dashboards.configMap({ folder: 'LLM', annotations: { b: '2' } }), {
      annotations: { a: '1' },
    });
    expect(metadata.annotations).toEqual({ a: '1', b: '2', grafana_folder: 'LLM' });
  });

  test('has another label too, for a sidecar that looks for one', () => {
    const { metadata } = objectOf(Dashboards.configMap({ labels: { dashboards: 'yes' } }));
    expect(metadata.labels).toEqual({ app: 'vllm', grafana_dashboard: '1', dashboards: 'yes' });
  });

  test('refuses labels that Kubernetes would refuse, and names all of them', () => {
    const labels = { 'a b': 'x', c: 'd e' };
    expect(() => Dashboards.configMap({ labels })).toThrow(/labels\.c: is "d e"[^]*labels key: is "a b"/);
  });

  test('refuses an empty folder and an unknown property', () => {
    const options = { folder: '', labls: {} } as never;
    expect(() => Dashboards.configMap(options)).toThrow(/folder: is ""[^]*labls: unknown property/);
  });
});

describe('Dashboards.grafanaOperator', () => {
  const instanceSelector = { dashboards: 'grafana' };

  test('creates a GrafanaDashboard for the instances that it selects, in any namespace', () => {
    expect(objectOf(Dashboards.grafanaOperator({ instanceSelector, folder: 'LLM' }))).toEqual({
      apiVersion: 'grafana.integreatly.org/v1beta1',
      kind: 'GrafanaDashboard',
      metadata: { name: 'vllm-board', namespace: 'llm', labels: { app: 'vllm' }, annotations: undefined },
      spec: {
        instanceSelector: { matchLabels: instanceSelector },
        allowCrossNamespaceImport: true,
        folder: 'LLM',
        json: JSON.stringify(board),
      },
    });
  });

  test('stays in its namespace where that is set', () => {
    const dashboards = Dashboards.grafanaOperator({ instanceSelector, allowCrossNamespaceImport: false });
    expect(objectOf(dashboards).spec.allowCrossNamespaceImport).toBe(false);
  });

  test('adds labels and annotations', () => {
    const dashboards = Dashboards.grafanaOperator({ instanceSelector, labels: { a: '1' }, annotations: { b: '2' } });
    expect(objectOf(dashboards).metadata).toMatchObject({ labels: { app: 'vllm', a: '1' }, annotations: { b: '2' } });
  });

  test('refuses a missing selector, and one that selects every Grafana', () => {
    expect(() => Dashboards.grafanaOperator({} as never)).toThrow('instanceSelector: is required');
    expect(() => Dashboards.grafanaOperator({ instanceSelector: {} })).toThrow('instanceSelector: is {}');
  });
});

test('Dashboards.none creates no object', () => {
  expect(objectOf(Dashboards.none())).toBeUndefined();
  expect(dashboardObject({ uid: board.uid, json: '{}' }, Dashboards.none(), META)).toBeUndefined();
});

test('the outline has a line for each panel, with its row, type, unit and queries', () => {
  const outline = dashboardOutline(JSON.stringify(board));
  expect(outline[0]).toBe(`vLLM / llm / vllm [${board.uid}]`);
  expect(outline).toContain('Requests / Requests by status (timeseries, reqps): 1 query');
  expect(outline).toContain('Requests / Time to first token (timeseries, s): 3 queries');
  expect(outline.at(-1)).toMatch(/^Rollout \/ /);
});
