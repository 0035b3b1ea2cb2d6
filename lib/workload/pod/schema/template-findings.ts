import type { Finding } from '../../../preflight/finding';
import { error } from '../../../preflight/finding';
import { isJsonObject } from '../../../shapes/json-object';
import type { Shape } from '../../../shapes/shape';
import { propertyOf } from '../../../shapes/shape';
import { show } from '../../../shapes/show';
import type { Tree } from '../tree';
import { tree } from '../tree';
import type { Field, FieldType } from './pod-types';
import { fieldsOf, POD_TEMPLATE_TYPE } from './pod-types';
import { RELATIONS } from './relations';
import type { Around } from './unknown-field';
import { fixOfUnknown } from './unknown-field';
import { leafFindings } from './value-of-type';
import { mapRulesOf, ruleOf } from './value-rules';
import { listed, wordFor } from './words';

/** A part of the overrides, and what it is in the finished template. */
interface Part {
  readonly value: unknown;
  readonly merged: unknown;
  readonly subject: string;
  readonly type: FieldType;
  /** Rules of this field, beside its type. */
  readonly rule?: Shape | undefined;
  readonly mapRules?: readonly [key: Shape, value?: Shape] | undefined;
  readonly around: readonly Around[];
}

const isUnset = (value: unknown): boolean => value === undefined || value === null || value === '';

function wrongType({ value, subject }: Part, what: string): Finding[] {
  return [error('wrong-value', subject, `is ${show(value)}`, `give ${what}`)];
}

/** The findings of a rule, with the words of this table: a rule reports in those of the properties. */
function byRule(rule: Shape, value: unknown, subject: string): Finding[] {
  const findings: Finding[] = [];
  rule.check(value, subject, findings);
  return findings.slice(0, 1);
}

function leaf(part: Part, type: Parameters<typeof leafFindings>[1]): Finding[] {
  const { value, subject, rule } = part;
  const findings = leafFindings(value, type, subject);
  return findings.length > 0 || rule === undefined || value === '' ? findings : byRule(rule, value, subject);
}

function inMap(part: Part, item: FieldType): Finding[] {
  const { value, subject, mapRules: [keyRule, valueRule] = [] } = part;
  if (!isJsonObject(value)) return wrongType(part, 'a map');
  return Object.entries(value).flatMap(([key, each]) => {
    if (each === undefined || each === null) return [];
    const wrongKey = keyRule ? byRule(keyRule, key, `${subject} key`) : [];
    if (wrongKey.length > 0) return wrongKey;
    return check({
      ...part,
      value: each,
      merged: each,
      subject: propertyOf(subject, key),
      type: item,
      rule: valueRule,
    });
  });
}

/** The item of the finished list into which an item of the overrides was merged. */
function mergedItem(merged: readonly unknown[], item: unknown, index: number): unknown {
  if (merged.includes(item)) return item;
  const keys = ['mountPath', 'name'].filter((key) => isJsonObject(item) && typeof item[key] === 'string');
  const found = merged.find((each) => keys.some((key) => tree(each)[key] === tree(item)[key]));
  return found ?? merged[index];
}

function inList(part: Part, item: FieldType): Finding[] {
  const { value, merged, subject } = part;
  if (!Array.isArray(value)) return wrongType(part, 'a list');
  const finished: readonly unknown[] = Array.isArray(merged) ? merged : value;
  return value.flatMap((each: unknown, index) => {
    const at = `${subject}[${index}]`;
    if (each === null) return [error('wrong-value', at, 'is null', 'remove it')];
    return check({ ...part, value: each, merged: mergedItem(finished, each, index), subject: at, type: item });
  });
}

/** Fields that the finished object has not, and that Kubernetes requires. */
function missing(
  { subject, value }: Part,
  merged: Tree,
  name: string,
  fields: readonly (readonly [string, Field])[],
): Finding[] {
  const gone = fields.filter(([field, { required }]) => required && isMissing(merged, field)).map(([field]) => field);
  if (gone.length === 0) return [];
  const removed = gone.filter((field) => (value as Tree)[field] === null);
  if (removed.length > 0) {
    const [field = ''] = removed;
    return [error('missing-pod-field', `${subject}.${field}`, `is null, and ${wordFor(name)} needs it`, 'set it')];
  }
  return [
    error('missing-pod-field', subject, `has no ${listed(gone)}, which ${wordFor(name)} needs`, `set ${listed(gone)}`),
  ];
}

/** An empty text is missing too, but for values that may be empty. */
const isMissing = (merged: Tree, field: string): boolean =>
  field === 'value' ? merged[field] === undefined || merged[field] === null : isUnset(merged[field]);

function inObject(part: Part, name: string): Finding[] {
  const { value, subject } = part;
  if (!isJsonObject(value)) return wrongType(part, 'an object');
  const merged: Tree = isJsonObject(part.merged) ? part.merged : value;
  const fields = fieldsOf(name);
  const around = [...part.around, { type: name, path: subject }];
  const findings = Object.entries(value).flatMap(([key, each]) => {
    const at = propertyOf(subject, key);
    const field = fields.get(key);
    if (field === undefined) {
      return [error('unknown-pod-field', at, `is no field of ${wordFor(name)}`, fixOfUnknown(key, around))];
    }
    if (each === undefined || each === null) return [];
    const rules = { rule: ruleOf(name, key), mapRules: mapRulesOf(name, key) };
    return check({ value: each, merged: merged[key], subject: at, type: field.type, around, ...rules });
  });
  const gone = missing(part, merged, name, [...fields]);
  // What belongs together is not known while a name is wrong.
  if (findings.some(({ id }) => id === 'unknown-pod-field')) return findings;
  const relations = (RELATIONS[name] ?? []).flatMap((relation) => relation({ merged, written: value, subject }));
  return [...findings, ...gone, ...relations];
}

function check(part: Part): Finding[] {
  const { type } = part;
  switch (type.is) {
    case 'object':
      return inObject(part, type.name);
    case 'list':
      return inList(part, type.item);
    case 'map':
      return inMap(part, type.item);
    default:
      return leaf(part, type);
  }
}

/** What Kubernetes would refuse in the overrides of a pod template, by the template that they were merged into. */
export function templateFindings(overrides: Tree, merged: unknown, subject: string): Finding[] {
  return check({ value: overrides, merged, subject, type: POD_TEMPLATE_TYPE, around: [] });
}
