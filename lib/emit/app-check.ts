import type { Construct, IConstruct } from 'constructs';

/** Whether a tree has exactly these constructs, in this order. Cheaper than a new list of all constructs. */
function consistsOf(root: IConstruct, known: readonly IConstruct[]): boolean {
  let next = 0;
  const isNext = (construct: IConstruct): boolean =>
    construct === known[next++] && construct.node.children.every(isNext);
  return isNext(root) && next === known.length;
}

/** How an app is checked. */
export interface AppCheckOptions {
  /**
   * Whether the result is valid until a construct is added or removed. False for a check that reads manifests: a patch
   * may change them between two runs.
   */
  readonly remember: boolean;
}

/** A check of all constructs of an app. It returns the messages with which synth fails. */
type Look = (constructs: readonly IConstruct[]) => string[];

/** All checks of one app. cdk8s validates once per chart and synth, so the tree is walked once for all checks. */
class Watcher {
  private readonly checks = new Map<Look, AppCheckOptions>();
  private readonly found = new Map<Look, string[]>();
  private known: readonly IConstruct[] = [];

  public constructor(private readonly root: IConstruct) {
    root.node.addValidation({ validate: () => this.look() });
  }

  public add(check: Look, options: AppCheckOptions): void {
    this.checks.set(check, options);
  }

  private look(): string[] {
    const changed = !consistsOf(this.root, this.known);
    if (changed) this.known = this.root.node.findAll();
    return [...this.checks].flatMap(([check, { remember }]) => {
      const remembered = changed || !remember ? undefined : this.found.get(check);
      const found = remembered ?? check(this.known);
      this.found.set(check, found);
      return found;
    });
  }
}

const watchers = new WeakMap<IConstruct, Watcher>();

/**
 * A check of all objects in an app, including the user's own. Synth fails with its messages. It runs once per app, for
 * any number of stacks.
 */
export function appCheck(check: Look, options: AppCheckOptions): (construct: Construct) => void {
  return ({ node: { root } }) => {
    const watcher = watchers.get(root) ?? new Watcher(root);
    watchers.set(root, watcher);
    watcher.add(check, options);
  };
}
