import { entryOf } from './entry-of';

/** `maxModelLen` for `max-model-len`, `max_model_len` and `--max-model-len`. */
const camelCase = (name: string): string =>
  name.replace(/^-+/, '').replace(/[-_]+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** What to do about a name that is another tool's or level's, in any spelling; undefined for a name that is not listed. */
export const otherNames =
  (known: Readonly<Record<string, string>>, set: (name: string) => string | undefined = () => undefined) =>
  (name: string): string | undefined => {
    const spelled = camelCase(name);
    return entryOf(known, spelled) ?? set(spelled);
  };
