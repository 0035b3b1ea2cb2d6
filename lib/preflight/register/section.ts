/** Ids of findings, each with its meaning in one line. */
type Meanings = Readonly<Record<string, string>>;

/** Findings about one topic, by severity. An id that has two severities is in both lists, with the same line. */
export interface Section {
  readonly title: string;
  /** Page of `docs/`, with the anchor of a heading, where the topic is documented. */
  readonly docs: string;
  /** Whether they are found when the whole app is checked, and not when a construct is made. */
  readonly atSynth?: boolean;
  readonly errors?: Meanings;
  readonly warnings?: Meanings;
  readonly notices?: Meanings;
}
