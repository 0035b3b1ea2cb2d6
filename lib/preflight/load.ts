/* eslint-disable @typescript-eslint/no-require-imports -- read on first use: a synth without stale acknowledgements needs no
   text of the register. */
import type * as Register from './register';

export const isFoundAtSynth = (id: string) => (require('./register') as typeof Register).isFoundAtSynth(id);
export const isRegistered = (id: string) => (require('./register') as typeof Register).isRegistered(id);
