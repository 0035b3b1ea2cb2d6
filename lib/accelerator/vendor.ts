/** Who makes a device, as far as images and node labels depend on it. */
export type Vendor = 'NVIDIA' | 'AMD' | 'Intel' | 'Gaudi' | 'TPU' | 'Neuron' | 'Ascend';

/**
 * Extended resources by vendor. Device plugins that share NVIDIA GPUs have domains of their own: Alibaba's cGPU
 * (AliyunContainerService/gpushare-device-plugin), Volcano (volcano-sh/devices), Tencent's GPU manager
 * (tkestack/gpu-manager), Koordinator, Elastic GPU, and the virtual GPU plugin of AWS (awslabs/aws-virtual-gpu-device-plugin).
 */
const VENDORS: readonly (readonly [resource: RegExp, vendor: Vendor])[] = [
  [/^nvidia\.com\//, 'NVIDIA'],
  [/^(aliyun\.com\/gpu|volcano\.sh\/v?gpu|tencent\.com\/vcuda|koordinator\.sh\/gpu|elasticgpu\.io\/)/, 'NVIDIA'],
  [/^k8s\.amazonaws\.com\/vgpu$/, 'NVIDIA'],
  [/^amd\.com\//, 'AMD'],
  [/^gpu\.intel\.com\//, 'Intel'],
  [/^habana\.ai\//, 'Gaudi'],
  [/^google\.com\/tpu$/, 'TPU'],
  [/^aws\.amazon\.com\/neuron/, 'Neuron'],
  [/^huawei\.com\/ascend/i, 'Ascend'],
];

/** The vendor of a device by its extended resource; undefined for one that is not listed. */
export const vendorOf = (resourceName: string): Vendor | undefined =>
  VENDORS.find(([resource]) => resource.test(resourceName))?.[1];

/** Vendors whose devices vLLM itself supports (vllm/platforms). */
const SUPPORTED: readonly (Vendor | undefined)[] = ['NVIDIA', 'AMD', 'Intel'];

/** Whether a device needs a plugin for vLLM, which may read variables of its own: `VLLM_ASCEND_ENABLE_NZ`. */
export const needsPlugin = (resourceName: string): boolean => !SUPPORTED.includes(vendorOf(resourceName));
