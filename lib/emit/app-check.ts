import type { Construct, IConstruct } from 'constructs';

/** Whether a tree has exactly these constructs, in this order. Cheaper than a list of them, which nobody keeps. */
function consistsOf(root: IConstruct, known: readonly IConstruct[]): boolean {
  let next = 0;
  const isNext = (construct: IConstruct): boolean =>
    construct === known[next++] && construct.node.children.every(isNext);
  return isNext(root) && next === known.length;
}

/** How an app is checked. */
export interface AppCheckOptions {
  /**
   * Whether one look holds for as long as no construct comes or goes. False for a check that reads manifests: a patch
   * changes them between two looks.
   */
  readonly remember: boolean;
}

/** A look at all constructs of an app, and the messages with which synth fails. */
type Look = (constructs: readonly IConstruct[]) => string[];

/** All checks of one app. cdk8s asks once per chart and synth, so the tree is walked once for all of them. */
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
 * A check of everything in an app, the user's own objects included: it makes synth fail with its messages. It runs once
 * per app, whatever the number of stacks.
 */
export function appCheck(check: Look, options: AppCheckOptions): (construct: Construct) => void {
  return ({ node: { root } }) => {
    const watcher = watchers.get(root) ?? new Watcher(root);
    watchers.set(root, watcher);
    watcher.add(check, options);
  };
}
