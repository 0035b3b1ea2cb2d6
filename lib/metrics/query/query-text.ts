import { didYouMean } from '../../preflight/nearest';
import { AGGREGATIONS, FUNCTIONS } from './functions';
import type { QueryProblem } from './problem';
import { place } from './problem';

/** Words before a bracket that are no functions. */
const KEYWORDS = new Set(
  (
    'and atan2 bool by fill fill_left fill_right group_left group_right ignoring max_of min_of offset on or unless ' +
    'without'
  ).split(' '),
);

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Values that another program would fill in. */
function placeholder(query: string, text: string): QueryProblem | undefined {
  const [found] = /\{\{.*?\}\}|\{\{|\$\{\w+\}|\$\w+/.exec(text) ?? [];
  if (found === undefined) return undefined;
  const kind = found.startsWith('$') ? 'a variable of Grafana' : 'a placeholder outside of quotes';
  const problem = `has ${found}, ${kind}, ${place(query, text.indexOf(found))}`;
  const fix = found.startsWith('$__') ? 'write a duration, for example 5m' : 'write the value itself';
  return { problem, fix };
}

/** What editors, web pages, JSON and addresses make of a query. */
const COPIED: readonly (readonly [found: RegExp, what: string, fix: string])[] = [
  [/[\u2018-\u201f\u00ab\u00bb\u00b4\u2032\u2033]/, 'a typographic quote', 'write " or a backquote'],
  [/[\u2010-\u2015\u2212]/, 'a typographic dash', 'write -'],
  [/[\u00a0\u2000-\u200f\u202f\u2060\u3000\ufeff]/, 'a space that PromQL does not know', 'write a plain space'],
  [/[\u00d7\u00f7\u2264\u2265\u2260]/, 'a sign that PromQL does not know', 'write *, /, <=, >= or !='],
  [/\\/, 'a backslash outside of quotes', 'write the query as it is, without the escapes of JSON or a shell'],
  // Not the remainder of a division by a number: `%24`. No number has a bracket or a word behind it.
  [
    /%(?:[2-7][A-F]|[2-7]\d(?=\w*[({%]|(?!ms\b)[A-Za-z_]{2}))/,
    'an escape of an address',
    'write the query as it is, not as a part of an address',
  ],
];

/** A query that was copied from where it is written otherwise. `text` has no quoted text. */
export function copiedProblem(query: string, text: string): QueryProblem | undefined {
  if (/^\s*(https?:\/\/|\/?api\/v1\/|query=(?!=))/.test(text)) {
    return { problem: 'is an address', fix: 'write the PromQL only' };
  }
  for (const [pattern, what, fix] of COPIED) {
    const found = pattern.exec(text);
    if (found) return { problem: `has ${what} ${place(query, found.index)}`, fix };
  }
  return undefined;
}

/** A bracket without its partner. */
function bracket(query: string, text: string): QueryProblem | undefined {
  const open: { readonly close: string; readonly index: number }[] = [];
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? '';
    const close = CLOSING[char];
    if (close !== undefined) open.push({ close, index });
    if (!Object.values(CLOSING).includes(char)) continue;
    const last = open.pop();
    if (last?.close === char) continue;
    const where = place(query, index);
    if (last === undefined)
      return { problem: `has "${char}" without an opening bracket ${where}`, fix: 'remove it, or open one before' };
    return {
      problem: `has "${char}" where "${last.close}" is missing ${where}`,
      fix: `close "${query[last.index]}" of position ${last.index + 1} before it`,
    };
  }
  const last = open.pop();
  if (last === undefined) return undefined;
  const problem = `ends where "${last.close}" is missing`;
  return { problem, fix: `close "${query[last.index]}" ${place(query, last.index)}` };
}

/** A call of something that is no function. */
function unknownFunction(query: string, text: string): QueryProblem | undefined {
  for (const { 1: name = '', index } of text.matchAll(/(?<![\w.])([a-zA-Z_][\w:]*)\s*\(/g)) {
    const lower = name.toLowerCase();
    if (FUNCTIONS.has(name) || AGGREGATIONS.has(lower) || KEYWORDS.has(lower)) continue;
    const meant = didYouMean(name, [...FUNCTIONS.keys(), ...AGGREGATIONS.keys()]);
    const problem = `calls ${name}, an unknown function${meant}, ${place(query, index)}`;
    return { problem, fix: 'use a function of PromQL' };
  }
  return undefined;
}

/** What can be found without the grammar, in words that a parser would not have. `text` has no quoted text. */
export function textProblem(query: string, text: string): QueryProblem | undefined {
  if (text.trim() === '') return { problem: 'has no expression', fix: 'write one' };
  return placeholder(query, text) ?? bracket(query, text) ?? unknownFunction(query, text);
}

/** `1.` is a number in PromQL, but not in the grammar of its editor: as many characters without the point. */
export function withoutTrailingPoints(query: string, text: string): string {
  let result = query;
  for (const { 1: digits = '', index } of text.matchAll(/(?<![\w.])(\d[\d_]*)\.(?![\d.])/g)) {
    result = `${result.slice(0, index)}0${digits}${result.slice(index + digits.length + 1)}`;
  }
  return result;
}
