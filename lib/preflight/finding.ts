import { oneLine } from './one-line';
import { withoutSecrets } from './secret-text';
import type { ErrorId, NoticeId, WarningId } from './register';

/**
 * How serious a finding is.
 */
export enum FindingSeverity {
  /** The stack would fail or break a promise, so synth writes nothing. */
  ERROR = 'error',
  /** The stack works, but it may do something that you do not expect: printed at synth until acknowledged. */
  WARNING = 'warning',
  /** Worth knowing when reading the plan: kept in `findings`, not printed. */
  NOTICE = 'notice',
}

/**
 * What a check found in a stack.
 */
export interface Finding {
  /** Name of the check in kebab-case: stable, and the key to acknowledge it by. */
  readonly id: string;

  /** How serious it is. */
  readonly severity: FindingSeverity;

  /** The property, flag or variable it is about, as the user wrote it: `engine.maxModelLen`, `extraArgs[2]`. */
  readonly subject: string;

  /** What is wrong, with the value received and what is allowed. */
  readonly problem: string;

  /** What to do about it. */
  readonly fix: string;

  /**
   * Single facts behind the problem, a line each.
   *
   * @default - none
   */
  readonly details?: string[];
}

/** Values from outside are in all parts: one line each, without secrets. */
const printable = (text: string) => withoutSecrets(oneLine(text));

/** Makes findings of one severity. A secret in a value that another finding shows is not repeated either. */
const of =
  <Id extends string>(severity: FindingSeverity) =>
  (id: Id, subject: string, problem: string, fix: string): Finding => ({
    id,
    severity,
    subject: printable(subject),
    problem: printable(problem),
    fix: printable(fix),
  });

export const error = of<ErrorId>(FindingSeverity.ERROR);
export const warning = of<WarningId>(FindingSeverity.WARNING);
export const notice = of<NoticeId>(FindingSeverity.NOTICE);

/** One finding as one line of text, with a line more for each detail. */
export function findingLine({ id, subject, problem, fix, details = [] }: Finding): string {
  return [`${subject}: ${problem}; ${fix} [${id}]`, ...details.map(printable)].join('\n      ');
}

/** Throws one error that lists every finding of severity `error`; does nothing when there is none. */
export function throwOnErrors(what: string, findings: readonly Finding[]): void {
  const errors = findings.filter((finding) => finding.severity === FindingSeverity.ERROR);
  if (errors.length > 0) {
    const count = errors.length === 1 ? '1 problem' : `${errors.length} problems`;
    throw new Error(`${what} has ${count}:\n${errors.map((finding) => `  - ${findingLine(finding)}`).join('\n')}`);
  }
}
