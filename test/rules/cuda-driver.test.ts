import { Accelerator, VllmVersion } from '../../lib';
import type { ServingProps } from '../../lib';
import { findingLine } from '../../lib/preflight/finding';
import { planOf } from '../support/plan';

const linesOf = (props: Partial<ServingProps>): string[] =>
  planOf(props)
    .findings.filter(({ id }) => id === 'driver-of-image')
    .map(findingLine);

describe('the driver that the image needs', () => {
  it('is a notice for the image with CUDA 13', () => {
    expect(linesOf({})).toEqual([
      'vllmVersion: runs vllm/vllm-openai:v0.32.0, which is built for CUDA 13: its nodes need an NVIDIA driver of branch 580 or later; look at driver_version of nvidia-smi on the nodes, or use the image with imageTag: "v0.32.0-cu129" [driver-of-image]',
    ]);
  });

  it('names an older release where the newest has no other image', () => {
    expect(linesOf({ vllmVersion: VllmVersion.of('0.33.0') }).join()).toContain(
      'or use vLLM 0.32 with imageTag: "v0.32.0-cu129"',
    );
  });

  it.each<[what: string, props: Partial<ServingProps>]>([
    ['CUDA 12.9', { vllmVersion: VllmVersion.of('0.32.0', { imageTag: 'v0.32.0-cu129' }) }],
    ['an older release', { vllmVersion: VllmVersion.of('0.19.0') }],
    ['an image of the user', { vllmVersion: VllmVersion.of('0.32.0', { repository: 'our-team/vllm' }) }],
    ['another vendor', { accelerator: Accelerator.resource('amd.com/gpu', 1) }],
    ['no GPU', { accelerator: Accelerator.cpu() }],
  ])('is none of %s', (_what, props) => {
    expect(linesOf(props)).toEqual([]);
  });
});
