import type { FlagName } from './flag-name';

/** Something that a minor does differently with the same flags, as the rest of a sentence. */
export interface BehaviourRow {
  readonly minor: string;
  readonly what: string;
  /** Reported only when one of these flags is set. */
  readonly ifSet?: readonly FlagName[];
  /** Reported only when none of these flags is set. */
  readonly unlessSet?: readonly FlagName[];
  /** Reported only when this metric is used. */
  readonly metric?: string;
}
