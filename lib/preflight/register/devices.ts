import type { Section } from './section';

export const DEVICES = [
  {
    title: 'Stacks on CPU',
    docs: 'devices.md#no-gpu',
    errors: {
      'architecture-contradicts': 'The placement selects nodes of another architecture than the accelerator.',
      'gpu-property-on-cpu': 'A property is about GPUs, and the stack runs on CPU.',
      'image-of-another-architecture': 'The image is for another architecture than that of the nodes.',
      'kv-cache-bytes-unread': 'The pinned vLLM version does not read this size of the KV cache on CPU.',
      'kv-cache-dtype-on-cpu': 'vLLM has no KV cache in this format on this CPU.',
      'kv-cache-twice': 'Two properties set the size of the KV cache on CPU.',
      'model-on-cpu': 'vLLM does not have the attention of this model on CPU.',
      'option-refused-on-cpu': 'vLLM refuses this option on CPU.',
      'wrong-cores': 'The lists of cores cannot be read, or are not one for each rank.',
    },
    warnings: {
      'block-size-on-cpu': 'The kernels for CPUs are slow with this block size.',
      'cpu-pods-on-gpu-nodes': 'Pods that use no GPU are let onto nodes with GPUs.',
      'cpu-variable-on-gpu': 'A variable of the CPU backend has no effect on a GPU.',
      'few-cores': 'A stack on CPU requests so few cores that its start may be too slow.',
      'float16-on-cpu': 'float16 is not stable on CPU.',
      'option-unused-on-cpu': 'An option has no effect on CPU.',
      'quantization-on-cpu': 'vLLM does not list this quantization for CPUs.',
      'threads-above-cores': 'The engine computes with more threads than the pod requests cores.',
    },
  },
  {
    title: 'GPU memory',
    docs: 'memory-fit.md#what-is-counted',
    errors: {
      'gpu-memory-in-use': 'The engine requests a share of GPU memory that is not free when it starts.',
      'memory-context': 'A request of the maximum length does not fit into the KV cache.',
      'memory-kv-cache': 'The KV cache is set larger than the GPU memory that weights and reserve leave.',
      'memory-weights': 'The weights leave no GPU memory for the KV cache.',
      'weights-size-contradicts': 'The size that is set for the weights is not that of the known model.',
    },
    warnings: {
      'memory-experts-unknown': 'Ranks divide the experts of a model whose architecture is not known.',
      'sequences-above-blocks': 'A batch may have more sequences than the KV cache has blocks for their states.',
    },
    notices: {
      'memory-few-sequences': 'Few requests of the maximum length fit into the KV cache at once.',
      'memory-kv-cache-unchecked':
        'The architecture of the model is not known: its weights are checked, its KV cache is not.',
      'memory-not-counted': 'An option uses GPU memory that the memory fit does not count.',
      'memory-of-accelerator-unknown': 'The memory of the accelerator is not known, so the memory fit is not checked.',
    },
  },
  {
    title: 'Measured memory',
    docs: 'memory-fit.md#when-you-know-better',
    warnings: {
      'memory-override-unused': 'unsafeMemoryFit is set, but the memory fit has no error.',
    },
  },
  {
    title: 'Unknown models',
    docs: 'memory-fit.md#a-model-that-the-library-does-not-know',
    warnings: {
      'weights-unknown': 'The size of the weights is not known, so numbers that depend on it are planned without it.',
    },
  },
  {
    title: 'Number formats',
    docs: 'memory-fit.md#number-formats',
    errors: {
      'bfloat16-unsupported': 'The GPU does not compute in bfloat16.',
      'dtype-of-quantization': 'The quantization does not work with this dtype.',
      'float16-unsupported': 'vLLM refuses float16 for this model, because it is numerically unstable.',
      'gpu-too-old': 'The images of the pinned vLLM version have no code for this GPU.',
      'kv-cache-dtype-unsupported': 'The GPU cannot read the KV cache in this format.',
      'quantization-deprecated': 'vLLM refuses this quantization unless deprecated ones are allowed.',
      'quantization-of-checkpoint': 'The quantization that is set is not that of the checkpoint.',
      'quantization-of-plain-checkpoint': 'The quantization needs a quantised checkpoint, and this one is plain.',
      'quantization-unsupported': 'The GPU cannot run this quantization with the pinned vLLM version.',
      'quantization-without-config': 'Online quantization is set without its formats.',
    },
    warnings: {
      'dtype-falls-back': 'The GPU does not compute in the format of the model, so vLLM uses another one.',
      'kv-cache-dtype-not-native': 'On this GPU only some attention backends read the KV cache in this format.',
      'quantization-not-native': 'The GPU stores this quantization, but computes in 16 bits.',
    },
  },
  {
    title: 'Attention kernels',
    docs: 'memory-fit.md#attention-kernels',
    errors: {
      'attention-backend-unsupported':
        'The attention backend that is set does not support the model, the GPU or another option.',
      'attention-unsupported': 'vLLM has no attention kernel for this model on this GPU.',
      'batch-invariance-unsupported': 'No attention kernel for this model and GPU computes independently of the batch.',
      'block-size-unsupported': 'No attention kernel reads blocks of this size.',
      'decode-context-unsupported': 'No attention kernel for this model and GPU divides the KV cache of a request.',
      'dtype-unsupported': 'No attention kernel for this model and GPU computes in this format.',
      'prefill-context-unsupported': 'No attention kernel for this model and GPU divides prompts.',
    },
  },
  {
    title: 'Placement',
    docs: 'devices.md#nodes',
    errors: {
      'nodes-contradict': 'A label must have two values at once, so no node fits.',
      'nodes-of-another-device': 'Selected nodes have another device than the accelerator, or parts of one.',
      'nodes-of-another-platform':
        'Selected nodes have another architecture or operating system than the image or the GPU.',
      'nodes-without-device': 'Selected nodes have no device for the pods, or too few.',
      'placement-unknown': 'The library knows no node label of this provider for the accelerator.',
    },
    warnings: {
      'driver-too-old': 'The selected nodes have a driver that is older than the image needs.',
      'label-misspelt': 'The pods require a label whose key is near that of a known one.',
      'node-name': 'The pods name a node, so the scheduler does not look whether its devices are free.',
      'nodes-of-another-device': 'Selected nodes have another device than the accelerator, or parts of one.',
      'nodes-of-another-platform':
        'Selected nodes have another architecture or operating system than the image or the GPU.',
      'nodes-without-device': 'Selected nodes have no device for the pods, or too few.',
      'placement-replaced': 'The overrides replace labels that the placement requires.',
      'runtime-of-another-vendor': 'The RuntimeClass is for devices of another vendor than the accelerator.',
    },
    notices: {
      'placement-open': 'No placement is set: pods may land on nodes with other GPUs.',
    },
  },
  {
    title: 'MIG slices of a stack',
    docs: 'devices.md#mig-slices',
    errors: {
      'gke-partition': 'GKE has no partition size for this MIG profile.',
      'gke-resource': 'GKE offers slices and shares as nvidia.com/gpu, but the pods request another resource.',
      'no-mig': 'No MIG profiles of this GPU are known.',
      'parallelism-on-parts': 'The engine uses several devices, but the accelerator is a slice or a share.',
    },
    warnings: {
      'slice-or-whole-gpu': 'The pods request a slice as nvidia.com/gpu, and may get a whole GPU or another slice.',
    },
  },
  {
    title: 'Shared GPUs of a stack',
    docs: 'devices.md#shared-gpus',
    errors: {
      'shared-gpu-memory': 'Together, the pods on a shared GPU reserve more than its memory.',
    },
  },
  {
    title: 'Device claims',
    docs: 'devices.md#device-claims',
    errors: {
      'slices-together': 'A device claim requests several MIG slices, which cannot work together.',
    },
  },
  {
    title: 'Network devices',
    docs: 'devices.md#network-devices',
    errors: {
      'rdma-is-accelerator': 'The RDMA resource is the accelerator itself.',
    },
    warnings: {
      'rdma-ipc-lock': 'IPC_LOCK needs a namespace whose Pod Security level is privileged.',
    },
    notices: {
      'rdma-unused': 'A network device is set, but the engine does not use one.',
    },
  },
  {
    title: 'Guaranteed cores',
    docs: 'devices.md#exclusive-cores',
    errors: {
      'guaranteed-cpu-in-parts': 'A guaranteed pod needs whole cores.',
      'guaranteed-cpu-limit': 'The CPU limit of a guaranteed pod differs from its request.',
      'guaranteed-memory': 'The memory limit of a guaranteed pod differs from its request.',
    },
    notices: {
      'guaranteed-nodes': 'Guaranteed cores need nodes with a static CPU manager.',
    },
  },
  {
    title: 'Sidecars',
    docs: 'devices.md#containers-beside-the-engine',
    errors: {
      'guaranteed-sidecar': 'A sidecar of a guaranteed pod has no equal requests and limits.',
    },
    warnings: {
      'sidecar-sees-gpus': 'A sidecar that requests no GPU may see every GPU of the node.',
    },
  },
] as const satisfies readonly Section[];
