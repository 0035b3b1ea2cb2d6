import type { FlagName } from './flag-name';

/** Something that a minor does differently with the same flags, as the rest of a sentence. */
export interface BehaviourRow {
  readonly minor: string;
  readonly what: string;
  /** Only worth saying when one of these flags is said. */
  readonly ifSaid?: readonly FlagName[];
  /** Only worth saying when none of these flags is said. */
  readonly unlessSaid?: readonly FlagName[];
  /** Only worth saying when this metric is used. */
  readonly metric?: string;
}
