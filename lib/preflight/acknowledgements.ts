import { didYouMean } from './nearest';
import type { Finding } from './finding';
import { FindingSeverity, findingLine, warning } from './finding';
import { isFoundAtSynth, isRegistered } from './load';

/** Errors stay; an error that is acknowledged explains that this is not possible. */
function open(finding: Finding, reasons: Readonly<Record<string, string>>): Finding[] {
  if (!Object.hasOwn(reasons, finding.id)) return [finding];
  if (finding.severity !== FindingSeverity.ERROR) return [];
  return [{ ...finding, fix: `${finding.fix} (an error cannot be acknowledged)` }];
}

/** An acknowledgement of a finding that does not apply, or of an unknown id. */
function staleFinding(id: string, openIds: Iterable<string>): Finding {
  const subject = `acknowledge.${id}`;
  if (isRegistered(id)) {
    return warning('stale-acknowledgement', subject, 'this finding is no longer reported', 'remove it');
  }
  const problem = `unknown finding id${didYouMean(id, openIds)}`;
  return warning('stale-acknowledgement', subject, problem, 'correct the id or remove it');
}

/** Findings that the user has not acknowledged, and a warning for each acknowledgement without a finding. */
export function unacknowledged(findings: readonly Finding[], reasons: Readonly<Record<string, string>>): Finding[] {
  const known = new Set(findings.map(({ id }) => id));
  // What the whole app shows is not known yet.
  const stale = Object.keys(reasons).filter((id) => !known.has(id) && !isFoundAtSynth(id));
  const left = findings.filter(({ id, severity }) => severity !== FindingSeverity.ERROR && !Object.hasOwn(reasons, id));
  return [
    ...findings.flatMap((finding) => open(finding, reasons)),
    ...stale.map((id) => staleFinding(id, new Set(left.map((finding) => finding.id)))),
  ];
}

/** Prints the warnings of a construct on standard error: standard output belongs to the YAML. */
export function printWarnings(path: string, findings: readonly Finding[]): void {
  for (const finding of findings) {
    if (finding.severity === FindingSeverity.WARNING) {
      process.stderr.write(`cdk8s-vllm: warning at ${path}: ${findingLine(finding)}\n`);
    }
  }
}
