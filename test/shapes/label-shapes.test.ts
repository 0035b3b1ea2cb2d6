import { findingLine } from '../../lib/preflight/finding';
import { annotationMap, labelMap } from '../../lib/shapes/label-shapes';
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

describe('annotations', () => {
  const lines = (annotations: object): string[] =>
    findingsOf(annotations, 'annotations', annotationMap).map(findingLine);

  it('have 256 KiB, keys included', () => {
    expect(lines({ key: 'a'.repeat(256 * 1024 - 3) })).toEqual([]);
  });

  it('fail with a byte more', () => {
    expect(lines({ key: `${'a'.repeat(256 * 1024 - 5)}é` })).toEqual([]);
    expect(lines({ key: `${'a'.repeat(256 * 1024 - 4)}é` })).toEqual([
      'annotations: has 262145 bytes, and Kubernetes allows 262144 in all annotations of an object; keep long texts in a ConfigMap [wrong-value]',
    ]);
  });

  it('accept a character outside of 16 bits, and fail with half of one', () => {
    expect(lines({ key: '😀' })).toEqual([]);
    expect(lines({ key: '\ud83d' })).toEqual([expect.stringContaining('annotations.key: is "\\ud83d"; give a string')]);
  });
});
