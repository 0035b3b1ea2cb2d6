import type { Construct, IConstruct } from 'constructs';
import type { Finding } from '../preflight/finding';
import { findingLine, FindingSeverity } from '../preflight/finding';
import { printWarnings } from '../preflight/acknowledgements';
import { appCheck } from './app-check';

/** A construct of which findings can be acknowledged. */
interface Acknowledging extends IConstruct {
  readonly _acknowledged?: Readonly<Record<string, string>>;
}

/** A finding about the objects of an app together. */
export interface AppFinding {
  /** The construct that it is about, and in whose properties it can be acknowledged. */
  readonly at: Acknowledging;
  readonly finding: Finding;
}

/** Warnings of each app that are printed already: an app is checked for each of its charts. */
const printed = new WeakMap<IConstruct, Set<string>>();

function print({ at, finding }: AppFinding): void {
  const { path, root } = at.node;
  const known = printed.get(root) ?? new Set();
  printed.set(root, known);
  const line = `${path} ${findingLine(finding)}`;
  if (!known.has(line)) printWarnings(path, [finding]);
  known.add(line);
}

/**
 * A check that finds what only the whole app shows. Synth fails with its errors, and prints its warnings once, unless the
 * construct acknowledges them. Their sections in the register have `atSynth`.
 */
export function appFindings(
  check: (constructs: readonly IConstruct[]) => AppFinding[],
): (construct: Construct) => void {
  return appCheck(
    (constructs) => {
      const open = check(constructs).filter(
        ({ at, finding }) =>
          finding.severity === FindingSeverity.ERROR || !Object.hasOwn(at._acknowledged ?? {}, finding.id),
      );
      open.forEach((each) => {
        if (each.finding.severity === FindingSeverity.WARNING) print(each);
      });
      return open
        .filter(({ finding }) => finding.severity === FindingSeverity.ERROR)
        .map(({ at, finding }) => `${at.node.path}: ${findingLine(finding)}`);
    },
    // They read manifests, which a patch may change.
    { remember: false },
  );
}
