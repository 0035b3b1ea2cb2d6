/* eslint-disable @typescript-eslint/no-require-imports -- loaded on first use: only a fit that fails has suggestions. */
import type * as Alternatives from './alternatives';

export const suggestions = () => require('./alternatives') as typeof Alternatives;
