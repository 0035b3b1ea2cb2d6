import type { App } from 'cdk8s';
import { ApiObject, Chart, Testing } from 'cdk8s';
import { refuseDuplicateObjects } from '../../lib/emit/unique-objects';

const add = (chart: Chart, id: string, name: string) =>
  new ApiObject(chart, id, { apiVersion: 'v1', kind: 'Service', metadata: { name } });

function twoCharts(): { app: App; one: Chart; two: Chart } {
  const app = Testing.app();
  const [one, two] = [new Chart(app, 'one'), new Chart(app, 'two')];
  add(one, 'A', 'a');
  add(two, 'B', 'b');
  refuseDuplicateObjects(one);
  return { app, one, two };
}

describe('the result of the duplicate check is cached for the same tree only', () => {
  test('a tree without duplicates passes twice', () => {
    const { app } = twoCharts();
    app.synth();
    expect(() => app.synth()).not.toThrow();
  });

  test('fails for a duplicate that was added after a first synth', () => {
    const { app, two } = twoCharts();
    app.synth();
    add(two, 'Again', 'a');
    expect(() => app.synth()).toThrow('/Service "a" in no namespace is emitted 2 times (one/A, two/Again)');
  });

  test('fails for a duplicate that took the place of another object, in a tree of the same size', () => {
    const { app, two } = twoCharts();
    app.synth();
    two.node.tryRemoveChild('B');
    add(two, 'B', 'a');
    expect(() => app.synth()).toThrow('emitted 2 times');
  });

  test('fails for a duplicate in another chart than the one that is rendered', () => {
    const { one, two } = twoCharts();
    Testing.synth(one);
    add(two, 'Again', 'a');
    expect(() => Testing.synth(one)).toThrow('emitted 2 times');
  });

  test('passes again when the duplicate is removed', () => {
    const { app, two } = twoCharts();
    add(two, 'Again', 'a');
    expect(() => app.synth()).toThrow('emitted 2 times');
    two.node.tryRemoveChild('Again');
    expect(() => app.synth()).not.toThrow();
  });
});
