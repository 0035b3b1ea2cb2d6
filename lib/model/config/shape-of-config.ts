import { BYTES_PER_GIB, mebibytesOf, MIB_PER_GIB } from '../../units/mebibytes';
import type { ModelShape } from '../model-shape';
import { ConfigFile } from './config-file';
import { isMultimodal } from './config-encoders';
import { expertsOf } from './config-feed-forward';
import { configGroups, headsOf, keyValueHeads } from './config-groups';
import type { ConfigOptions } from './config-options';
import type { Parameters } from './config-parameters';
import { configParameters } from './config-parameters';
import type { WeightFormat } from './config-quantization';
import { weightFormat } from './config-quantization';

/** Keys of layers that the library does not read. */
const UNKNOWN = ['ssm_cfg', 'attn_layer_period', 'time_mix_extra_dim', 'block_types'] as const;

function unknownLayers(config: ConfigFile): string | undefined {
  // MiniMax: 0 is linear attention, which MiniMax-M2 no longer has.
  if (config.list('attn_type_list')?.includes(0) === true) return 'attn_type_list';
  return UNKNOWN.find((name) => config.find(name) !== undefined);
}

/** Ends with an error for a class whose layers are not in the keys that are read. */
function checkClass(config: ConfigFile): string {
  const architecture = config.architecture();
  if (config.find('is_encoder_decoder') === true) {
    const fix = 'use Architecture.like with the known model that it was made from, or only weightsSize in Model.of';
    return config.fail(`is of ${architecture}, which has an encoder and a decoder`, fix);
  }
  const key = unknownLayers(config);
  if (key === undefined) return architecture;
  const fix = 'use Architecture.of with layers';
  return config.fail(`is of ${architecture}, whose layers the library cannot read (${key})`, fix);
}

/** Bytes of the checkpoint, in GiB, as far as they are computed. */
function sizesOf({ embeddings, encoders, layers, experts }: Parameters, format: WeightFormat) {
  const plain = format.method === undefined ? format.layers : 2;
  const gib = (bytes: number): number => bytes / BYTES_PER_GIB;
  return {
    encoderGib: gib(encoders * plain),
    expertGib: gib(experts * format.experts),
    allGib: gib((embeddings + encoders) * plain + layers * format.layers + experts * format.experts),
  };
}

/** The shape that a `config.json` describes. */
export function shapeOfConfig(file: string, { parameters, weightsSize }: ConfigOptions): ModelShape {
  const config = ConfigFile.read(file);
  const architecture = checkClass(config);
  const groups = configGroups(config);
  const found = configParameters(config);
  const computed = found.embeddings + found.encoders + found.layers + found.experts;
  const format = weightFormat(config, weightsSize !== undefined);
  // A number that is given replaces the computed one; its parts stay in proportion.
  const scale = (parameters ?? computed) / computed;
  const { encoderGib, expertGib, allGib } = sizesOf(found, format);
  const weightsGib = weightsSize === undefined ? allGib * scale : mebibytesOf(weightsSize) / MIB_PER_GIB;
  const experts = expertsOf(config);
  const { query } = headsOf(config, false);
  return {
    architecture,
    hiddenSize: config.required('hidden_size', 'd_model', 'n_embd'),
    attentionHeads: query,
    kvHeads: groups.some(({ kind }) => kind === 'latent') ? undefined : (keyValueHeads(config) ?? query),
    groups,
    maxLength: config.required('max_position_embeddings', 'n_positions', 'max_sequence_length'),
    parameters: Math.round(parameters ?? computed),
    weightsGib,
    // vLLM computes in 16 bits with weights that are in float32.
    loadedGib: format.method === undefined && format.layers === 4 ? weightsGib / 2 : undefined,
    vocabulary: config.required('vocab_size'),
    experts: experts && { ...experts, weightsGib: (expertGib / allGib) * weightsGib },
    unquantizedParameters: Math.round((found.embeddings + found.encoders) * scale),
    encoderGib: encoderGib > 0 ? (encoderGib / allGib) * weightsGib : undefined,
    isBfloat16: config.find('dtype', 'torch_dtype') === 'bfloat16',
    quantization: format.method,
    refusesFloat16: /^(gemma[23]|glm4$)/.test(config.type()) || undefined,
    isMultimodal: isMultimodal(config) || undefined,
  };
}
