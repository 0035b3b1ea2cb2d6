import { Chart, Testing } from 'cdk8s';
import type { InferencePoolProps, VllmInferenceStackProps } from '../../lib';
import { Accelerator, FailureMode, GpuModel, InferencePool, Model, VllmInferenceStack } from '../../lib';
import type { Manifest } from './stack';

type StackProps = Partial<VllmInferenceStackProps>;

const NAMES = ['short', 'long', 'third'];

const SMALLEST: Omit<VllmInferenceStackProps, 'name'> = {
  model: Model.of('meta-llama/Llama-3.1-8B-Instruct'),
  accelerator: Accelerator.gpu(GpuModel.L40S),
  engine: { maxModelLen: 16384 },
  inferencePool: { pool: 'chat' },
};

/** Stacks `short`, `long` and so on in one chart, members of the pool `chat`, each with the properties of a test. */
export function membersWith(...each: StackProps[]): VllmInferenceStack[] {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'llm' });
  return each.map((props, at) => {
    const name = NAMES[at] ?? `stack-${at}`;
    return new VllmInferenceStack(chart, name, { ...SMALLEST, name, ...props });
  });
}

/** A pool of these stacks, in their chart. */
export function poolOf(stacks: VllmInferenceStack[], props: Partial<InferencePoolProps> = {}): InferencePool {
  const [first] = stacks;
  if (first === undefined) throw new Error('no stack');
  return new InferencePool(Chart.of(first), 'Pool', { failureMode: FailureMode.FAIL_OPEN, stacks, ...props });
}

/** A pool of two members. */
export const poolWith = (props: Partial<InferencePoolProps> = {}, first: StackProps = {}, second: StackProps = {}) =>
  poolOf(membersWith(first, second), props);

/** The objects of a pool, without those of its stacks. */
export const objectsOf = ({ objects }: InferencePool): Manifest[] => objects.map((object) => object.toJson());

/** Ids of the findings of a pool. */
export const idsOf = ({ findings }: InferencePool): string[] => findings.map(({ id }) => id);

/** The message with which something is refused. */
export function messageOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('not refused');
}
