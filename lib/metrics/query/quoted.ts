import type { QueryProblem } from './problem';
import { place } from './problem';

/** Escape sequences of text in `"` or `'`: prometheus/prometheus:promql/parser/lex.go, lexEscape. */
const ESCAPE = /^\\(?:[abfnrtv\\]|[0-3][0-7]{2}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U00(?:0\d|10)[\da-fA-F]{4})/;

/** A query whose quoted texts and comments are blank. Positions stay the same. */
export interface Blanked {
  readonly text: string;
  readonly problem?: QueryProblem;
}

interface Token {
  readonly to: number;
  readonly problem?: QueryProblem;
}

/** The quoted text that begins at an index. */
function quoted(query: string, from: number): Token {
  const quote = query[from];
  for (let index = from + 1; index < query.length; index++) {
    const char = query[index];
    if (char === quote) return { to: index + 1 };
    if (quote === '`') continue;
    if (char === '\n') break;
    if (char !== '\\') continue;
    if (query[index + 1] === quote) {
      index += 1;
      continue;
    }
    const [escape] = ESCAPE.exec(query.slice(index, index + 10)) ?? [];
    if (escape === undefined) {
      const written = query.slice(index, index + 2);
      const problem = `has the unknown escape sequence ${written} in quotes ${place(query, index)}`;
      return { to: index, problem: { problem, fix: `write \\${written} for a backslash, or use single backquotes` } };
    }
    index += escape.length - 1;
  }
  const problem = `has a text in quotes without an end ${place(query, from)}`;
  return { to: query.length, problem: { problem, fix: `add ${quote} at its end` } };
}

/** Blanks quoted texts and comments, until one of them is wrong. */
export function blankQuoted(query: string): Blanked {
  let text = '';
  for (let index = 0; index < query.length;) {
    const char = query[index] ?? '';
    if (char === '#') {
      const [comment] = /^[^\r\n]*/.exec(query.slice(index)) ?? [''];
      text += ' '.repeat(comment.length);
      index += comment.length;
    } else if (char === '"' || char === "'" || char === '`') {
      const { to, problem } = quoted(query, index);
      if (problem) return { text: text.padEnd(query.length), problem };
      text += char + ' '.repeat(to - index - 2) + char;
      index = to;
    } else {
      text += char;
      index += 1;
    }
  }
  return { text };
}

const NAMED: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** What a quoted text means. */
export function unquote(text: string): string {
  const inner = text.slice(1, -1);
  if (text.startsWith('`')) return inner;
  return inner.replace(/\\(?:([0-3][0-7]{2})|[xuU]((?<=x)..|(?<=u).{4}|(?<=U).{8})|(.))/g, (_, octal, hex, char) => {
    if (octal !== undefined) return String.fromCodePoint(parseInt(octal as string, 8));
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex as string, 16));
    return NAMED[char as string] ?? (char as string);
  });
}
