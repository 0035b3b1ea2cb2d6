import type { Setting } from '../setting';

/** What vLLM opens at a path. */
export type PathKind = 'file' | 'folder' | 'either';

/** A value that is no path, though the option accepts paths: a template, an id on the Hub, a word, a library by its name. */
export type OtherForm = 'template' | 'hub' | 'auto' | 'uri' | 'library';

/** An option whose value names files that the engine reads. */
export interface PathRow {
  readonly setting: Setting;
  readonly kind: PathKind;
  /** What else the value may be. */
  readonly or?: readonly OtherForm[];
  /** Whether the engine starts when the folder is there and has no files yet. */
  readonly mayBeEmpty?: boolean;
  /** Another program's own setting, such as a variable of a library: vLLM may never read it. */
  readonly isOptional?: boolean;
}
