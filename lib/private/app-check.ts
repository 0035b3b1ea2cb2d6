import type { Construct, IConstruct } from 'constructs';

/** Whether a tree has exactly these constructs, in this order. Cheaper than a list of them, which nobody keeps. */
function consistsOf(root: IConstruct, known: readonly IConstruct[]): boolean {
  let next = 0;
  const isNext = (construct: IConstruct): boolean =>
    construct === known[next++] && construct.node.children.every(isNext);
  return isNext(root) && next === known.length;
}

/** Looks at a whole tree, and lists it again only when constructs have come or gone: cdk8s asks once per chart and synth. */
function watched(
  root: IConstruct,
  check: (constructs: readonly IConstruct[]) => string[],
  { remember }: AppCheckOptions,
): () => string[] {
  let known: readonly IConstruct[] = [];
  let found: string[] = [];
  return () => {
    const same = consistsOf(root, known);
    if (!same) known = root.node.findAll();
    if (!same || !remember) found = check(known);
    return found;
  };
}

/** How an app is checked. */
export interface AppCheckOptions {
  /**
   * Whether one look holds for as long as no construct comes or goes. False for a check that reads manifests: a patch
   * changes them between two looks.
   */
  readonly remember: boolean;
}

/**
 * A check of everything in an app, the user's own objects included: it makes synth fail with its messages. It runs once
 * per app, whatever the number of stacks.
 */
export function appCheck(
  check: (constructs: readonly IConstruct[]) => string[],
  options: AppCheckOptions,
): (construct: Construct) => void {
  const guarded = new WeakSet<object>();
  return ({ node: { root } }) => {
    if (guarded.has(root)) return;
    guarded.add(root);
    root.node.addValidation({ validate: watched(root, check, options) });
  };
}
