/**
 * Paths of fields that the API server adds inside of lists. Argo CD compares a list of a custom resource as a whole, so it
 * reports such an object as different for ever (argoproj/argo-cd#22151).
 */
export function defaultsInLists(emitted: unknown, stored: unknown, path = ''): string[] {
  if (Array.isArray(emitted) && Array.isArray(stored)) {
    return emitted.flatMap((each, index) => defaultsInLists(each, stored[index], `${path}[]`));
  }
  if (!isObject(emitted) || !isObject(stored)) return [];
  return Object.entries(stored).flatMap(([key, value]) => {
    if (key in emitted) return defaultsInLists(emitted[key], value, `${path}.${key}`);
    return path.includes('[]') ? [`${path}.${key}`] : [];
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
