import { distance, nearest } from '../preflight/nearest';
import { knownIds, knownModel } from './known-models';

const parts = (id: string): [owner: string, name: string] => {
  const [owner = '', ...rest] = id.split('/');
  return [owner, rest.join('/')];
};

/** A name as the letters and digits that people remember. */
const letters = (text: string): string => text.toLowerCase().replace(/[-_.\s]/g, '');
const words = (name: string): string[] => name.toLowerCase().split(/[-_.]+/);

/** Letters of a word that one slip cannot turn into the name of another model: "it" and "pt" are both right. */
const LONG_WORD = 5;

/** True when both names have the same words, apart from a slip in a long one. Digits are never a slip: they are sizes. */
function isSlip(one: string, other: string): boolean {
  if (letters(one) === letters(other)) return true;
  const [a, b] = [words(one), words(other)];
  const different = a.flatMap((word, at) => (word === b[at] ? [] : [[word, b[at] ?? ''] as const]));
  return (
    a.length === b.length &&
    different.every(([x, y]) => Math.min(x.length, y.length) >= LONG_WORD && !/\d/.test(x + y) && distance(x, y) <= 2)
  );
}

const isSlipOfOwner = (one: string, other: string): boolean =>
  letters(one) === letters(other) || (one.length > LONG_WORD && distance(one.toLowerCase(), other.toLowerCase()) === 1);

/**
 * The known id that a mistyped one means: the same owner and a slip in the name, or the same name and a slip in the owner.
 * Undefined for anything that may be a model of its own.
 */
export function misspelt(id: string): string | undefined {
  if (knownModel(id) !== undefined) return undefined;
  const [owner, name] = parts(id);
  return knownIds().find((known) => {
    const [knownOwner, knownName] = parts(known);
    if (knownOwner.toLowerCase() === owner.toLowerCase()) return isSlip(name, knownName);
    return name.toLowerCase() === knownName.toLowerCase() && isSlipOfOwner(owner, knownOwner);
  });
}

/** Words of formats: such a checkpoint has the shape of the known one, but not its size. */
const FORMATS = /awq|gptq|gguf|fp8|fp4|int[48]|[48]bit|w[48]a|bnb|quant/i;

/** The known checkpoint whose whole name is in the name of an unknown one, as that of a fine-tuned model often is. */
export function namesake(id: string): string | undefined {
  if (knownModel(id) !== undefined) return undefined;
  const name = parts(id).at(-1)?.toLowerCase() ?? '';
  if (FORMATS.test(name)) return undefined;
  const within = knownIds().filter((known) => {
    const model = parts(known)[1].toLowerCase();
    const at = name.indexOf(model);
    return at >= 0 && !/[a-z0-9]/.test(name.charAt(at - 1)) && !/[a-z0-9.]/.test(name.charAt(at + model.length));
  });
  const [longest] = within
    .sort((a, b) => b.length - a.length)
    .filter((known) => knownModel(known)?.shape !== undefined);
  return longest;
}

/** The known id that is nearest to a word; undefined when none is near. */
export const nearestId = (id: string): string | undefined => misspelt(id) ?? nearest(id, knownIds());
