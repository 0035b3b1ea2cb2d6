import type { Catalogue } from '../catalogue/catalogue';
import type { ReleasedFlag } from '../catalogue/released';
import type { FlagKind, Json } from '../catalogue/rows';

const KINDS: Readonly<Record<FlagKind, string>> = {
  value: 'one value',
  list: 'one or more values',
  repeat: 'one value, set again for more',
  json: 'JSON',
  'optional-value': 'a value or none',
  bool: 'no value, or --no- in front',
  flag: 'no value',
};

/** What changes from one release to another in the flags that a stack sets, and in the defaults of other flags. */
export function flagChanges(before: Catalogue, after: Catalogue, set: readonly string[]): string[] {
  const pairs = before.flags().map((old) => [old, after.flag(old.name)?.flag] as const);
  return pairs.flatMap(([old, now]) => {
    const isSet = set.includes(old.name);
    if (now?.name !== old.name) return isSet ? [removedFlag(old.name, after)] : [];
    return [...(isSet ? changesOf(old, now) : []), ...defaultChange(old, now, isSet)];
  });
}

function removedFlag(name: string, after: Catalogue): string {
  const replacedBy = after.missingFlag(name)?.replacedBy;
  return `${name} is removed${replacedBy === undefined ? '' : `: use ${replacedBy}`}`;
}

function changesOf(old: ReleasedFlag, now: ReleasedFlag): string[] {
  const changes: string[] = [];
  if (old.deprecated === undefined && now.deprecated !== undefined) {
    changes.push(`${now.name} is deprecated${now.replacedBy === undefined ? '' : `: use ${now.replacedBy}`}`);
  }
  if (old.kind !== now.kind)
    changes.push(`${now.name} accepts ${KINDS[now.kind]}; before, it accepted ${KINDS[old.kind]}`);
  const removed = old.choices.filter((choice) => !now.choices.includes(choice));
  const added = now.choices.filter((choice) => !old.choices.includes(choice));
  if (removed.length > 0 && now.choices.length > 0) changes.push(`${now.name} no longer accepts ${removed.join(', ')}`);
  if (added.length > 0 && old.choices.length > 0) changes.push(`${now.name} also accepts ${added.join(', ')}`);
  if (!old.closed && now.closed) changes.push(`${now.name} refuses values that are not in its list`);
  return changes;
}

/** No default and an empty text are the same to vLLM. */
const show = (value: Json) => (value === null || value === '' ? 'unset' : JSON.stringify(value));

function defaultChange(old: ReleasedFlag, now: ReleasedFlag, isSet: boolean): string[] {
  const [was, is] = [show(old.default), show(now.default)];
  const isUnused = !isSet && now.deprecated !== undefined;
  if (was === is || isUnused) return [];
  const matters = isSet ? 'the stack sets its own value' : 'the stack does not set it';
  return [`the default of ${now.name} changes from ${was} to ${is} (${matters})`];
}
