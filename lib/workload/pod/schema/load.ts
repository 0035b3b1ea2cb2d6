/* eslint-disable @typescript-eslint/no-require-imports -- read on first use: few stacks override their pod template. */
import type * as References from './references';
import type * as Template from './template-findings';
import type * as Unknown from './unknown-field';

export const templateFindings = () => (require('./template-findings') as typeof Template).templateFindings;
export const referenceFindings = () => (require('./references') as typeof References).referenceFindings;
export const fixOfUnknown = () => (require('./unknown-field') as typeof Unknown).fixOfUnknown;
