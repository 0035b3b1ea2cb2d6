import type { CheckpointFacts } from '../../scripts/models/checkpoint-facts';
import { expertBytes, unquantized, weights } from '../../scripts/models/weights';
import { layerGroup, layerGroups } from '../../scripts/models/layer-groups';
import { checkpointRow, shapeRow } from '../../scripts/models/rows';
import { modelFiles } from '../../scripts/models-table';

const FACTS: CheckpointFacts = {
  id: 'acme/one',
  base: 'acme/one',
  family: 'one',
  architecture: 'LlamaForCausalLM',
  task: 'generate',
  totalParams: 1000 * 2 ** 20,
  weightBytes: 2000 * 2 ** 20,
  weightBytesSource: 'published',
  computedWeightBytes: null,
  loadedBytes: null,
  expertWeightBytes: null,
  mtpWeightBytes: null,
  quantization: 'none',
  quantMethod: null,
  layers: 2,
  hiddenSize: 64,
  heads: 4,
  kvHeads: 2,
  vocab: 1000,
  maxPosition: 4096,
  cache: [{ kind: 'full', layers: 2, kvHeads: 2, headDim: 16 }],
  kvBytesPerToken: 256,
  indexerBytesPerToken: null,
  stateBytesPerSequence: null,
  windowed: null,
  experts: null,
  params: null,
};
const facts = (more: Partial<CheckpointFacts>): CheckpointFacts => ({ ...FACTS, ...more });

describe('a row', () => {
  it('has what differs from the base, sizes in MiB, and ends with its last value', () => {
    expect(checkpointRow(FACTS, 3)).toBe('acme/one||3|||2000|');
    const copy = facts({
      id: 'acme/one-fp8',
      quantization: 'fp8',
      quantMethod: 'fp8',
      task: 'embed',
      loadedBytes: 2 ** 21,
    });
    expect(checkpointRow(copy, 3)).toBe('acme/one-fp8|acme/one|3|embed|fp8|2000|||2');
  });

  it('marks a lower bound', () => {
    const bound = facts({ weightBytes: null, computedWeightBytes: 2100 * 2 ** 20 });
    expect(checkpointRow(bound, 0)).toBe('acme/one||0|||>2100|');
  });

  it.each([
    ['modelopt', 'nvfp4', 'acme/one', 'modelopt_fp4'],
    ['modelopt', 'fp8', 'acme/one', 'modelopt'],
    [null, 'mxfp4', 'amd/one', 'quark'],
    [null, 'nvfp4', 'acme/one', 'nvfp4'],
    ['gptq', 'int8', 'acme/one', 'gptq'],
  ])('of %s with %s is loaded by the right method', (quantMethod, quantization, id, method) => {
    expect(checkpointRow(facts({ id, base: id, quantMethod, quantization }), 0).split('|')[4]).toBe(method);
  });

  it('has no shape where nothing is known', () => {
    expect(shapeRow(facts({ cache: null, architecture: null }))).toBeUndefined();
    expect(shapeRow(facts({ cache: null }))).toEqual({ architecture: 'LlamaForCausalLM' });
  });

  it('has no groups where the heads of one are not known', () => {
    expect(layerGroups([{ kind: 'full', layers: 8, kvHeads: null, headDim: null }])).toBeUndefined();
    expect(shapeRow(facts({ cache: [{ kind: 'full', layers: 8, kvHeads: null }] }))).not.toHaveProperty('groups');
  });

  it('refuses layers of a kind that it does not know', () => {
    expect(() => layerGroup({ kind: 'rotor', layers: 1 })).toThrow('no layers of kind "rotor" are known');
  });
});

describe('weights that are not published', () => {
  const unknown = { weightBytes: null, computedWeightBytes: null };

  it('of a plain checkpoint are two bytes for each parameter', () => {
    expect(weights(facts(unknown))).toEqual({ bytes: 2000 * 2 ** 20, isLowerBound: true });
  });

  it('of a quantised one keep embedding and multi-token prediction in 16 bits', () => {
    const params = { embedding: 100, attention: 300, denseMlp: 600, mtp: 50 };
    const known = weights(facts({ ...unknown, quantization: 'nvfp4', totalParams: 1000, params }));
    expect(known?.bytes).toBe(2 * 150 + 0.5625 * 900);
    expect(unquantized(facts({ params }))).toBe(100);
  });

  it('of a mixed format are not known', () => {
    expect(weights(facts({ ...unknown, quantization: null }))).toBeUndefined();
  });

  it('of experts follow from their width', () => {
    const experts = { count: 8, active: 2, moeLayers: 2, intermediate: 32 };
    expect(expertBytes(facts({ experts }))).toBe(8 * 2 * 32 * 64 * 3 * 2);
    expect(expertBytes(facts({ experts: { ...experts, intermediate: null } }))).toBeUndefined();
  });
});

it('shapes are shared by checkpoints', () => {
  const files = modelFiles([FACTS, facts({ id: 'acme/one-awq', quantization: 'awq', quantMethod: 'awq' })]);
  expect(files.get('lib/model/data/shapes.ts')?.trim().split('\n')).toHaveLength(4);
  expect(files.get('lib/model/data/checkpoints.ts')).toContain('acme/one-awq|acme/one|0||awq|2000|');
});
