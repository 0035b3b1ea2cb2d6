import type { Construct, IConstruct } from 'constructs';

/** Whether a tree has exactly these constructs, in this order. Cheaper than a list of them, which nobody keeps. */
function consistsOf(root: IConstruct, known: readonly IConstruct[]): boolean {
  let next = 0;
  const isNext = (construct: IConstruct): boolean =>
    construct === known[next++] && construct.node.children.every(isNext);
  return isNext(root) && next === known.length;
}

/** Looks at a whole tree, and looks again only when constructs have come or gone: cdk8s asks once per chart and synth. */
function remembered(root: IConstruct, check: (constructs: readonly IConstruct[]) => string[]): () => string[] {
  let known: readonly IConstruct[] = [];
  let found: string[] = [];
  return () => {
    if (!consistsOf(root, known)) {
      known = root.node.findAll();
      found = check(known);
    }
    return found;
  };
}

/**
 * A check of everything in an app, the user's own objects included: it makes synth fail with its messages. It runs once
 * per app, whatever the number of stacks, and must depend on nothing but which constructs there are.
 */
export function appCheck(check: (constructs: readonly IConstruct[]) => string[]): (construct: Construct) => void {
  const guarded = new WeakSet<object>();
  return ({ node: { root } }) => {
    if (guarded.has(root)) return;
    guarded.add(root);
    root.node.addValidation({ validate: remembered(root, check) });
  };
}
