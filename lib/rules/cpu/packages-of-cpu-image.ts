import { CPU_REPOSITORY } from '../../defaults/images';
import { atLeast } from '../../engine/release';
import { isInObjectStorage } from '../../model/model-id';
import { isJsonObject } from '../../shapes/json-object';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { CrossCheck, CrossCheckContext } from '../cross-check';

/** Values of options by the package that they need, which only other images have: the end of docker/Dockerfile.cpu. */
const PACKAGES: readonly [value: RegExp, name: string][] = [
  [/^runai_streamer/, 'runai-model-streamer'],
  [/^tensorizer$/, 'tensorizer'],
  [/^fastsafetensors$/, 'fastsafetensors'],
  [/^instanttensor$/, 'instanttensor'],
  [/^bitsandbytes$/, 'bitsandbytes'],
  [/^Nixl/, 'nixl'],
  [/^LMCache/, 'lmcache'],
  [/^Mooncake/, 'mooncake-transfer-engine'],
];

/** A plug-in since then: a choice that vLLM does not list, which is a finding of its own. */
const BITSANDBYTES_UNTIL = '0.28';

const packageOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? PACKAGES.find(([pattern]) => pattern.test(value))?.[1] : undefined;

/** Options whose package vLLM's CPU image does not have, although the one for CUDA has most of them. */
export const packagesOfCpuImage: CrossCheck = (context) => {
  const { facts, image, modelId, release } = context;
  const isOfficial = [CPU_REPOSITORY, `docker.io/${CPU_REPOSITORY}`].some((each) => image.startsWith(`${each}:`));
  if (!isOfficial) return [];
  const { loadFormat, quantization, kvTransferConfig } = facts;
  const { value: config } = kvTransferConfig;
  const connector = isJsonObject(config) ? config['kv_connector'] : undefined;
  const found: Finding[] = [];
  if (!loadFormat.isSet && isInObjectStorage(modelId)) {
    found.push(missing(context, 'model', `is ${modelId}`, 'runai-model-streamer'));
  }
  const settings: [origin: string, value: unknown][] = [
    [loadFormat.origin, loadFormat.value],
    // Examples set both together: one mistake.
    [quantization.origin, loadFormat.value === quantization.value ? undefined : quantization.value],
    [kvTransferConfig.origin, connector],
  ];
  for (const [origin, value] of settings) {
    const name = packageOf(value);
    if (name === undefined || (name === 'bitsandbytes' && atLeast(release, BITSANDBYTES_UNTIL))) continue;
    found.push(missing(context, origin, `is ${String(value)}`, name));
  }
  return found;
};

function missing({ image, release }: CrossCheckContext, subject: string, is: string, name: string): Finding {
  const problem = `${is}, which needs the Python package ${name}, and ${image} does not have it`;
  const fix = `use an image of your own that has it: VllmVersion.of("${release.text}", { repository }), or remove it`;
  return error('optional-package', subject, problem, fix);
}
