import { error } from '../preflight/finding';
import { LABEL_VALUE, QUALIFIED_KEY } from './kubernetes-names';
import type { Shape } from './shape';
import { isString, mapOf, matching, shape, wrongValue } from './shape';

/** Keys and values of all annotations of an object (kubernetes/apimachinery:pkg/api/validation/objectmeta.go). */
const MAX_ANNOTATIONS = 256 * 1024;

/** Longest part of a key before its slash. */
const MAX_PREFIX = 253;

/** Key of a label, an annotation or a taint. cdk8s refuses to write an object with the property `constructor`. */
export const labelKey = shape<string>(
  `a key such as "team" or "example.com/team", at most ${MAX_PREFIX} characters before the "/" and 63 after it`,
  (value) =>
    typeof value === 'string' &&
    value !== 'constructor' &&
    QUALIFIED_KEY.test(value) &&
    value.indexOf('/') <= MAX_PREFIX,
);

export const labelValue = matching(
  LABEL_VALUE,
  'a label value: at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit',
);

const annotationValue = shape<string>('a string', isString);

type StringMap = Shape<Record<string, string>>;

interface MapBounds {
  /** Minimum number of entries. */
  readonly least?: number;
  /** Keys that only Kubernetes sets. */
  readonly owned?: readonly string[];
}

/** A map whose keys are those of labels or annotations. */
function keyedMap(value: Shape<string>, { least = 0, owned = [] }: MapBounds): StringMap {
  const values = mapOf(value);
  const allowed =
    least > 0 ? `a map of at least ${least}, for example { team: "ml" }, each value ${value.allowed}` : values.allowed;
  return {
    allowed,
    check: (given, subject, findings) => {
      values.check(given, subject, findings);
      if (typeof given !== 'object' || given === null || Array.isArray(given)) return;
      const keys = Object.keys(given);
      if (keys.length < least) findings.push(wrongValue(subject, given, allowed));
      for (const each of keys) {
        labelKey.check(each, `${subject} key`, findings);
        if (!owned.includes(each)) continue;
        const problem = 'is a label that Kubernetes sets itself, with another value for each revision';
        findings.push(error('owned-label', `${subject}.${each}`, problem, 'remove it'));
      }
    },
  };
}

/** A map of labels. */
export const labelMap = (bounds: MapBounds = {}): StringMap => keyedMap(labelValue, bounds);

const annotations = keyedMap(annotationValue, {});

/** A map of annotations. */
export const annotationMap: StringMap = {
  allowed: annotations.allowed,
  check: (value, subject, findings) => {
    const before = findings.length;
    annotations.check(value, subject, findings);
    if (findings.length > before) return;
    const bytes = Buffer.byteLength(
      Object.entries(value as object)
        .flat()
        .join(''),
    );
    if (bytes <= MAX_ANNOTATIONS) return;
    const problem = `has ${bytes} bytes, and Kubernetes allows ${MAX_ANNOTATIONS} in all annotations of an object`;
    findings.push(error('wrong-value', subject, problem, 'keep long texts in a ConfigMap'));
  },
};
