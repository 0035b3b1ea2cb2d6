import { Duration, Size } from 'cdk8s';
import { Model, ModelTask, Objective, Scaling, Signal } from '../../lib';
import { findingLine } from '../../lib/preflight/finding';
import { planParts } from '../../lib/stack/stack-parts';
import { stackFindings } from '../../lib/stack/stack-findings';
import type { VllmInferenceStackProps } from '../../lib';
import { SMALLEST } from '../support/plan';

const embed = Model.of('Qwen/Qwen3-Embedding-0.6B', { weightsSize: Size.gibibytes(2) });
const within = Duration.millis(500);
const ttft = Objective.timeToFirstToken({ percentile: 95, within });
const itl = Objective.interTokenLatency({ percentile: 99, within });
const e2e = Objective.endToEnd({ percentile: 95, within });
const errors = Objective.errorRate({ below: 0.01 });

const linesOf = (props: Partial<VllmInferenceStackProps>): string[] =>
  stackFindings(planParts({ ...SMALLEST, namespace: 'llm', ...props }, 'llm', 'Test'))
    .filter(({ id }) => id.endsWith('-without-tokens'))
    .map(findingLine);

describe('an embedding model', () => {
  it('may promise the latency of its answers and their errors', () => {
    expect(linesOf({ model: embed, objectives: [e2e, errors] })).toEqual([]);
  });

  it('may scale on requests in flight', () => {
    const scaling = Scaling.keda({
      maxReplicas: 3,
      signals: [Signal.inFlightRequests(), Signal.promptTokens({ perReplica: 9 })],
    });
    expect(linesOf({ model: embed, scaling })).toEqual([]);
  });

  it('fails with a promise about tokens', () => {
    expect(linesOf({ model: embed, objectives: [ttft, errors, itl] })).toEqual([
      'objectives[0]: promises a latency of tokens, and the task of the model is embed: it generates none; use Objective.endToEnd({ percentile: 95, within: … }), or set task in Model.of if the model generates [objective-without-tokens]',
      expect.stringContaining('objectives[2]: promises a latency of tokens'),
    ]);
  });

  it('fails with a signal about generated tokens', () => {
    const signals = [Signal.generatedTokens({ perReplica: 900 }), Signal.timeToFirstToken({ target: within })];
    expect(linesOf({ model: embed, scaling: Scaling.keda({ maxReplicas: 3, signals }) })).toEqual([
      'scaling.signals[0]: follows generated tokens per second, and the task of the model is embed: it generates none; use Signal.inFlightRequests, or set task in Model.of if the model generates [signal-without-tokens]',
      expect.stringContaining('scaling.signals[1]: follows s to the first token'),
    ]);
  });
});

it.each([ModelTask.GENERATE, ModelTask.TRANSCRIBE])('a model with the task %s may promise a first token', (task) => {
  const model = Model.of('a/b', { task, weightsSize: Size.gibibytes(2) });
  expect(linesOf({ model, objectives: [ttft, itl] })).toEqual([]);
});
