import { POD_TEMPLATE } from './pod-template-table';

/** Types without fields, by their letter in the table. */
const LEAVES = {
  s: 'text',
  b: 'flag',
  i: 'int32',
  l: 'int64',
  n: 'number',
  q: 'quantity',
  x: 'number or name',
  t: 'time',
  o: 'any',
} as const;

/** What a field may be. */
export type FieldType =
  | { readonly is: (typeof LEAVES)[keyof typeof LEAVES] }
  /** One of a few words: `=Always|Never`. */
  | { readonly is: 'word'; readonly words: readonly string[] }
  /** Any keys: `{s}`. */
  | { readonly is: 'map'; readonly item: FieldType }
  /** `[Container]name`, with the fields that tell its items apart. */
  | { readonly is: 'list'; readonly item: FieldType; readonly keys: readonly string[] }
  | { readonly is: 'object'; readonly name: string };

export interface Field {
  readonly type: FieldType;
  readonly required: boolean;
}

export type Fields = ReadonlyMap<string, Field>;

/** The type of a whole template. */
export const POD_TEMPLATE_TYPE: FieldType = { is: 'object', name: 'PodTemplateSpec' };

function readType(text: string): FieldType {
  if (text.startsWith('=')) return { is: 'word', words: text.slice(1).split('|') };
  if (text.startsWith('{')) return { is: 'map', item: readType(text.slice(1, -1)) };
  if (text.startsWith('[')) {
    const end = text.lastIndexOf(']');
    const keys = text.slice(end + 1);
    return { is: 'list', item: readType(text.slice(1, end)), keys: keys === '' ? [] : keys.split(',') };
  }
  const leaf = LEAVES[text as keyof typeof LEAVES] as (typeof LEAVES)[keyof typeof LEAVES] | undefined;
  return leaf === undefined ? { is: 'object', name: text } : { is: leaf };
}

const LINES = new Map(
  POD_TEMPLATE.trim()
    .split('\n')
    .map((line) => [line.split(/[ =]/, 1)[0] ?? '', line] as const),
);

const READ = new Map<string, Fields>();

/** The fields of a type. */
export function fieldsOf(name: string): Fields {
  const known = READ.get(name);
  if (known) return known;
  const [head = '', ...own] = (LINES.get(name) ?? '').split(' ');
  const [, base] = head.split('=');
  const fields = new Map(base === undefined ? [] : fieldsOf(base));
  for (const each of own) {
    const [, field = '', required, type = ''] = /^(\w+)(!?):(.*)$/.exec(each) ?? [];
    fields.set(field, { type: readType(type), required: required === '!' });
  }
  READ.set(name, fields);
  return fields;
}
