import type { JsonObject } from '../../shapes/json-object';
import { isJsonObject } from '../../shapes/json-object';

/** Keys that identify items of a Kubernetes list, in order of preference: several mounts may have the same `name`. */
const KEYS = ['mountPath', 'name'];

function keyOf(items: readonly unknown[]): string | undefined {
  return KEYS.find(
    (key) => items.length > 0 && items.every((item) => isJsonObject(item) && typeof item[key] === 'string'),
  );
}

function mergeLists(base: readonly unknown[], over: readonly unknown[]): unknown[] {
  const key = keyOf([...base, ...over]);
  if (key === undefined) return [...over];
  const merged = base.map((item) => {
    const match = over.find((other) => (other as JsonObject)[key] === (item as JsonObject)[key]);
    return match === undefined ? item : merge(item, match);
  });
  const known = new Set(base.map((item) => (item as JsonObject)[key]));
  return [...merged, ...over.filter((item) => !known.has((item as JsonObject)[key]))];
}

/**
 * Merges `over` over `base`, as a strategic merge patch does: objects by key, lists of named items by name; `null`
 * removes a field. Neither argument is changed.
 */
export function merge(base: unknown, over: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(over)) return mergeLists(base, over);
  if (!isJsonObject(over)) return over;
  const merged: Record<string, unknown> = isJsonObject(base) ? { ...base } : {};
  for (const [key, value] of Object.entries(over)) {
    if (value === null) Reflect.deleteProperty(merged, key);
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}
