import type { Span } from '../engine/catalogue/rows';
import type { Condition } from './condition';
import type { ModelKind } from './model-kinds';

/** What vLLM refuses about two options or keys together. */
export interface Relation {
  /** Releases that refuse it. */
  readonly in: Span;
  /** What the rule is about, and where its finding is shown. */
  readonly when: Condition;
  /** What must hold besides for the rule to apply. */
  readonly and?: readonly Condition[];
  /** Models that it is about: others have a finding of their own. A model that is not known is not checked. */
  readonly model?: ModelKind;
  /** One of these must hold. */
  readonly needs?: readonly Condition[];
  /** None of these may hold. */
  readonly without?: readonly Condition[];
}
