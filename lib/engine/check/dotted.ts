import type { Finding } from '../../preflight/finding';
import { dottedObject, joined } from '../command-line/json-value';
import type { Context, KnownArgument } from './context';
import { json } from './load';

/** Checks the dotted spellings of each JSON flag: vLLM joins them to one JSON. */
export function checkDotted(args: readonly KnownArgument[], context: Context): Finding[] {
  const dotted = args.filter(({ spelled, values }) => spelled.path.length > 0 && values.length === 1);
  const flags = new Set(dotted.map(({ spelled }) => spelled.flag.name));
  return [...flags].flatMap((name) =>
    checkFlag(
      dotted.filter(({ spelled }) => spelled.flag.name === name),
      context,
    ),
  );
}

function checkFlag(args: readonly KnownArgument[], context: Context): Finding[] {
  const objects = args.map(({ spelled, values }) => dottedObject(spelled.path, spelled.append, values[0] ?? ''));
  const own = args.flatMap((argument, index) => json().checkSomeKeys(argument, objects[index] ?? {}, context));
  const last = args.at(-1);
  // What no spelling alone gets wrong, such as two lists that do not fit behind one another.
  return own.length > 0 || last === undefined ? own : json().checkObject(last, objects.reduce(joined, {}), context);
}
