import { Accelerator, PodUser, VllmVersion } from '../../../lib';
import type { VllmInferenceStackProps } from '../../../lib';
import { findingLine } from '../../../lib/preflight/finding';
import { stackWith } from '../../support/stack';

const AMD: Partial<VllmInferenceStackProps> = {
  accelerator: Accelerator.resource('amd.com/gpu', 1),
  vllmVersion: VllmVersion.of('0.32.0', { repository: 'vllm/vllm-openai-rocm' }),
  podUser: PodUser.vllm({ supplementalGroups: [992] }),
};

function linesOf(props: Partial<VllmInferenceStackProps>): string[] {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { findings } = stackWith(props);
  write.mockRestore();
  return findings.filter(({ id }) => id === 'runtime-of-another-vendor').map(findingLine);
}

describe('the RuntimeClass', () => {
  it.each<[what: string, props: Partial<VllmInferenceStackProps>, line: string]>([
    ['GPUs of AMD', { ...AMD, runtimeClassName: 'nvidia' }, 'of NVIDIA, and the accelerator is amd.com/gpu; remove it'],
    ['NVIDIA', { runtimeClassName: 'habana' }, 'of Gaudi, and the accelerator is nvidia.com/gpu'],
  ])('warns about one of another vendor with %s', (_what, props, line) => {
    expect(linesOf(props)).toEqual([expect.stringContaining(`runtimeClassName: is "${props.runtimeClassName}"`)]);
    expect(linesOf(props)[0]).toContain(line);
  });

  it.each<[what: string, props: Partial<VllmInferenceStackProps>]>([
    ['the runtime of the vendor', { runtimeClassName: 'nvidia' }],
    ['a variant of it', { runtimeClassName: 'nvidia-cdi' }],
    ['a sandbox', { ...AMD, runtimeClassName: 'kata-qemu' }],
    [
      'a device that is not listed',
      { accelerator: Accelerator.resource('example.com/npu', 1), runtimeClassName: 'nvidia' },
    ],
    ['none', AMD],
  ])('is accepted: %s', (_what, props) => {
    expect(linesOf(props)).toEqual([]);
  });
});
