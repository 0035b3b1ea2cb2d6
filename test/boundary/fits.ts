import * as library from '../../lib';
import { brandOf } from '../../lib/shapes/brand';
import { isDuration } from '../../lib/units/duration';
import { isSize } from '../../lib/units/mebibytes';
import type { PublicApi, Type } from './public-api';

/** An object with properties of its own; for TypeScript, those of a class count too. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  Object.prototype.toString.call(value) === '[object Object]' && brandOf(value as object) === undefined;

/** Whether JSON writes all of a value; then it may be in a map of anything. */
function isJson(value: unknown): boolean {
  try {
    const text = JSON.stringify(value);
    return text !== undefined && isSame(value, JSON.parse(text));
  } catch {
    return false;
  }
}

/** Whether two values are alike for JSON, `undefined` being absent. */
function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((each, at) => isSame(each, b[at]));
  if (isPlain(a)) return isPlain(b) && Object.keys(a).every((key) => a[key] === undefined || isSame(a[key], b[key]));
  return a === b;
}

/** Whether a value has the declared type. Whether its range is right is for the tests of its topic. */
export function fits(api: PublicApi, type: Type, value: unknown): boolean {
  switch (type.kind) {
    case 'primitive':
      if (type.name === 'any') return isJson(value);
      return typeof value === type.name && (type.name !== 'number' || Number.isFinite(value));
    case 'list':
      // By index: `every` passes over holes.
      return Array.isArray(value) && Array.from(value).every((each) => fits(api, type.of, each));
    case 'map':
      return isReadable(value) && Object.values(value).every((each) => each === undefined || fits(api, type.of, each));
    case 'named':
      return fitsNamed(api, type.name, value);
  }
}

/** A plain object whose properties can be read. */
function isReadable(value: unknown): value is Record<string, unknown> {
  try {
    return isPlain(value) && Object.values(value).length >= 0;
  } catch {
    return false;
  }
}

function fitsNamed(api: PublicApi, name: string, value: unknown): boolean {
  const members = api.structs.get(name);
  if (members) {
    if (!isReadable(value)) return false;
    const known = new Map(members.map((each) => [each.name, each]));
    return Object.entries(value).every(([key, each]) => {
      const member = known.get(key);
      return member !== undefined && (each === undefined || fits(api, member.type, each));
    });
  }
  if (isProxy(value)) return false;
  if (name === 'Duration') return isDuration(value);
  if (name === 'Size') return isSize(value);
  if (api.enums.has(name))
    return Object.values((library as unknown as Record<string, object>)[name] ?? {}).includes(value);
  return typeof value === 'object' && value !== null && brandOf(value) === name;
}

function isProxy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  try {
    Reflect.ownKeys(value);
    return false;
  } catch {
    return true;
  }
}
