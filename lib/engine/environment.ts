import { PATHS } from '../defaults';
import { checkEnvironment } from './check/check-environment';
import { podFieldFindings } from './check/pod-fields';
import { circleFindings } from './check/references';
import { checkVariableValue } from './check/variable-values';
import type { Catalogue } from './catalogue/catalogue';
import { hasQuirk } from './catalogue/quirks';
import type { PodField, PodFieldSource } from './pod-field';
import { inOrder } from './variable-references';
import { isTrue } from './variable-switch';
import type { Release } from './release';
import type { Finding } from '../preflight/finding';
import { error } from '../preflight/finding';
import { looksSecret } from '../secrets/looks-secret';
import type { SecretKey, SecretReference } from '../secrets/secret-key';
import { secretReference } from '../secrets/secret-key';

/** A variable of the container: a value, a field of the pod, a resource of the container, or a key of a Secret. */
export interface EnvironmentVariable extends PodFieldSource {
  readonly name: string;
  readonly value?: string;
  readonly secret?: SecretReference;
}

/** What the environment depends on. */
export interface EnvironmentInput {
  readonly env: Readonly<Record<string, string>>;
  readonly secretEnv: Readonly<Record<string, SecretKey>>;
  readonly fieldEnv: Readonly<Record<string, PodField>>;
  readonly apiKey: SecretKey | undefined;
  readonly accessToken: SecretKey | undefined;
  /** True when a volume has the model as a folder. */
  readonly offline: boolean;
  /** True when a claim has the cache of the Hub, and nothing is added to it. */
  readonly isCached: boolean;
  readonly startupBudget: number;
  /** Variables that other parts of the stack need. */
  readonly others: readonly EnvironmentVariable[];
  readonly release: Release;
}

const OFFLINE =
  'remove it: it follows from weights; with a complete cache, set weights to Weights.fromHub({ cacheClaim, offline: true })';

/** Variables that belong to another property, or that must not be set at all. */
const NOT_FOR_ENV: ReadonlyMap<string, string> = new Map(
  Object.entries({
    VLLM_API_KEY: 'set apiKey instead',
    HF_TOKEN: 'set accessToken in Model.of instead',
    HUGGING_FACE_HUB_TOKEN: 'set accessToken in Model.of instead',
    VLLM_ENGINE_READY_TIMEOUT_S: 'set lifecycle.startupBudget instead',
    HOME: 'remove it: the writable caches are there',
    HF_HOME: 'remove it: the volume of the weights is there; set weights instead',
    HF_HUB_OFFLINE: OFFLINE,
    TRANSFORMERS_OFFLINE: OFFLINE,
    CUDA_VISIBLE_DEVICES: 'remove it: the device plugin sets it, and vLLM cannot read the UUID of a MIG slice there',
    NVIDIA_VISIBLE_DEVICES: 'remove it: the device plugin sets it',
    PROMETHEUS_MULTIPROC_DIR: 'remove it: vLLM creates a new folder, and would add up old files in another one',
  }),
);

/** Whether the weights come from ModelScope instead of the Hub (vllm/envs.py). */
export const usesModelScope = ({ VLLM_USE_MODELSCOPE: set }: EnvironmentInput['env']): boolean => isTrue(set);

/** Variables that the library sets. */
function derived(input: EnvironmentInput): EnvironmentVariable[] {
  const { env, release, startupBudget, offline, isCached, accessToken, apiKey } = input;
  const variables: EnvironmentVariable[] = [
    { name: 'HOME', value: PATHS.home },
    // Only the CUDA image since 0.22 has a passwd entry for the UID; without one, Python asks for USER (vLLM #44548).
    { name: 'USER', value: 'vllm' },
    { name: 'VLLM_NO_USAGE_STATS', value: '1' },
  ];
  if (hasQuirk(release, 'ready-timeout')) {
    variables.push({ name: 'VLLM_ENGINE_READY_TIMEOUT_S', value: String(startupBudget) });
  }
  if (offline || isCached) {
    variables.push({ name: 'HF_HUB_OFFLINE', value: '1' }, { name: 'TRANSFORMERS_OFFLINE', value: '1' });
  }
  if (!offline) {
    variables.push({ name: 'HF_HOME', value: PATHS.models });
    if (usesModelScope(env)) variables.push({ name: 'MODELSCOPE_CACHE', value: PATHS.models });
  }
  if (accessToken) variables.push({ name: 'HF_TOKEN', secret: secretReference(accessToken) });
  if (apiKey) variables.push({ name: 'VLLM_API_KEY', secret: secretReference(apiKey) });
  return variables;
}

/** What the device of a stack changes for its variables. */
export interface DeviceVariables {
  /** Further variables that belong to a property, with what to do instead. */
  readonly owned: ReadonlyMap<string, string>;
  /** Whether the device needs a plugin for vLLM, which may read variables of its own. */
  readonly withPlugin: boolean;
}

function nameFindings(
  subject: string,
  name: string,
  checked: Catalogue | undefined,
  { owned, withPlugin }: DeviceVariables,
): Finding[] {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return [error('variable-name', subject, 'is not a valid name of a variable', 'use letters, digits and "_"')];
  }
  const instead = NOT_FOR_ENV.get(name) ?? owned.get(name);
  if (instead !== undefined) return [error('owned-variable', subject, 'is not for env', instead)];
  return checked ? checkEnvironment([{ origin: subject, name }], checked, withPlugin) : [];
}

function secretFindings(subject: string, name: string, value: string): Finding[] {
  if (!looksSecret(name, value)) return [];
  const problem = 'looks like a secret, and anyone who can read the YAML can see its value';
  return [error('secret-as-text', subject, problem, 'put it into a Secret and set it in secretEnv with SecretKey.of')];
}

/** One mistake of a value gives one finding: a secret is not checked further. */
function valueFindings(
  name: string,
  value: string,
  env: SetVariables['env'],
  checked: Catalogue | undefined,
): Finding[] {
  const secret = secretFindings(`env.${name}`, name, value);
  if (secret.length > 0 || checked === undefined) return secret;
  return checkVariableValue(`env.${name}`, name, env, checked);
}

/** Decides all variables of the container, sorted by name, but each behind those that its value names. */
export function planEnvironment(input: EnvironmentInput): EnvironmentVariable[] {
  const { env, secretEnv, fieldEnv } = input;
  const set: EnvironmentVariable[] = [
    ...Object.entries(env).map(([name, value]) => ({ name, value })),
    ...Object.entries(secretEnv).map(([name, secret]) => ({ name, secret: secretReference(secret) })),
    ...Object.entries(fieldEnv).map(([name, { _source: source }]) => ({ name, ...source })),
  ];
  const names = new Set(set.map(({ name }) => name));
  const variables = [...[...derived(input), ...input.others].filter(({ name }) => !names.has(name)), ...set];
  return inOrder(variables);
}

/** Variables that the user set: those with a value, the names of those from a Secret, and those from the pod. */
export interface SetVariables {
  readonly env: Readonly<Record<string, string>>;
  readonly secretEnv: readonly string[];
  readonly fieldEnv: Readonly<Record<string, PodFieldSource>>;
}

/** Values of the variables that the user set, by name; undefined for one whose value synth does not know. */
export const setVariables = ({ env, secretEnv, fieldEnv }: SetVariables): ReadonlyMap<string, string | undefined> =>
  new Map([
    ...Object.entries(env),
    ...[...secretEnv, ...Object.keys(fieldEnv)].map((name): [string, undefined] => [name, undefined]),
  ]);

/** A variable that an earlier map has too. */
function twice(map: string, name: string, { env, secretEnv }: Pick<SetVariables, 'env' | 'secretEnv'>): Finding[] {
  const other = Object.hasOwn(env, name) ? 'env' : secretEnv.includes(name) ? 'secretEnv' : undefined;
  if (other === undefined) return [];
  return [error('variable-twice', `${map}.${name}`, `is in ${other} too`, 'keep one of them')];
}

/**
 * What is wrong with the variables that the user set. `checked` is undefined for a release about which nothing is known.
 */
export function environmentFindings(
  variables: SetVariables,
  checked: Catalogue | undefined,
  device: DeviceVariables,
): Finding[] {
  const { env, secretEnv, fieldEnv } = variables;
  return [
    ...Object.entries(env).flatMap(([name, value]) => [
      ...nameFindings(`env.${name}`, name, checked, device),
      ...(NOT_FOR_ENV.has(name) || device.owned.has(name) ? [] : valueFindings(name, value, env, checked)),
    ]),
    ...secretEnv.flatMap((name) => [
      ...nameFindings(`secretEnv.${name}`, name, checked, device),
      ...twice('secretEnv', name, { env, secretEnv: [] }),
    ]),
    ...Object.entries(fieldEnv).flatMap(([name, source]) => {
      const subject = `fieldEnv.${name}`;
      const named = nameFindings(subject, name, checked, device);
      return [
        ...named,
        ...(named.length > 0 ? [] : podFieldFindings(subject, name, source, checked)),
        ...twice('fieldEnv', name, variables),
      ];
    }),
    ...circleFindings(env),
  ];
}
