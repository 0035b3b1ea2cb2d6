import type { Accelerator } from '../accelerator/accelerator';
import { TIMING } from '../defaults';
import type { Model } from '../model/model';
import type { ModelShape } from '../model/model-shape';
import { namesake } from '../model/similar-ids';
import type { Weights } from '../model/weights';
import type { Finding } from '../preflight/finding';
import { warning } from '../preflight/finding';
import { inGibibytes, mebibytesOf, MIB_PER_GIB } from '../units/mebibytes';
import type { Decided } from '../defaults/decision';

/** Where the weights come from, how large they are and how fast they load. */
export interface WeightsPlan {
  readonly claim: string | undefined;
  /** True when the claim has the model as a folder. */
  readonly offline: boolean;
  /** True when the claim has the cache of the Hub, and nothing is added to it. */
  readonly isCached: boolean;
  /** MiB; undefined when unknown. */
  readonly size: Decided | undefined;
  /** True when the size is the memory of the accelerator: a checkpoint that is quantized while it loads is larger. */
  readonly isBound: boolean;
  /** MiB per second of a starting pod. */
  readonly loadRate: Decided;
}

/** What the plan of the weights depends on. */
export interface WeightsInput {
  readonly model: Model;
  readonly weights: Weights;
  readonly accelerator: Accelerator;
  readonly architecture: ModelShape | undefined;
  /** Share of the accelerator's memory that the engine uses. */
  readonly memoryUtilization: number;
}

function size({ model, architecture, accelerator, memoryUtilization }: WeightsInput): Decided | undefined {
  const { weightsSize } = model.options;
  if (weightsSize) return { value: mebibytesOf(weightsSize), reason: 'set in model.weightsSize' };
  if (architecture) {
    const isSet = model.options.architecture !== undefined;
    const described =
      architecture.architecture === undefined
        ? 'two bytes for each of model.architecture’s parameters'
        : 'computed from the config.json of model.architecture';
    const least = architecture.weightsAreLowerBound ? ', of which the library knows a part' : '';
    const reason = isSet ? described : `checkpoint of ${model.id}${least}`;
    return { value: architecture.weightsGib * MIB_PER_GIB, reason };
  }
  const { memoryMib, count } = accelerator;
  if (memoryMib === undefined) return undefined;
  return { value: Math.floor(memoryMib * count * memoryUtilization), reason: 'what fits on the accelerator' };
}

/** Decides about the weights. The model's name is no source: an unknown size becomes the memory of the accelerator. */
export function planWeights(input: WeightsInput): WeightsPlan {
  const { claim, offline: isLocal, _isFolder: offline, loadRatePerSecond } = input.weights;
  const planned = isLocal ? TIMING.volumeLoadRate : TIMING.hubLoadRate;
  const loadRate =
    loadRatePerSecond === undefined
      ? { value: planned, reason: isLocal ? 'planning figure for a network volume' : 'planning figure for the Hub' }
      : { value: mebibytesOf(loadRatePerSecond), reason: 'set in weights.loadRatePerSecond' };
  const isBound = input.model.options.weightsSize === undefined && input.architecture === undefined;
  return { claim, offline, isCached: isLocal && !offline, size: size(input), isBound, loadRate };
}

/** Findings for weights of unknown size. */
export function weightsFindings({ isBound, size: bound }: WeightsPlan, modelId: string, onCpu: boolean): Finding[] {
  if (!isBound) return [];
  if (bound === undefined) {
    const unknown = onCpu ? 'is unknown' : 'and the memory of the accelerator are unknown';
    const problem = `the size of ${modelId} ${unknown}: the requests of memory and disk do not include the weights`;
    const fix = onCpu
      ? 'set architecture or weightsSize in Model.of'
      : 'set weightsSize in Model.of, or memory in Accelerator.resource';
    return [warning('weights-unknown', 'model', problem, fix)];
  }
  const problem = `the size of ${modelId} is unknown: startup budget, memory and disk assume the ${inGibibytes(bound.value)} that fit on the accelerator, and the memory fit is not checked`;
  const like = namesake(modelId);
  const fix =
    like === undefined
      ? 'set weightsSize in Model.of to the size of the weight files'
      : `set architecture in Model.of to Architecture.like("${like}") if it is a fine-tuned copy of that model, else weightsSize`;
  return [warning('weights-unknown', 'model', problem, fix)];
}
