/**
 * Classes of models whose checkpoints have no layers for multi-token prediction: vLLM has no class for their drafts
 * (vllm/config/speculative.py, hf_config_override). Only those about which there is no doubt in any release.
 */
export const WITHOUT_MTP: ReadonlySet<string> = new Set([
  'LlamaForCausalLM',
  'Llama4ForConditionalGeneration',
  'MistralForCausalLM',
  'MixtralForCausalLM',
  'Qwen2ForCausalLM',
  'Qwen2VLForConditionalGeneration',
  'Qwen2_5_VLForConditionalGeneration',
  'Qwen3ForCausalLM',
  'Qwen3MoeForCausalLM',
  'Qwen3VLForConditionalGeneration',
  'Qwen3VLMoeForConditionalGeneration',
  'Gemma2ForCausalLM',
  'Gemma3ForCausalLM',
  'Gemma3ForConditionalGeneration',
  'GptOssForCausalLM',
  'Phi3ForCausalLM',
  'PhiMoEForCausalLM',
  'CohereForCausalLM',
  'Cohere2ForCausalLM',
  'Olmo3ForCausalLM',
  'OlmoeForCausalLM',
  'GraniteForCausalLM',
  'GraniteMoeHybridForCausalLM',
  'SeedOssForCausalLM',
  'SmolLM3ForCausalLM',
  'InternLM2ForCausalLM',
]);
