/** An object of which nothing is known but that it is one. */
export type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value when it is an object, and an empty one otherwise. */
export const tree = (value: unknown): Tree => (isTree(value) ? value : {});

/** The items of the value when it is a list, and none otherwise. */
export const list = (value: unknown): Tree[] => (Array.isArray(value) ? value.map(tree) : []);
