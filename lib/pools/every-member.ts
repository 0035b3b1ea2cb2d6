import type { Construct, IConstruct } from 'constructs';
import { appCheck } from '../emit/app-check';
import { isBranded } from '../shapes/brand';

/** What the check reads of a stack. */
interface Stack extends IConstruct {
  readonly _parts: { readonly pool: { readonly pool: string } | undefined };
}

/** What the check reads of a pool. */
interface Pool extends IConstruct {
  readonly _members: readonly Construct[];
}

/** Stacks whose pods have the labels of a pool, without a pool of the app that knows them, or with several. */
function strays(constructs: readonly IConstruct[]): string[] {
  const pools = constructs.filter((each): each is Pool => isBranded(each, 'InferencePool'));
  const stacks = constructs.filter((each): each is Stack => isBranded(each, 'VllmInferenceStack'));
  return stacks.flatMap((stack) => {
    const name = stack._parts.pool?.pool;
    if (name === undefined) return [];
    const owners = pools.filter(({ _members: members }) => members.includes(stack as unknown as Construct));
    if (owners.length === 1) return [];
    const { path } = stack.node;
    if (owners.length === 0) {
      return [
        `VllmInferenceStack ${path} is a member of the pool "${name}", and no InferencePool of this app has it in stacks; add it to the stacks of an InferencePool, or remove inferencePool from it`,
      ];
    }
    const named = owners.map(({ node }) => node.path).join(', ');
    return [`VllmInferenceStack ${path} is in the stacks of ${owners.length} InferencePools (${named}); keep one`];
  });
}

/** Makes synth fail when a member of a pool is not in exactly one InferencePool of the app. */
export const refuseStrayMembers = appCheck(strays, { remember: true });
