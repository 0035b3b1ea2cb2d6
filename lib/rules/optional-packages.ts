import { isOfficialImage } from '../defaults/images';
import type { Span } from '../engine/catalogue/rows';
import { holds } from '../engine/catalogue/span';
import { error } from '../preflight/finding';
import type { Condition } from './condition';
import { is, met } from './condition';
import type { CrossCheck } from './cross-check';
import { originOf, valueInWords } from './setting';

/** A Python package that vLLM's own image does not have. */
interface OptionalPackage {
  readonly in: Span;
  readonly needs: string;
  readonly when: readonly Condition[];
}

/**
 * Sources: vllm/config/speculative.py, _validate_suffix_decoding; vllm/v1/executor/ray_utils.py, assert_ray_available, and
 * requirements/cuda.txt, which has no Ray.
 */
const PACKAGES: readonly OptionalPackage[] = [
  {
    in: '0.11..',
    needs: 'arctic-inference',
    when: [is('speculativeConfig.method', 'suffix'), is('specMethod', 'suffix')],
  },
  {
    in: '0.32..',
    needs: 'ray',
    when: [is('distributedExecutorBackend', 'ray'), is('dataParallelBackend', 'ray')],
  },
];

/** Options whose packages must be added to the image. */
export const optionalPackages: CrossCheck = (context) => {
  const { image, release } = context;
  if (!isOfficialImage(image)) return [];
  return PACKAGES.flatMap(({ in: span, needs, when }) => {
    const used = holds(span, release) ? when.find((condition) => met(condition, context)) : undefined;
    if (used === undefined) return [];
    const problem = `${valueInWords(context, used.setting)}, which needs the Python package ${needs}, and ${image} does not have it`;
    const fix = `use an image of your own that has it: VllmVersion.of("${release.text}", { repository }), or remove it`;
    return [error('optional-package', originOf(context, used.setting), problem, fix)];
  });
};
