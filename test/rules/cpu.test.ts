import { Size } from 'cdk8s';
import { Accelerator, CpuArchitecture, GpuModel, Model, SecretKey, VllmVersion, Weights } from '../../lib';
import type { ServingProps } from '../../lib/stack/serving-props';
import { errorsOf, idsOf, pinned, planOf, warningsOf } from '../support/plan';

type Props = Partial<ServingProps>;

const { AMD64, ARM64 } = CpuArchitecture;
const SMALL: Props = { model: Model.of('Qwen/Qwen3-0.6B'), accelerator: Accelerator.cpu() };
const SHORT = { maxModelLen: 8192 };

/** A stack on CPU that starts, with the properties of a test. */
const onCpu = ({ engine, ...more }: Props = {}): Props => ({ ...SMALL, ...more, engine: { ...SHORT, ...engine } });

const on = (architecture: CpuArchitecture): Props => ({ accelerator: Accelerator.cpu({ architecture }) });
const withImage = (options: Parameters<typeof VllmVersion.of>[1], version = '0.32.0'): Props => ({
  vllmVersion: VllmVersion.of(version, options),
});
const quantised = (quantization: string): Props => ({ model: Model.of('Qwen/Qwen3-0.6B', { quantization }) });
const served = (id: string): Props => ({ model: Model.of(id) });
const connector = (kv_connector: string): Props => ({
  extraArgs: [`--kv-transfer-config=${JSON.stringify({ kv_connector, kv_role: 'kv_both' })}`],
});
const OLD_REPOSITORY = 'public.ecr.aws/q9t5s3a7/vllm-cpu-release-repo';

describe('a stack on CPU ', () => {
  it.each<[what: string, props: Props, error: string]>([
    ...([
      [
        'tensor parallelism on one NUMA node',
        { engine: { tensorParallelSize: 2 } },
        'uses 2 NUMA nodes (tensor 2 × pipeline 1 × data 1), but the accelerator has 1; remove the parallel sizes and add replicas, or set numaNodes in Accelerator.cpu to the product [device-count]',
      ],
      ['pipeline stages on one NUMA node', { engine: { pipelineParallelSize: 2 } }, '[device-count]'],
      ['data-parallel ranks on one NUMA node', { engine: { dataParallelSize: 4 } }, '[device-count]'],
      [
        'one rank on two NUMA nodes',
        { accelerator: Accelerator.cpu({ numaNodes: 2 }), engine: { tensorParallelSize: 1 } },
        'uses 1 NUMA node (tensor 1',
      ],
      ['the device of older commands', { extraArgs: ['--device=cpu'] }, '--device was removed in vLLM 0.10'],
    ] satisfies [string, Props, string][]),
    ...([
      [
        'the sleep mode',
        { extraArgs: ['--enable-sleep-mode'] },
        '--enable-sleep-mode needs the memory of a GPU: vLLM refuses to start on CPU',
      ],
      [
        'offloading of KV blocks',
        { engine: { kvOffloadingSize: Size.gibibytes(4) } },
        'engine.kvOffloadingSize: copies the KV cache from a GPU to the host',
      ],
      ['an offloading connector', connector('OffloadingConnector'), 'names OffloadingConnector'],
      ['another offloading connector', connector('SimpleCPUOffloadConnector'), '[option-refused-on-cpu]'],
      [
        'an offloading connector among several',
        {
          extraArgs: [
            '--kv-transfer-config={"kv_connector":"MultiConnector","kv_role":"kv_both","kv_connector_extra_config":{"connectors":[{"kv_connector":"OffloadingConnector","kv_role":"kv_both"}]}}',
          ],
        },
        'names OffloadingConnector',
      ],
    ] satisfies [string, Props, string][]),
    ...([
      ['the package of NIXL', connector('NixlConnector'), 'needs the Python package nixl'],
      ['the package of LMCache', connector('LMCacheConnectorV1'), 'needs the Python package lmcache'],
      ['the Run:ai streamer', { extraArgs: ['--load-format=runai_streamer'] }, 'package runai-model-streamer'],
      ['fastsafetensors', { extraArgs: ['--load-format=fastsafetensors'] }, 'package fastsafetensors'],
      ['tensorizer', { extraArgs: ['--load-format=tensorizer'] }, 'package tensorizer'],
      [
        'weights in object storage',
        { model: Model.of('s3://models/qwen', { weightsSize: Size.gibibytes(2) }) },
        'model: is s3://models/qwen, which needs the Python package runai-model-streamer, and vllm/vllm-openai-cpu:v0.32.0 does not have it',
      ],
      ['bitsandbytes', { ...quantised('bitsandbytes'), ...pinned('0.26.0') }, 'Python package bitsandbytes'],
    ] satisfies [string, Props, string][]),
    ...([
      ['the image for CUDA', withImage({ repository: 'vllm/vllm-openai' }), '[image-of-another-vendor]'],
      [
        'the image for ROCm',
        withImage({ repository: 'vllm/vllm-openai-rocm' }),
        'vllmVersion: is vllm/vllm-openai-rocm:v0.32.0, which is built for GPUs or other devices, and the stack runs on CPU; remove repository: the default is vllm/vllm-openai-cpu',
      ],
      ['the image of AMD', withImage({ repository: 'rocm/vllm' }), '[image-of-another-vendor]'],
      ['the image for XPU', withImage({ repository: 'docker.io/vllm/vllm-openai-xpu' }), '[image-of-another-vendor]'],
      [
        'a tag of CUDA',
        withImage({ imageTag: 'v0.32.0-cu129' }),
        'is vllm/vllm-openai-cpu:v0.32.0-cu129, but "-cu129" is a suffix of the images for CUDA; remove imageTag',
      ],
      ['a tag of Ubuntu', withImage({ imageTag: 'v0.32.0-ubuntu2404' }), '[no-such-image]'],
      ['the name of Arm in tags of CUDA', withImage({ imageTag: 'v0.32.0-aarch64' }), '[no-such-image]'],
      [
        'a release without a CPU image',
        pinned('0.14.0'),
        `is 0.14.0, and vllm/vllm-openai-cpu has images since 0.16; use 0.16 or later, or set repository in VllmVersion.of, for example to "${OLD_REPOSITORY}" for x86`,
      ],
      [
        'an Arm image on x86',
        { ...withImage({ imageTag: 'v0.32.0-arm64' }), ...on(AMD64) },
        'which is for arm64, but architecture in Accelerator.cpu is amd64: the container cannot start',
      ],
      [
        'an own x86 image on Arm',
        { ...withImage({ repository: 'registry.example.com/vllm', imageTag: 'v0.32.0-x86_64' }), ...on(ARM64) },
        '[image-of-another-architecture]',
      ],
    ] satisfies [string, Props, string][]),
    ...([
      [
        'the variable of the KV cache',
        { env: { VLLM_CPU_KVCACHE_SPACE: '40' } },
        'env.VLLM_CPU_KVCACHE_SPACE: is not for env; set kvCacheSpace: Size.gibibytes(40) in Accelerator.cpu instead: the memory of the pod follows from it [owned-variable]',
      ],
      ['the same without a number', { env: { VLLM_CPU_KVCACHE_SPACE: '4Gi' } }, 'set kvCacheSpace in Accelerator.cpu'],
      [
        'the same from a Secret',
        { secretEnv: { VLLM_CPU_KVCACHE_SPACE: SecretKey.of('cpu', 'space') } },
        '[owned-variable]',
      ],
      [
        'cores for two ranks',
        { env: { VLLM_CPU_OMP_THREADS_BIND: '0-31|32-63' } },
        'is "0-31|32-63", with 2 lists of cores for 1 rank: vLLM refuses to start',
      ],
      [
        'cores for one of two ranks',
        { accelerator: Accelerator.cpu({ numaNodes: 2 }), env: { VLLM_CPU_OMP_THREADS_BIND: '0-31' } },
        'with 1 list of cores for 2 ranks',
      ],
      ['the older word for no binding', { env: { VLLM_CPU_OMP_THREADS_BIND: 'all' } }, '[wrong-cores]'],
      ['cores as words', { env: { VLLM_CPU_OMP_THREADS_BIND: '0-' } }, 'is "0-": vLLM reads auto, nobind'],
      [
        'two sizes of the KV cache',
        {
          accelerator: Accelerator.cpu({ kvCacheSpace: Size.gibibytes(8) }),
          engine: { kvCacheMemory: Size.gibibytes(6) },
        },
        'engine.kvCacheMemory: is set, and so is kvCacheSpace in Accelerator.cpu, to 8 GiB; keep one of them [kv-cache-twice]',
      ],
      [
        'a size of the KV cache that is not read',
        { ...pinned('0.18.0'), engine: { kvCacheMemory: Size.gibibytes(6) } },
        'is not read on CPU before vLLM 0.20, and the version is 0.18.0; remove it, and set kvCacheSpace in Accelerator.cpu instead',
      ],
    ] satisfies [string, Props, string][]),
    ...([
      [
        'an FP8 KV cache on Arm',
        { ...on(ARM64), engine: { kvCacheDtype: 'fp8' } },
        'engine.kvCacheDtype: is fp8, which vLLM has on x86 with AVX-512 only: it refuses to start',
      ],
      ['an FP4 KV cache', { engine: { kvCacheDtype: 'nvfp4' } }, 'is nvfp4, which vLLM has on no CPU'],
      [
        'a KV cache in bf16 where auto is another name',
        { ...pinned('0.33.0'), engine: { kvCacheDtype: 'bfloat16' } },
        '[kv-cache-dtype-on-cpu]',
      ],
      [
        'latent attention in an older release',
        { ...served('deepseek-ai/DeepSeek-V2-Lite-Chat'), ...pinned('0.20.0') },
        'model: is deepseek-ai/DeepSeek-V2-Lite-Chat, whose latent attention (MLA) vLLM 0.20.0 does not have on CPU',
      ],
      ['sparse attention', served('deepseek-ai/DeepSeek-V3.2'), 'whose sparse attention vLLM does not have on CPU'],
    ] satisfies [string, Props, string][]),
  ])('refuses %s', (_, props, error) => {
    const errors = errorsOf(onCpu(props));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(error);
  });

  it.each<[what: string, props: Props, warning: string]>([
    [
      'a share of memory',
      { engine: { gpuMemoryUtilization: 0.995 } },
      'engine.gpuMemoryUtilization: has no effect on CPU, where the KV cache has a size; remove it, and set kvCacheSpace in Accelerator.cpu instead [option-unused-on-cpu]',
    ],
    ['offloaded weights', { engine: { cpuOffload: Size.gibibytes(4) } }, 'moves weights from a GPU to the host'],
    ['asynchronous scheduling', { extraArgs: ['--async-scheduling'] }, 'vLLM turns it off'],
    [
      'an attention backend for GPUs',
      { extraArgs: ['--attention-backend=FLASH_ATTN'] },
      'extraArgs[0]: --attention-backend is FLASH_ATTN, which has no effect on CPU: vLLM uses CPU_ATTN',
    ],
    ['sizes of CUDA graphs', { extraArgs: ['--max-cudagraph-capture-size=64'] }, 'which has no CUDA graphs'],
    ['reserved cores without binding', { env: { VLLM_CPU_NUM_OF_RESERVED_CPU: '1' } }, 'and it is nobind'],
    ['small blocks', { engine: { blockSize: 16 } }, 'is 16: the kernels for CPUs are slow'],
    [
      'float16',
      { model: Model.of('Qwen/Qwen3-0.6B', { dtype: 'half' }) },
      'model.dtype: is half: vLLM recommends bfloat16 on CPU',
    ],
    ['FP8 weights', quantised('fp8'), 'model.quantization: is fp8, which has kernels for CPUs with AMX only'],
    ['an FP8 checkpoint', served('Qwen/Qwen3-4B-FP8'), 'Qwen/Qwen3-4B-FP8 is quantised with fp8, which has kernels'],
    ['AWQ on Arm', { ...served('Qwen/Qwen3-4B-AWQ'), ...on(ARM64) }, 'with awq, which vLLM does not list for Arm CPUs'],
    [
      'an FP8 KV cache where it is ignored',
      { ...pinned('0.18.0'), engine: { kvCacheDtype: 'fp8' } },
      'which vLLM 0.18.0 does not have on CPU: the KV cache stays in the format of the model',
    ],
  ])('warns about %s', (_, props, warning) => {
    expect(errorsOf(onCpu(props))).toEqual([]);
    const warnings = warningsOf(onCpu(props));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(warning);
  });

  it.each<[what: string, props: Props]>([
    ['nothing set', {}],
    ['an x86 tag', { ...withImage({ imageTag: 'v0.32.0-x86_64' }), ...on(AMD64) }],
    ['an Arm tag on any node', withImage({ imageTag: 'v0.32.0-arm64' })],
    ['a digest beside any tag', withImage({ imageTag: 'v0.32.0-cu129', digest: `sha256:${'a'.repeat(64)}` })],
    ['an own image', withImage({ repository: 'registry.example.com:5000/team/vllm-cpu' })],
    ['the older registry', withImage({ repository: OLD_REPOSITORY }, '0.14.0')],
    ['the first release with an image', pinned('0.16.0')],
    ['the newest release', pinned('0.33.0')],
    ['two NUMA nodes', { accelerator: Accelerator.cpu({ numaNodes: 2 }) }],
    [
      'two NUMA nodes as stages',
      { accelerator: Accelerator.cpu({ numaNodes: 2 }), engine: { pipelineParallelSize: 2 } },
    ],
    ['a flag for the KV cache', { engine: { kvCacheMemory: Size.gibibytes(6) } }],
    ['an FP8 KV cache on x86', { engine: { kvCacheDtype: 'fp8' } }],
    ['the KV cache of the model', { engine: { kvCacheDtype: 'auto' } }],
    ['blocks of 64 tokens', { engine: { blockSize: 64 } }],
    ['the attention backend of CPUs', { extraArgs: ['--attention-backend=CPU_ATTN'] }],
    ['bf16', { model: Model.of('Qwen/Qwen3-0.6B', { dtype: 'bfloat16' }) }],
    ['float32, which doubles the weights', { model: Model.of('Qwen/Qwen3-0.6B', { dtype: 'float32' }) }],
    ['no compilation', { engine: { enforceEager: true } }],
    ['an AWQ checkpoint', served('Qwen/Qwen3-4B-AWQ')],
    ['latent attention', served('deepseek-ai/DeepSeek-V2-Lite-Chat')],
    ['cores of one rank', { env: { VLLM_CPU_OMP_THREADS_BIND: '0-2,4,6-7' } }],
    [
      'cores of two ranks',
      { accelerator: Accelerator.cpu({ numaNodes: 2 }), env: { VLLM_CPU_OMP_THREADS_BIND: '0-7|8-15' } },
    ],
    [
      'reserved cores with binding',
      { accelerator: Accelerator.cpu({ numaNodes: 2 }), env: { VLLM_CPU_NUM_OF_RESERVED_CPU: '2' } },
    ],
    ['adapters', { engine: { enableLora: true } }],
    [
      'a package in an own image',
      { ...connector('NixlConnector'), ...withImage({ repository: 'registry.example.com/vllm' }) },
    ],
    ['weights from a volume', { weights: Weights.fromVolume({ claim: 'models', path: 'qwen' }) }],
  ])('accepts %s', (_, props) => {
    expect(idsOf(onCpu(props))).toEqual([]);
  });

  it('has no rule of its own where the release is not known', () => {
    const vllmVersion = VllmVersion.unchecked('0.40.0');
    const engine = { kvCacheDtype: 'fp9', kvCacheMemory: Size.gibibytes(6) };
    expect(idsOf(onCpu({ vllmVersion, engine }))).toEqual(['version-unchecked']);
  });
});

it('warns about variables of the CPU backend on a GPU', () => {
  const env = { VLLM_CPU_KVCACHE_SPACE: '40', VLLM_CPU_OMP_THREADS_BIND: 'auto' };
  const accelerator = Accelerator.gpu(GpuModel.L40S);
  expect(warningsOf({ accelerator, env })).toEqual([
    expect.stringContaining('env.VLLM_CPU_KVCACHE_SPACE: has no effect on a GPU'),
    expect.stringContaining('env.VLLM_CPU_OMP_THREADS_BIND: has no effect on a GPU'),
  ]);
  const device = Accelerator.resource('example.com/cpu-like', 1, { memory: Size.gibibytes(64) });
  expect(planOf({ accelerator: device, env }).findings.map(({ id }) => id)).not.toContain('cpu-variable-on-gpu');
});
