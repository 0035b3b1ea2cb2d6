/* eslint-disable @typescript-eslint/no-require-imports -- the tables are read on first use: a program whose model has an
   architecture of its own never reads them, and an import statement would read them at every start. */
import type * as Additions from './additions';
import type * as Checkpoints from './data/checkpoints';
import type * as Shapes from './data/shapes';
import { MIB_PER_GIB } from '../units/mebibytes';
import { refusesFloat16 } from './model-classes';
import type { Experts, ModelShape } from './model-shape';
import { ModelTask, taskOfFamily } from './model-task';

/** Tables as text: only the row of a model is parsed. */
const checkpoints = () => (require('./data/checkpoints') as typeof Checkpoints).CHECKPOINTS;
const shapes = () => (require('./data/shapes') as typeof Shapes).SHAPES;
const additions = () => require('./additions') as typeof Additions;

/** A checkpoint that the table has. */
export interface KnownModel {
  /** Its id, spelled as the Hub does. */
  readonly id: string;
  /** Id of the checkpoint that it was quantised from; its own id for others. */
  readonly base: string;
  /** Unset for a model that vLLM itself cannot serve. */
  readonly task: ModelTask | undefined;
  /** True for images, speech and video, which vllm-omni makes. */
  readonly isOmni: boolean;
  /** Quantization of the checkpoint, by vLLM's name; undefined when it has none. */
  readonly quantization: string | undefined;
  /** Undefined where a number that the memory depends on is not known. */
  readonly shape: ModelShape | undefined;
}

/** What the table of shapes has of one: all that is no size of a file. */
type ShapeRow = Partial<Omit<ModelShape, 'experts'>> & { readonly experts?: Omit<Experts, 'weightsGib'> };

/** The text of the n-th shape. Lines are counted instead of split, since a program needs one or two of them. */
function shapeRow(line: number): ShapeRow {
  const text = shapes();
  let start = 1;
  for (let passed = 0; passed < line; passed++) start = text.indexOf('\n', start) + 1;
  return JSON.parse(text.slice(start, text.indexOf('\n', start))) as ShapeRow;
}

/** GiB with three decimals, so that a message has no more. */
const gibOf = (mib: string | undefined): number | undefined =>
  mib ? Math.round((Number(mib) / MIB_PER_GIB) * 1000) / 1000 : undefined;

/** Methods whose checkpoints often compute in fp16. */
const FLOAT16 = ['awq', 'gptq'];

/** The shape, if every number is known that memory and parallelism depend on. */
function whole(shape: Partial<ModelShape>): ModelShape | undefined {
  const { groups, hiddenSize, attentionHeads, maxLength, parameters, weightsGib, experts } = shape;
  // A mixture whose experts have no known size must not count as dense.
  const needed = [
    groups,
    hiddenSize,
    attentionHeads,
    maxLength,
    parameters,
    weightsGib,
    experts?.weightsGib ?? !experts,
  ];
  return needed.every(Boolean) ? (shape as ModelShape) : undefined;
}

function decode(row: string): KnownModel {
  const [id = '', base, shape = '', task = '', method, weights = '', experts, mtp, loaded] = row.split('|');
  const { experts: mixture, ...shared }: ShapeRow = shape === '' ? {} : shapeRow(Number(shape));
  const quantization = method || undefined;
  const isOmni = task === 'omni';
  return {
    id,
    base: base || id,
    isOmni,
    task: isOmni ? undefined : ((task || ModelTask.GENERATE) as ModelTask),
    quantization,
    shape: whole({
      ...shared,
      weightsGib: gibOf(weights.replace('>', '')),
      ...(weights.startsWith('>') ? { weightsAreLowerBound: true } : {}),
      loadedGib: gibOf(loaded),
      mtpGib: gibOf(mtp),
      experts: mixture && ({ ...mixture, weightsGib: gibOf(experts) } as Experts),
      quantization,
      isBfloat16: !FLOAT16.includes(quantization ?? ''),
      refusesFloat16: refusesFloat16(shared.architecture),
      ...additions().ADDITIONS[id],
    }),
  };
}

const decoded = new Map<string, KnownModel | undefined>();

/** The row of an id in lower or upper case as it is in the text; undefined when there is none. */
function rowOf(id: string): string | undefined {
  if (/[|\n]/.test(id)) return undefined;
  const text = checkpoints();
  const exact = text.indexOf(`\n${id}|`);
  // Ids on the Hub have no upper and lower case (huggingface/huggingface_hub#2090).
  const at = exact >= 0 ? exact : text.toLowerCase().indexOf(`\n${id.toLowerCase()}|`);
  return at < 0 ? undefined : text.slice(at + 1, text.indexOf('\n', at + 1));
}

/** A checkpoint that was added by hand. */
function newModel(id: string): KnownModel | undefined {
  const { NEW } = additions();
  const added = Object.hasOwn(NEW, id) ? NEW[id] : undefined;
  return added && { ...added, id, base: id, isOmni: false, quantization: undefined };
}

/** What the table has of a checkpoint, whatever the case of its letters; undefined for others. */
export function knownModel(id: string): KnownModel | undefined {
  if (decoded.has(id)) return decoded.get(id);
  const { RENAMED, SAME_SHAPE } = additions();
  const row = rowOf(RENAMED[id] ?? SAME_SHAPE[id] ?? id);
  const known = row === undefined ? newModel(id) : decode(row);
  const base = id in SAME_SHAPE ? id : known?.base;
  const isOther = id in RENAMED || id in SAME_SHAPE;
  const model = known && base !== undefined && isOther ? { ...known, id, base } : known;
  decoded.set(id, model);
  return model;
}

/** All ids of the table. */
export const knownIds = (): string[] => [
  ...Array.from(checkpoints().matchAll(/^([^|\n]+)\|/gm), ([, id]) => id ?? ''),
  ...Object.keys({ ...additions().RENAMED, ...additions().SAME_SHAPE, ...additions().NEW }),
];

/** The other checkpoints of the same base: copies in other number formats, and the base itself. */
export function otherCheckpoints(id: string): KnownModel[] {
  const model = knownModel(id);
  if (model === undefined) return [];
  const { base } = model;
  // The base is the second column of its checkpoints, and the first one of its own row.
  const all = Array.from(checkpoints().matchAll(/^([^|\n]+)\|([^|\n]*)\|/gm), ([, other = '', of]) => [
    other,
    of || other,
  ]);
  return all.flatMap(([other = '', of]) => (of === base && other !== model.id ? (knownModel(other) ?? []) : []));
}

/** The shape of a known model, or undefined: nothing is guessed from a name. */
export const knownShape = (id: string): ModelShape | undefined => knownModel(id)?.shape;

/** The task of a model that does something else than to generate text, where the table or its family knows it. */
export function knownTask(id: string): ModelTask | undefined {
  const task = knownModel(id)?.task;
  return task === undefined || task === ModelTask.GENERATE ? taskOfFamily(id) : task;
}
