/** An object with unknown fields. */
export type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value if it is an object, otherwise an empty object. */
export const tree = (value: unknown): Tree => (isTree(value) ? value : {});

/** The items of the value if it is a list, otherwise an empty list. */
export const list = (value: unknown): Tree[] => (Array.isArray(value) ? value.map(tree) : []);
