/* eslint-disable @typescript-eslint/no-require-imports -- loaded on first use: most stacks open nothing besides HTTP. */
import type * as Findings from './ports-findings';
import type * as Plan from './ports-plan';

export const planPorts = () => (require('./ports-plan') as typeof Plan).planPorts;
export const portsFindings = () => (require('./ports-findings') as typeof Findings).portsFindings;
