/**
 * What vLLM 0.32 does with classes of `config.json`.
 */

/** `_FLOAT16_NOT_SUPPORTED_MODELS` (vllm/config/model.py) names model types; these are their classes. */
const NO_FLOAT16: readonly string[] = [
  'Gemma2ForCausalLM',
  'Gemma3ForCausalLM',
  'Gemma3ForConditionalGeneration',
  'Glm4ForCausalLM',
];

/** True when vLLM refuses float16 for a class; undefined for others. */
export const refusesFloat16 = (architecture: string | undefined): true | undefined =>
  architecture !== undefined && NO_FLOAT16.includes(architecture) ? true : undefined;

/** Classes by the last release that has them: `_PREVIOUSLY_SUPPORTED_MODELS` (vllm/model_executor/models/registry.py). */
const LAST_RELEASES: Readonly<Record<string, readonly string[]>> = {
  '0.9.2': ['Phi3SmallForCausalLM'],
  '0.10.2': [
    'DonutForConditionalGeneration',
    'MllamaForConditionalGeneration',
    'MotifForCausalLM',
    'Phi4FlashForCausalLM',
  ],
  '0.12.0': ['Phi4MultimodalForCausalLM'],
  '0.22.0': ['JAISLMHeadModel'],
  '0.23.0': [
    'BaiChuanForCausalLM',
    'BaichuanForCausalLM',
    'BambaForCausalLM',
    'Dots1ForCausalLM',
    'ErnieForSequenceClassification',
    'ErnieForTokenClassification',
    'ErnieModel',
    'InternLM2VEForCausalLM',
    'InternLMForCausalLM',
    'MiniMaxForCausalLM',
    'MiniMaxM1ForCausalLM',
    'MiniMaxText01ForCausalLM',
    'MiniMaxVL01ForConditionalGeneration',
    'QWenLMHeadModel',
    'QwenVLForConditionalGeneration',
    'Tarsier2ForConditionalGeneration',
    'XverseForCausalLM',
  ],
  '0.24.0': [
    'AquilaForCausalLM',
    'AquilaModel',
    'AyaVisionForConditionalGeneration',
    'Grok1ForCausalLM',
    'Grok1ModelForCausalLM',
    'MantisForConditionalGeneration',
    'MusicFlamingoForConditionalGeneration',
    'TarsierForConditionalGeneration',
  ],
  '0.25.0': ['FuyuForCausalLM', 'PersimmonForCausalLM', 'TeleChatForCausalLM'],
  '0.26.0': ['OuroForCausalLM', 'Plamo2ForCausalLM'],
  '0.28.0': [
    'ArcticForCausalLM',
    'ChameleonForConditionalGeneration',
    'Cheers',
    'CheersForConditionalGeneration',
    'Fairseq2LlamaForCausalLM',
    'FireRedLIDForConditionalGeneration',
    'GritLM',
    'HCXVisionForCausalLM',
    'MPTForCausalLM',
    'MptForCausalLM',
    'PrithviGeoSpatialMAE',
    'RWForCausalLM',
    'StableLMEpochForCausalLM',
  ],
};

/** The last release that has a class; undefined for a class that vLLM 0.32 has, or never had. */
export function lastReleaseOf(architecture: string): string | undefined {
  return Object.entries(LAST_RELEASES).find(([, classes]) => classes.includes(architecture))?.[0];
}
