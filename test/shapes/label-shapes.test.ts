import { findingLine } from '../../lib/preflight/finding';
import { labelMap } from '../../lib/shapes/label-shapes';
import { findingsOf } from '../../lib/shapes/shape';

it('refuses an empty map with an example of one that is not', () => {
  expect(findingsOf({}, 'labels', labelMap({ least: 1 })).map(findingLine)).toEqual([
    expect.stringMatching(
      /^labels: is {}; give a map of at least 1, for example { team: "ml" }, each value a label value/,
    ),
  ]);
});

it('refuses the label "constructor", with which cdk8s cannot write an object', () => {
  expect(findingsOf({ constructor: 'a' }, 'labels', labelMap()).map(findingLine)).toEqual([
    expect.stringMatching(/^labels key: is "constructor"; give a key such as "team"/),
  ]);
});
