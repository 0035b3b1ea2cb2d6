/* eslint-disable @typescript-eslint/no-require-imports -- the table is read for a model that is asked about: an import
   statement would parse it in every program. */
import type * as Table from './data/serving';
import type { Serving } from './serving-row';
import { nearest } from '../preflight/nearest';

const table = () => require('./data/serving') as typeof Table;

const found = new Map<string, Serving | undefined>();

/** What a checkpoint needs, by its exact id; undefined for one without a recipe. Nothing is guessed from a name. */
export function servingOf(modelId: string): Serving | undefined {
  if (found.has(modelId)) return found.get(modelId);
  const row = table().SERVING.find(([ids]) => ids.includes(modelId) && ids.split(' ').includes(modelId));
  const serving = row && (JSON.parse(row[1]) as Serving);
  found.set(modelId, serving);
  return serving;
}

/** Whether the Hub gives the files only to accounts that accepted the licence. */
export const isGated = (modelId: string): boolean => table().GATED.includes(modelId);

/** Ids with a recipe that are like this one, the nearest first: at most three. */
export function recipesNear(modelId: string): string[] {
  const ids = table().SERVING.flatMap(([row]) => row.split(' '));
  const near: string[] = [];
  while (near.length < 3) {
    const next = nearest(
      modelId,
      ids.filter((id) => !near.includes(id)),
    );
    if (next === undefined) break;
    near.push(next);
  }
  return near;
}

/** The flags and values of a recipe, parsers first. */
export function recommendedFlags({ tool, reasoning, args = [] }: Serving): [flag: string, value: string | undefined][] {
  return [
    ...(tool === undefined ? [] : ['--enable-auto-tool-choice', `--tool-call-parser=${tool}`]),
    ...(reasoning === undefined ? [] : [`--reasoning-parser=${reasoning}`]),
    ...args,
  ].map((arg) => {
    const at = arg.indexOf('=');
    return at < 0 ? [arg, undefined] : [arg.slice(0, at), arg.slice(at + 1)];
  });
}
