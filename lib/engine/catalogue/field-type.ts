/** One member of the type of a JSON key: see `FieldRow.type`. */
export interface FieldType {
  readonly name: string;
  /** What is between the parentheses: the type of the items. */
  readonly inner?: string;
}

const parsed = new Map<string, readonly FieldType[]>();

/** The members of a type, of which one must fit: `int | list(text)` has two. */
export function membersOf(type: string): readonly FieldType[] {
  const known = parsed.get(type) ?? splitUnion(type).map(memberOf);
  parsed.set(type, known);
  return known;
}

function memberOf(text: string): FieldType {
  const [, name = text, inner] = /^([a-z]+)\((.*)\)$/.exec(text) ?? [];
  return { name, inner };
}

/** Splits at ` | ` outside of parentheses. */
function splitUnion(type: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < type.length; at++) {
    if (type[at] === '(') depth += 1;
    if (type[at] === ')') depth -= 1;
    if (depth === 0 && type.startsWith(' | ', at)) {
      parts.push(type.slice(start, at));
      start = at + 3;
    }
  }
  return [...parts, type.slice(start)];
}
