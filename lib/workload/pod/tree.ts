import type { JsonObject } from '../../shapes/json-object';
import { isJsonObject } from '../../shapes/json-object';

/** An object with unknown fields. */
export type Tree = JsonObject;

/** The value if it is an object, otherwise an empty object. */
export const tree = (value: unknown): Tree => (isJsonObject(value) ? value : {});

/** The items of the value if it is a list, otherwise an empty list. */
export const list = (value: unknown): Tree[] => (Array.isArray(value) ? value.map(tree) : []);
