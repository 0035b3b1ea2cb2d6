import { DELIVERY } from './register/delivery';
import { DEVICES } from './register/devices';
import { ENGINE } from './register/engine';
import { GENERAL } from './register/general';
import { GPU_PLATFORM } from './register/gpu-platform';
import { OPTION_RELATIONS } from './register/option-relations';
import { PODS } from './register/pods';
import { INFERENCE_POOLS } from './register/inference-pools';
import { ROUTING } from './register/routing';
import { SCALING } from './register/scaling';
import type { Section } from './register/section';
import { SMOKE_TEST } from './register/smoke-test';
import { WATCHING } from './register/watching';

/**
 * Every finding of the library. An id has one meaning and is never renamed: users acknowledge findings by it.
 * `docs/findings.md` is generated from this. A synth needs the types only, and loads nothing of it.
 */
export const REGISTER = [
  ...GENERAL,
  ...ENGINE,
  ...OPTION_RELATIONS,
  ...DEVICES,
  ...PODS,
  ...DELIVERY,
  ...SCALING,
  ...WATCHING,
  ...ROUTING,
  ...INFERENCE_POOLS,
  ...SMOKE_TEST,
  ...GPU_PLATFORM,
] as const satisfies readonly Section[];

type Registered = (typeof REGISTER)[number];

/** Ids in one list of a section: `errors`, `warnings` or `notices`. */
type Listed<List extends string, Each = Registered> = Each extends { readonly [L in List]: infer Meanings }
  ? keyof Meanings & string
  : never;

/** `vllm-<version>-changes` in the register stands for an id for each version. */
type Filled<Id extends string> = Id extends `${infer Head}<${string}>${infer Tail}` ? `${Head}${string}${Tail}` : Id;

export type ErrorId = Filled<Listed<'errors'>>;
export type WarningId = Filled<Listed<'warnings'>>;
export type NoticeId = Filled<Listed<'notices'>>;

/** Ids as the register has them, `<…>` for a variable part. */
export const REGISTERED_IDS: ReadonlySet<string> = new Set(
  REGISTER.flatMap(({ errors, warnings, notices }: Section) =>
    [errors, warnings, notices].flatMap((meanings) => Object.keys(meanings ?? {})),
  ),
);

const AT_SYNTH: ReadonlySet<string> = new Set(
  REGISTER.filter(({ atSynth }: Section) => atSynth).flatMap(({ errors, warnings, notices }: Section) =>
    [errors, warnings, notices].flatMap((meanings) => Object.keys(meanings ?? {})),
  ),
);

/** Whether an id is reported when the whole app is checked. */
export const isFoundAtSynth = (id: string): boolean => AT_SYNTH.has(id);

/** Whether some check can report this id. */
export function isRegistered(id: string): boolean {
  return [...REGISTERED_IDS].some((each) => {
    const [head = '', tail] = each.split(/<[^>]*>/);
    if (tail === undefined) return each === id;
    return id.length > head.length + tail.length && id.startsWith(head) && id.endsWith(tail);
  });
}
