import type { Argument } from '../command-line/arguments';
import type { Catalogue } from '../catalogue/catalogue';
import { readNumber } from '../command-line/read-number';

/** How the origin of a flag ends that the library says where the user did not. */
export const BY_DEFAULT = ' (by default)';

/**
 * What a command line says, by the full name of each flag, whichever way it was spelled. Flags that the release does
 * not know are left out: they are findings already.
 */
export class FlagValues {
  private readonly said = new Map<string, { origin: string; value: string; opposite: boolean }>();
  private readonly objects = new Map<string, Record<string, unknown>>();

  public constructor(args: readonly Argument[], catalogue: Catalogue) {
    for (const { origin, flag, values } of args) {
      const spelled = catalogue.flag(flag);
      if (spelled === undefined) continue;
      const { name, kind } = spelled.flag;
      const value = values.join(' ');
      // As vLLM's parser does, the last one wins; saying a flag twice is a finding of the argument check.
      this.said.set(name, { origin, value, opposite: spelled.opposite });
      if (kind === 'json') this.objects.set(name, { ...this.objects.get(name), ...asObject(value, spelled.path) });
    }
  }

  /** Names of all flags that were said. */
  public names(): string[] {
    return [...this.said.keys()];
  }

  /** Whether a flag was said at all. */
  public has(name: string): boolean {
    return this.said.has(name);
  }

  /** Where the user said a flag: `engine.maxModelLen`; the flag itself when nobody did. */
  public origin(name: string): string {
    return this.said.get(name)?.origin ?? name;
  }

  /** Whether the library said a flag, because the user did not. */
  public isDefault(name: string): boolean {
    return this.said.get(name)?.origin.endsWith(BY_DEFAULT) ?? false;
  }

  /** Whether a switch was turned on. */
  public isOn(name: string): boolean {
    return this.said.get(name)?.opposite === false;
  }

  /** Whether a switch was turned off: not saying it is neither on nor off. */
  public isOff(name: string): boolean {
    return this.said.get(name)?.opposite === true;
  }

  /** The value of a flag as text. */
  public text(name: string): string | undefined {
    return this.said.get(name)?.value;
  }

  /** The value of a flag as a number, its suffix resolved; undefined when it is none (`auto`). */
  public number(name: string): number | undefined {
    return readNumber(this.text(name) ?? '');
  }

  /** The keys of a JSON flag that were said, dotted spellings included. */
  public object(name: string): Readonly<Record<string, unknown>> | undefined {
    return this.objects.get(name);
  }
}

function asObject(value: string, path: readonly string[]): Record<string, unknown> {
  const [head] = path;
  if (head !== undefined) return { [head]: value };
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {}; // Invalid JSON is a finding of the argument check already.
  }
}
