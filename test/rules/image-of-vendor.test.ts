import { Size } from 'cdk8s';
import { Accelerator, VllmVersion } from '../../lib';
import { errorsOf, h100, idsOf, warningsOf } from '../support/plan';

const device = (name: string) => ({ accelerator: Accelerator.resource(name, 1, { memory: Size.gibibytes(192) }) });
const image = (repository: string, imageTag?: string) => ({
  vllmVersion: VllmVersion.of('0.32.0', { repository, imageTag }),
});
const ID = 'image-of-another-vendor';

describe('an image of another vendor ', () => {
  it.each<[resource: string, repository: string]>([
    ['amd.com/gpu', '{ repository: "vllm/vllm-openai-rocm" }'],
    ['gpu.intel.com/xe', '{ repository: "vllm/vllm-openai-xpu" }'],
    ['gpu.intel.com/i915', '{ repository: "vllm/vllm-openai-xpu" }'],
    ['google.com/tpu', '{ repository: "vllm/vllm-tpu" }'],
    ['habana.ai/gaudi', '{ repository: "opea/vllm-gaudi" }'],
    ['huawei.com/Ascend910', '{ repository: "quay.io/ascend/vllm-ascend" }'],
    ['aws.amazon.com/neuroncore', '{ repository: "…", imageTag: "…" }'],
  ])('refuses the CUDA image for %s', (resource, options) => {
    expect(errorsOf(device(resource))).toContain(
      `accelerator: is ${resource}, but the image vllm/vllm-openai:v0.32.0 is built for CUDA and does not find this device; set the image: VllmVersion.of("0.32.0", ${options}) [${ID}]`,
    );
  });

  it.each<[what: string, repository: string, words: string, tag: string]>([
    ['ROCm', 'vllm/vllm-openai-rocm', 'ROCm', 'v0.32.0'],
    ['ROCm, of AMD', 'rocm/vllm', 'ROCm', 'rocm7.0.0_vllm_0.32.0_20261101'],
    ['ROCm, of a developer', 'docker.io/rocm/vllm-dev', 'ROCm', 'v0.32.0-20261101'],
    ['Intel GPUs', 'vllm/vllm-openai-xpu', 'Intel GPUs', 'v0.32.0'],
    ['TPUs', 'vllm/vllm-tpu', 'TPUs', 'v0.32.0'],
    ['Gaudi', 'opea/vllm-gaudi', 'Gaudi', '1.22.0'],
    ['Ascend', 'quay.io/ascend/vllm-ascend', 'Ascend', 'v0.32.0'],
    ['Neuron', 'public.ecr.aws/neuron/pytorch-inference-vllm-neuronx', 'Neuron', '0.32.0-neuronx-py312-sdk2.27'],
    ['processors', 'vllm/vllm-openai-cpu', 'processors without a device', 'v0.32.0'],
    [
      'processors, in the registry of vLLM',
      'public.ecr.aws/q9t5s3a7/vllm-cpu-release-repo',
      'processors without a device',
      'v0.32.0',
    ],
  ])('refuses one for %s on NVIDIA', (_, repository, words, tag) => {
    expect(errorsOf(image(repository, tag))).toEqual([
      `vllmVersion: has the image ${repository}:${tag}, which is built for ${words} and does not find nvidia.com/gpu; set the image: VllmVersion.of("0.32.0", { repository: "vllm/vllm-openai" }) [${ID}]`,
    ]);
  });

  it('refuses one for processors on any device', () => {
    expect(errorsOf({ ...device('amd.com/gpu'), ...image('vllm/vllm-openai-cpu') }).join()).toContain(
      'built for processors without a device and does not find amd.com/gpu',
    );
  });

  it.each<[what: string, props: Parameters<typeof warningsOf>[0], line: string]>([
    [
      'a name with ROCm on NVIDIA',
      image('registry.example.com/team/vllm-rocm'),
      'vllmVersion: has the image registry.example.com/team/vllm-rocm:v0.32.0, which by its name is built for ROCm and does not find nvidia.com/gpu; set the image: VllmVersion.of("0.32.0", { repository: "vllm/vllm-openai" }), or acknowledge this',
    ],
    [
      'a tag with ROCm on NVIDIA',
      image('registry.example.com/vllm', 'v0.32.0-rocm7.0'),
      'by its name is built for ROCm',
    ],
    [
      'a tag for processors',
      image('registry.example.com/vllm', 'v0.32.0-cpu'),
      'built for processors without a device',
    ],
    [
      'a mirror of the CUDA image on AMD',
      { ...device('amd.com/gpu'), ...image('mirror/vllm/vllm-openai') },
      'accelerator: is amd.com/gpu',
    ],
    [
      'a tag with CUDA on AMD',
      { ...device('amd.com/gpu'), ...image('mirror/vllm', 'v0.32.0-cu129') },
      'accelerator: is amd.com/gpu',
    ],
    ['the CUDA image on an unknown device', device('example.com/gpu'), 'accelerator: is example.com/gpu'],
  ])('warns about %s', (_, props, line) => {
    expect(errorsOf(props)).toEqual([]);
    expect(
      warningsOf(props)
        .filter((each) => each.endsWith(`[${ID}]`))
        .join(),
    ).toContain(line);
  });

  it.each<[what: string, props: Parameters<typeof idsOf>[0]]>([
    ['the ROCm image on AMD', { ...device('amd.com/gpu'), ...image('vllm/vllm-openai-rocm') }],
    [
      'a mirror of the ROCm image on AMD',
      { ...device('amd.com/gpu'), ...image('mirror.example.com/vllm/vllm-openai-rocm') },
    ],
    ['an image of one’s own on AMD', { ...device('amd.com/gpu'), ...image('registry.example.com/vllm') }],
    ['the CUDA image on a share of Alibaba’s plugin', device('aliyun.com/gpu-mem')],
    ['the CUDA image on a GPU of Volcano', device('volcano.sh/vgpu-number')],
    ['an image with two vendors in its name', image('registry.example.com/vllm-cuda-rocm')],
    ['a folder with the name of another vendor', image('registry.example.com/cpu/vllm')],
    ['an image of llm-d on NVIDIA', { accelerator: h100(1), ...image('ghcr.io/llm-d/llm-d-cuda') }],
    ['any image on an unknown device', { ...device('rebellions.ai/ATOM'), ...image('rebellions/vllm-rbln') }],
  ])('accepts %s', (_, props) => {
    expect(idsOf(props)).not.toContain(ID);
  });
});
