import { isCpu } from '../accelerator/accelerator-plan';
import type { Vendor } from '../accelerator/vendor';
import { vendorOf } from '../accelerator/vendor';
import { error, warning } from '../preflight/finding';
import type { CrossCheck } from './cross-check';

/** What an image is built for. An image for processors uses no device at all. */
type Target = Vendor | 'CPU';

/** What an image is built for, in words, and the image that fits instead. */
const TARGETS: Readonly<Record<Target, { readonly words: string; readonly repository?: string }>> = {
  NVIDIA: { words: 'CUDA', repository: 'vllm/vllm-openai' },
  AMD: { words: 'ROCm', repository: 'vllm/vllm-openai-rocm' },
  Intel: { words: 'Intel GPUs', repository: 'vllm/vllm-openai-xpu' },
  TPU: { words: 'TPUs', repository: 'vllm/vllm-tpu' },
  Gaudi: { words: 'Gaudi', repository: 'opea/vllm-gaudi' },
  Ascend: { words: 'Ascend', repository: 'quay.io/ascend/vllm-ascend' },
  Neuron: { words: 'Neuron' },
  CPU: { words: 'processors without a device' },
};

/**
 * Published images, by the end of their repository.
 *
 * Sources: docs/getting_started/installation of vLLM 0.32; rocm/vllm and rocm/vllm-dev of AMD; llm-d/llm-d docker/;
 * vllm-project/vllm-ascend; vllm-project/vllm-gaudi; awsdocs-neuron, "vLLM on Neuron"; LMCache docker/.
 */
const PUBLISHED: readonly (readonly [repository: RegExp, target: Target])[] = [
  [/^(docker\.io\/)?vllm\/vllm-openai$/, 'NVIDIA'],
  [/^(docker\.io\/)?lmcache\/vllm-openai$/, 'NVIDIA'],
  [/^nvcr\.io\/nvidia\/vllm$/, 'NVIDIA'],
  [/(^|\/)llm-d\/llm-d-cuda$/, 'NVIDIA'],
  [/(^|\/)vllm\/vllm-(openai|omni)-rocm$/, 'AMD'],
  [/(^|\/)rocm\/vllm(-dev)?$/, 'AMD'],
  [/(^|\/)vllm\/vllm-openai-xpu$/, 'Intel'],
  [/(^|\/)llm-d\/llm-d-xpu$/, 'Intel'],
  [/(^|\/)intel\/(vllm|llm-scaler-vllm)$/, 'Intel'],
  [/(^|\/)vllm\/vllm-tpu$/, 'TPU'],
  [/(^|\/)opea\/vllm-gaudi$/, 'Gaudi'],
  [/^vault\.habana\.ai\//, 'Gaudi'],
  [/(^|\/)ascend\/vllm-ascend$/, 'Ascend'],
  [/^public\.ecr\.aws\/neuron\//, 'Neuron'],
  [/(^|\/)vllm\/vllm-openai-cpu$/, 'CPU'],
  [/(^|\/)llm-d\/llm-d-cpu$/, 'CPU'],
  [/(^|\/)q9t5s3a7\/vllm-(arm64-)?cpu-release-repo$/, 'CPU'],
];

/** Words in the name of any other image. */
const WORDS: readonly (readonly [word: RegExp, target: Target])[] = [
  [/^(cuda|cu1[1-9]\d|nvidia)/, 'NVIDIA'],
  [/^rocm/, 'AMD'],
  [/^xpu$/, 'Intel'],
  [/^tpu$/, 'TPU'],
  [/^(gaudi|hpu|habana)/, 'Gaudi'],
  [/^(ascend|npu|cann)/, 'Ascend'],
  [/^neuronx?$/, 'Neuron'],
  [/^cpu$/, 'CPU'],
];

/** What an image is built for; undefined where its name does not show it. */
export function targetOf(image: string): { readonly target: Target; readonly isPublished: boolean } | undefined {
  const [, repository = '', tag = ''] = /^([^@]*?)(?::([^:/@]+))?(?:@.*)?$/.exec(image) ?? [];
  const published = PUBLISHED.find(([name]) => name.test(repository));
  if (published) return { target: published[1], isPublished: true };
  // The registry and the folders may name anything; the last part is the image.
  const name = repository.split('/').at(-1) ?? '';
  const words = `${name}-${tag}`.toLowerCase().split(/[-_.]/);
  const named = new Set(WORDS.filter(([word]) => words.some((each) => word.test(each))).map(([, target]) => target));
  const [only = name === 'vllm-openai' ? 'NVIDIA' : undefined] = named;
  return only !== undefined && named.size < 2 ? { target: only, isPublished: false } : undefined;
}

/** An image is built for the devices of one vendor, and the engine finds no others. */
export const imageOfVendor: CrossCheck = ({ accelerator, image, release }) => {
  // Stacks without a device have a check of their own.
  if (isCpu(accelerator)) return [];
  const { resourceName } = accelerator;
  const built = targetOf(image);
  const vendor = vendorOf(resourceName);
  if (built === undefined || built.target === vendor) return [];
  const { words } = TARGETS[built.target];
  // The devices of a vendor that is not listed need an image of their own, as far as is known.
  if (vendor === undefined && built.target !== 'NVIDIA') return [];
  const { repository } = vendor === undefined ? {} : TARGETS[vendor];
  const set = repository === undefined ? 'repository: "…", imageTag: "…"' : `repository: "${repository}"`;
  const fix = `set the image: VllmVersion.of("${release.text}", { ${set} })`;
  const isCertain = built.isPublished && vendor !== undefined;
  const of = isCertain ? error : warning;
  const [subject, problem] =
    built.target === 'NVIDIA'
      ? ['accelerator', `is ${resourceName}, but the image ${image} is built for CUDA and does not find this device`]
      : [
          'vllmVersion',
          `has the image ${image}, which ${isCertain ? 'is' : 'by its name is'} built for ${words} and does not find ${resourceName}`,
        ];
  return [of('image-of-another-vendor', subject, problem, isCertain ? fix : `${fix}, or acknowledge this`)];
};
