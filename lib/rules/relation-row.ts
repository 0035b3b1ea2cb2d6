import type { Span } from '../engine/catalogue/rows';
import type { ModelShape } from '../model/model-shape';
import type { Condition } from './condition';

/** What vLLM refuses about two options or keys together. */
export interface Relation {
  /** Releases that refuse it. */
  readonly in: Span;
  /** What the rule is about, and where its finding is shown. */
  readonly when: Condition;
  /** What must hold besides for the rule to apply. */
  readonly and?: readonly Condition[];
  /** Models that it is about; a model that is not known is not checked. */
  readonly model?: (shape: ModelShape) => boolean;
  /** One of these must hold. */
  readonly needs?: readonly Condition[];
  /** None of these may hold. */
  readonly without?: readonly Condition[];
}
