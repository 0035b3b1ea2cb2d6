import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { appCheck } from '../../lib/emit/app-check';

/** A check that counts its runs and returns the number of constructs. */
function counting(remember: boolean) {
  const looked: number[] = [];
  const guard = appCheck(
    (constructs) => {
      looked.push(constructs.length);
      return constructs.length > 3 ? [`${constructs.length} constructs`] : [];
    },
    { remember },
  );
  return { looked, guard };
}

describe('a check of an app', () => {
  it('checks all constructs of the app, also in charts without a guard', () => {
    const { looked, guard } = counting(true);
    const app = Testing.app();
    guard(new Chart(app, 'one'));
    new Chart(app, 'two');
    app.synthYaml();
    expect(looked).toEqual([3]);
  });

  it('fails synth with its messages', () => {
    const { guard } = counting(true);
    const app = Testing.app();
    guard(new Chart(app, 'one'));
    new Construct(new Chart(app, 'two'), 'Own');
    expect(() => app.synthYaml()).toThrow('4 constructs');
  });

  it('runs once per app, for any number of guards', () => {
    const { looked, guard } = counting(false);
    const app = Testing.app();
    const chart = new Chart(app, 'one');
    guard(chart);
    guard(new Construct(chart, 'A'));
    app.node.validate();
    expect(looked).toHaveLength(1);
  });

  it('checks each app separately', () => {
    const { looked, guard } = counting(true);
    for (const app of [Testing.app(), Testing.app()]) {
      guard(new Chart(app, 'one'));
      app.node.validate();
    }
    expect(looked).toEqual([2, 2]);
  });

  it('keeps its result until a construct is added', () => {
    const { looked, guard } = counting(true);
    const app = Testing.app();
    const chart = new Chart(app, 'one');
    guard(chart);
    app.node.validate();
    app.node.validate();
    expect(looked).toEqual([2]);
    new Construct(chart, 'A');
    new Construct(chart, 'B');
    expect(app.node.validate()).toEqual(['4 constructs']);
  });

  it('notices that a construct was replaced by another', () => {
    const { looked, guard } = counting(true);
    const app = new App();
    const chart = new Chart(app, 'one');
    new Construct(chart, 'A');
    guard(chart);
    app.node.validate();
    chart.node.tryRemoveChild('A');
    new Construct(chart, 'A');
    app.node.validate();
    expect(looked).toEqual([3, 3]);
  });

  it('notices that a construct was removed', () => {
    const { looked, guard } = counting(true);
    const app = new App();
    const chart = new Chart(app, 'one');
    new Construct(chart, 'A');
    guard(chart);
    app.node.validate();
    chart.node.tryRemoveChild('A');
    app.node.validate();
    expect(looked).toEqual([3, 2]);
  });

  it('runs each time when it must not remember', () => {
    const { looked, guard } = counting(false);
    const app = Testing.app();
    guard(new Chart(app, 'one'));
    app.node.validate();
    app.node.validate();
    expect(looked).toEqual([2, 2]);
  });
});
