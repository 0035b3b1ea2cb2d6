/* eslint-disable @typescript-eslint/no-require-imports -- loaded on first use: few programs set a JSON option. */
import type * as Json from './json';

export const json = () => require('./json') as typeof Json;
