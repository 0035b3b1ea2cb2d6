/* eslint-disable @typescript-eslint/no-require-imports -- loaded on first use: few stacks run on CPU. */
import type * as ChecksOnCpu from './cpu/checks-on-cpu';

export const checksOnCpu = () => (require('./cpu/checks-on-cpu') as typeof ChecksOnCpu).checksOnCpu;
