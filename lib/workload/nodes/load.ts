/* eslint-disable @typescript-eslint/no-require-imports -- loaded on first use: many stacks select no nodes. */
import type * as Context from './node-context';
import type * as Nodes from './node-findings';

export const nodes = () => ({
  ...(require('./node-findings') as typeof Nodes),
  ...(require('./node-context') as typeof Context),
});
