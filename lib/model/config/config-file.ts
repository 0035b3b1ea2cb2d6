import { readFileSync } from 'node:fs';
import { error, throwOnErrors } from '../../preflight/finding';
import type { JsonObject } from '../../shapes/json-object';
import { isJsonObject } from '../../shapes/json-object';
import { show } from '../../shapes/show';

/** The numbers and lists of a `config.json`. The text model of a model for several media is read first. */
export class ConfigFile {
  /** Reads a file; throws with what is wrong with it. */
  public static read(file: string): ConfigFile {
    const all = parsed(file, contents(file));
    return new ConfigFile(file, all, { ...all, ...textOf(all) });
  }

  private constructor(
    private readonly file: string,
    /** The whole file. */
    public readonly all: JsonObject,
    private readonly text: JsonObject,
  ) {}

  /** The first of these keys that has a value. */
  public find(...keys: readonly string[]): unknown {
    return keys.map((key) => this.text[key]).find((value) => value !== undefined && value !== null);
  }

  /** The first of these keys that is a number; a list has the number of each layer, and the largest counts. */
  public number(...keys: readonly string[]): number | undefined {
    const value = this.find(...keys);
    if (Array.isArray(value) && value.every((each) => typeof each === 'number')) return Math.max(...value);
    return typeof value === 'number' ? value : undefined;
  }

  /** A number that must be there. */
  public required(...keys: readonly string[]): number {
    const value = this.number(...keys);
    if (value !== undefined && value > 0 && Number.isFinite(value)) return value;
    const key = keys.find((each) => (this.text[each] ?? undefined) !== undefined);
    if (key !== undefined) {
      this.fail(`has the ${key} ${show(this.text[key])}`, 'give a number above 0, as in the config.json of the model');
    }
    return this.fail(`has no ${keys.join(' or ')}`, 'give the whole config.json of the model, or use Architecture.of');
  }

  /** A list of the first of these keys; undefined where there is none. */
  public list(...keys: readonly string[]): readonly unknown[] | undefined {
    const value = this.find(...keys);
    return Array.isArray(value) ? value : undefined;
  }

  /** An object of this key. */
  public object(key: string): JsonObject | undefined {
    const value = this.find(key);
    return isJsonObject(value) ? value : undefined;
  }

  /** `model_type`, of the text model where there are several. */
  public type(): string {
    return String(this.find('model_type'));
  }

  /** The class that vLLM loads. */
  public architecture(): string {
    const [name] = Array.isArray(this.all.architectures) ? (this.all.architectures as unknown[]) : [];
    if (typeof name === 'string' && name !== '') return name;
    return this.fail('has no architectures, so vLLM does not know the class of the model', 'add the name of the class');
  }

  /** Ends with an error about the file. */
  public fail(problem: string, fix: string): never {
    return refuse(this.file, problem, fix);
  }
}

function refuse(file: string, problem: string, fix: string): never {
  throwOnErrors('Architecture.fromConfig', [error('wrong-config', file, problem, fix)]);
  throw new Error(problem);
}

/** Keys under which models for several media have their text model. */
const TEXT = ['text_config', 'llm_config', 'language_config', 'thinker_config'] as const;

function textOf(all: JsonObject): JsonObject {
  const nested = TEXT.map((key) => all[key]).find(isJsonObject);
  return nested === undefined ? {} : { ...nested, ...textOf(nested) };
}

function contents(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as { code?: string };
    return refuse(
      file,
      `cannot be read (${code ?? 'unknown error'})`,
      'give the path of a config.json, relative to the working directory',
    );
  }
}

function parsed(file: string, text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse(file, 'is not JSON', 'download the config.json of the model again');
  }
  return isJsonObject(value) ? value : refuse(file, 'is not an object', 'give the config.json of the model');
}
