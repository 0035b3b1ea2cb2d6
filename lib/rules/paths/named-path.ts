import type { EngineFacts } from '../../engine/facts/engine-facts';
import { isJsonObject } from '../../shapes/json-object';
import { draftsOf } from '../drafts';
import type { Settings } from '../setting';
import { flagOf, originOf, valueAt, valueInWords } from '../setting';
import type { OtherForm, PathRow } from './path-row';
import { PATHS_READ } from './path-table';

/** A value on the command line or in the environment that may be a path. */
export interface NamedPath extends Pick<PathRow, 'kind' | 'mayBeEmpty' | 'isOptional'> {
  /** The property, argument or variable that has it. */
  readonly origin: string;
  /** What it is, after the origin: `is "/templates/chat.jinja"`. */
  readonly words: string;
  readonly value: string;
  readonly or: readonly OtherForm[];
}

/** What names paths. */
export interface PathSettings extends Settings {
  /** The model as vLLM gets it. */
  readonly model: string;
  /** Whether the cache of the Hub must be complete when the engine starts. */
  readonly readsCache: boolean;
}

/** Rows of a flag, and those of variables. */
const ROWS = new Map<string, PathRow[]>();
for (const row of PATHS_READ) {
  const about = flagOf(row.setting) ?? '';
  ROWS.set(about, [...(ROWS.get(about) ?? []), row]);
}

function ofTable(settings: Settings): NamedPath[] {
  const variables = settings.environment.size > 0 ? [''] : [];
  return [...variables, ...settings.facts.flags].flatMap((flag) =>
    (ROWS.get(flag) ?? []).flatMap(({ setting, or = [], ...row }): NamedPath[] => {
      const value = valueAt(settings, setting);
      if (typeof value !== 'string') return [];
      const origin = originOf(settings, setting);
      // A property of the model is named as its flag.
      const words = origin.startsWith('model.') ? `is ${JSON.stringify(value)}` : valueInWords(settings, setting);
      return [{ ...row, or, value, origin, words }];
    }),
  );
}

/** A LoRA adapter by its name. */
export interface Adapter {
  readonly origin: string;
  readonly words: string;
  readonly path: string;
}

/** Name and path of a LoRA module: `name=path`, or JSON. */
function moduleOf(module: string): readonly [name: string, path: string] | undefined {
  if (!module.trimStart().startsWith('{')) {
    const at = module.indexOf('=');
    return at < 0 ? undefined : [module.slice(0, at), module.slice(at + 1)];
  }
  try {
    const { name, path } = JSON.parse(module) as { name?: unknown; path?: unknown };
    return typeof path === 'string' ? [String(name), path] : undefined;
  } catch {
    return undefined; // Invalid JSON is a finding of the argument check.
  }
}

/** LoRA adapters of the start, and those of a kind of input. */
export function adaptersOf({ loraModules, defaultMmLoras }: EngineFacts): Adapter[] {
  const written = (origin: string, flag: string) => (origin.startsWith('extraArgs[') ? `${flag} has` : 'has');
  const modules = (loraModules.value ?? []).flatMap((module): Adapter[] => {
    const [name, path] = moduleOf(module) ?? [];
    if (path === undefined || path === '') return [];
    const { origin } = loraModules;
    return [{ origin, path, words: `${written(origin, '--lora-modules')} the adapter "${name}" at "${path}"` }];
  });
  const { value, origin } = defaultMmLoras;
  const ofInputs = Object.entries(isJsonObject(value) ? value : {}).flatMap(([input, path]): Adapter[] =>
    typeof path === 'string' && path !== ''
      ? [{ origin, path, words: `${written(origin, '--default-mm-loras')} the adapter for ${input} at "${path}"` }]
      : [],
  );
  return [...modules, ...ofInputs];
}

/** The draft model, where it has files of its own. */
export function draftModelOf(facts: EngineFacts): Adapter | undefined {
  const { hasWeights, model: draft, origin } = draftsOf(facts) ?? {};
  if (hasWeights !== true || draft === undefined || origin === undefined) return undefined;
  const flag = origin.startsWith('extraArgs[') ? 'the speculative config ' : '';
  return { origin, path: draft, words: `${flag}has the draft model "${draft}"` };
}

/** Where the cache of the Hub is, in the order in which they win (huggingface_hub/constants.py). */
const CACHES = ['env.HF_HUB_CACHE', 'env.HUGGINGFACE_HUB_CACHE'] as const;

function cacheOf(settings: PathSettings): NamedPath[] {
  const setting = CACHES.find((each) => valueAt(settings, each) !== undefined);
  if (!settings.readsCache || setting === undefined) return [];
  const value = String(valueAt(settings, setting));
  return [{ origin: setting, words: valueInWords(settings, setting), value, kind: 'folder', or: [] }];
}

/** Folders of Python modules: what is not there is skipped. */
function modulesOf({ environment }: PathSettings): NamedPath[] {
  const folders = (environment.get('PYTHONPATH') ?? '').split(':').filter((each) => each !== '');
  return folders.map((value) => ({
    origin: 'env.PYTHONPATH',
    words: `has "${value}"`,
    value,
    kind: 'folder',
    or: [],
    isOptional: true,
  }));
}

/** Every value that may be a path of the container, and of which the engine reads files at start. */
export function namedPaths(settings: PathSettings): NamedPath[] {
  const { facts, model } = settings;
  const draft = draftModelOf(facts);
  const adapters = adaptersOf(facts);
  const asFolder = ({ path, ...named }: Adapter): NamedPath => ({ ...named, value: path, kind: 'folder', or: ['hub'] });
  return [
    { origin: 'model', words: `is "${model}"`, value: model, kind: 'either', or: ['hub', 'uri'] },
    ...ofTable(settings),
    ...cacheOf(settings),
    ...modulesOf(settings),
    ...adapters.map(asFolder),
    ...(draft === undefined || draft.path === model
      ? []
      : [{ ...asFolder(draft), kind: 'either' as const, or: ['hub', 'uri'] as const }]),
  ];
}
