import { CpuArchitecture } from '../../accelerator/cpu-options';
import { CPU_REPOSITORY } from '../../defaults/images';
import { hasQuirk, quirkSince } from '../../engine/catalogue/quirks';
import type { Finding } from '../../preflight/finding';
import { error } from '../../preflight/finding';
import type { CrossCheck, CrossCheckContext } from '../cross-check';
import { targetOf } from '../image-of-vendor';

const isOfCpu = (image: string): boolean => /^(docker\.io\/)?vllm\/vllm-openai-cpu:/.test(image);

/** Suffixes of tags, and the architectures that they are for. */
const ARCHITECTURES: readonly [suffix: RegExp, architecture: CpuArchitecture][] = [
  [/-(x86_64|amd64)$/, CpuArchitecture.AMD64],
  [/-(arm64|aarch64)$/, CpuArchitecture.ARM64],
];

/** The image must be one for CPUs, exist, and be for the architecture of the nodes. */
export const imageOfCpu: CrossCheck = (context) => {
  const { image, release, versionIsChecked } = context;
  const built = targetOf(image);
  if (built?.isPublished && built.target !== 'CPU') {
    const problem = `is ${image}, which is built for GPUs or other devices, and the stack runs on CPU`;
    const fix = `remove repository: the default is ${CPU_REPOSITORY}`;
    return [error('image-of-another-vendor', 'vllmVersion', problem, fix)];
  }
  if (!isOfCpu(image)) return ofAnotherArchitecture(context);
  if (versionIsChecked && !hasQuirk(release, 'cpu-image')) {
    const since = quirkSince('cpu-image');
    const problem = `is ${release.text}, and ${CPU_REPOSITORY} has images since ${since}`;
    const older = 'public.ecr.aws/q9t5s3a7/vllm-cpu-release-repo';
    const fix = `use ${since} or later, or set repository in VllmVersion.of, for example to "${older}" for x86`;
    return [error('no-such-image', 'vllmVersion', problem, fix)];
  }
  return [...ofCuda(image), ...ofAnotherArchitecture(context)];
};

const tagOf = (image: string): string => /:([^:/@]+)(@.*)?$/.exec(image)?.[1] ?? '';

/** A suffix that only images for CUDA have. */
function ofCuda(image: string): Finding[] {
  // The digest decides then, and the tag is information.
  const suffix = /-(cu\d+|ubuntu\d+|x86_64-zstd|efa|aarch64)\b/.exec(tagOf(image))?.[1];
  if (suffix === undefined || image.includes('@')) return [];
  const problem = `is ${image}, but "-${suffix}" is a suffix of the images for CUDA`;
  return [error('no-such-image', 'vllmVersion', problem, 'remove imageTag: the plain tag has both architectures')];
}

function ofAnotherArchitecture({ accelerator: { architecture }, image }: CrossCheckContext): Finding[] {
  const of = ARCHITECTURES.find(([suffix]) => suffix.test(tagOf(image)))?.[1];
  if (architecture === undefined || of === undefined || of === architecture) return [];
  const problem = `is ${image}, which is for ${of}, but architecture in Accelerator.cpu is ${architecture}: the container cannot start`;
  return [error('image-of-another-architecture', 'vllmVersion', problem, 'make both equal')];
}
