import type { App } from 'cdk8s';
import { ApiObject, Chart, Testing } from 'cdk8s';
import { refuseDuplicateObjects } from '../../lib/emit/unique-objects';

const add = (chart: Chart, id: string, name: string, rest: object = {}) =>
  new ApiObject(chart, id, { apiVersion: 'v1', kind: 'Service', metadata: { name }, ...rest });

/** An app with two guarded charts. */
function twoCharts(namespace?: string): { app: App; one: Chart; two: Chart } {
  const app = Testing.app();
  const one = new Chart(app, 'one', { namespace });
  const two = new Chart(app, 'two', { namespace });
  refuseDuplicateObjects(one);
  refuseDuplicateObjects(two);
  return { app, one, two };
}

describe('objects of an app', () => {
  it('may share a name when their kinds differ', () => {
    const { app, one, two } = twoCharts();
    add(one, 'A', 'x');
    add(two, 'B', 'x', { kind: 'ServiceAccount' });
    expect(() => app.synthYaml()).not.toThrow();
  });

  it('may share a name when their namespaces differ', () => {
    const { app, one, two } = twoCharts();
    add(one, 'A', 'x', { metadata: { name: 'x', namespace: 'a' } });
    add(two, 'B', 'x', { metadata: { name: 'x', namespace: 'b' } });
    expect(() => app.synthYaml()).not.toThrow();
  });

  it('may share a kind and a name when their API groups differ', () => {
    const { app, one, two } = twoCharts();
    add(one, 'A', 'x', { apiVersion: 'v1' });
    add(two, 'B', 'x', { apiVersion: 'serving.knative.dev/v1' });
    expect(() => app.synthYaml()).not.toThrow();
  });

  it('refuses two with one identity, and names both with their paths', () => {
    const { app, one, two } = twoCharts();
    add(one, 'A', 'x');
    add(two, 'B', 'x');
    expect(() => app.synthYaml()).toThrow(
      'core/Service "x" in no namespace is emitted 2 times (one/A, two/B); give each one its own name',
    );
  });

  it('refuses two in one namespace, which may come from their charts', () => {
    const { app, one, two } = twoCharts('llm');
    add(one, 'A', 'x');
    add(two, 'B', 'x');
    expect(() => app.synthYaml()).toThrow('core/Service "x" in namespace "llm" is emitted 2 times (one/A, two/B)');
  });

  it('refuses two versions of one kind', () => {
    const { app, one, two } = twoCharts();
    add(one, 'A', 'x', { apiVersion: 'apps/v1', kind: 'Deployment' });
    add(two, 'B', 'x', { apiVersion: 'apps/v1beta1', kind: 'Deployment' });
    expect(() => app.synthYaml()).toThrow('apps/Deployment "x" in no namespace is emitted 2 times');
  });

  it('refuses an object of the user that is created later, in a chart without stacks', () => {
    const { app, one } = twoCharts();
    add(one, 'A', 'x');
    add(new Chart(app, 'own'), 'Raw', 'x');
    expect(() => app.synthYaml()).toThrow('is emitted 2 times (one/A, own/Raw)');
  });

  it('refuses one that was added after a first synth', () => {
    const { app, one, two } = twoCharts();
    add(one, 'A', 'x');
    expect(() => app.synthYaml()).not.toThrow();
    add(two, 'B', 'x');
    expect(() => app.synthYaml()).toThrow('is emitted 2 times');
  });

  it('are compared once per app, for any number of stacks', () => {
    const { app, one, two } = twoCharts();
    add(one, 'A', 'x');
    add(two, 'B', 'x');
    expect(app.node.validate()).toHaveLength(1);
  });
});
