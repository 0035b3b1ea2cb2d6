import type { AcceleratorPlan } from '../accelerator/accelerator-plan';
import { isOfficialImage } from '../defaults/images';
import { hasQuirk } from '../engine/catalogue/quirks';
import type { Release } from '../engine/release';
import { atLeast } from '../engine/release';
import { notice } from '../preflight/finding';
import type { CrossCheck } from './cross-check';

/** CUDA 13 needs a driver of this branch (docs.nvidia.com/datacenter/tesla/drivers, supported CUDA versions). */
export const CUDA_13_DRIVER = 580;

/** Images for another CUDA have it in their tag: `-cu129`. */
const OTHER_CUDA = /-cu1[12]\d/;

/** Whether a stack runs vLLM's own image for CUDA 13. */
export const needsCuda13 = ({ model }: AcceleratorPlan, image: string, release: Release): boolean =>
  model !== undefined && hasQuirk(release, 'cuda-13') && isOfficialImage(image) && !OTHER_CUDA.test(image);

/** The driver that the image needs. It is of the nodes, and not known at synth. */
export const cudaDriver: CrossCheck = ({ accelerator, image, release, versionIsChecked }) => {
  if (!versionIsChecked || !needsCuda13(accelerator, image, release)) return [];
  const problem = `runs ${image}, which is built for CUDA 13: its nodes need an NVIDIA driver of branch ${CUDA_13_DRIVER} or later`;
  // vLLM .buildkite/scripts/publish-release-images.sh.
  const otherwise = atLeast(release, '0.33') ? 'vLLM 0.32 with' : 'the image with';
  const fix = `look at driver_version of nvidia-smi on the nodes, or use ${otherwise} imageTag: "v${atLeast(release, '0.33') ? '0.32.0' : release.text}-cu129"`;
  return [notice('driver-of-image', 'vllmVersion', problem, fix)];
};
