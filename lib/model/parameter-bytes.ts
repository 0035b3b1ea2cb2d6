/**
 * Bytes of one parameter of a quantised layer, its scales included: a byte for 32 values in mxfp, for 16 in nvfp4; two and
 * a half for 128 in awq and gptq; four for 16,384 in fp8 by block (vllm/model_executor/layers/quantization).
 */
export const PARAMETER_BYTES: Readonly<Record<string, number>> = {
  fp8: 1,
  fp8_per_tensor: 1,
  fp8_per_channel: 1,
  fp8_per_block: 1.0002,
  fbgemm_fp8: 1,
  ptpc_fp8: 1,
  modelopt: 1,
  int8_per_channel_weight_only: 1,
  mxfp8: 1 + 1 / 32,
  modelopt_mxfp8: 1 + 1 / 32,
  nvfp4_per_token: 0.5 + 1 / 16,
  modelopt_fp4: 0.5 + 1 / 16,
  mxfp4: 0.5 + 1 / 32,
  gpt_oss_mxfp4: 0.5 + 1 / 32,
  awq: 0.5 + 2.5 / 128,
  auto_awq: 0.5 + 2.5 / 128,
  awq_marlin: 0.5 + 2.5 / 128,
  gptq: 0.5 + 2.5 / 128,
  auto_gptq: 0.5 + 2.5 / 128,
  gptq_marlin: 0.5 + 2.5 / 128,
};
